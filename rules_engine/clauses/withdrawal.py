"""Withdrawal: whether a request, once made, may be taken back."""

from __future__ import annotations

from rules_engine.deciding.case import Asked, Clause, RequestCase
from rules_engine.deciding.declaring import by_name, fact
from rules_engine.model.decisions import Payment
from rules_engine.model.events import WithdrawalRequested
from rules_engine.model.money import Money
from rules_engine.model.standing import RequestState
from rules_engine.model.values import Kind
from rules_engine.rulebook.vocabulary import ClauseWords


@fact("state of the request", Kind.WORD, words=tuple(state.value for state in RequestState), about="standing")
def state_of_the_request(case: RequestCase) -> str:
    """Where the request is in its life when the withdrawal is asked for."""
    if case.earlier is None:
        raise LookupError("no earlier request")
    return case.earlier.state.value


def _asked(case: RequestCase) -> Asked:
    return Asked(requested=case.asked.principal)


def _pay(case: RequestCase, accepted: Money | None) -> Payment | None:
    """Move no money: a withdrawal only ends a request."""
    return None


WITHDRAWAL = Clause(
    words=ClauseWords(
        clause="withdrawal", facts=by_name((state_of_the_request,)), terms=by_name(()), payment=by_name(())
    ),
    answers=(WithdrawalRequested,),
    asked=_asked,
    pay=_pay,
)
