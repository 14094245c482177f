"""Withdrawal: whether a request, once made, may be taken back."""

from __future__ import annotations

from rules_engine.deciding.case import Asked, Clause, WithdrawalCase
from rules_engine.deciding.declaring import by_name, fact
from rules_engine.model.decisions import Payment
from rules_engine.model.events import WithdrawalRequested
from rules_engine.model.money import Money
from rules_engine.model.values import Kind
from rules_engine.rulebook.vocabulary import ClauseWords
from rules_engine.standing.requests import RequestState


@fact("state of the request", Kind.WORD, words=tuple(state.value for state in RequestState), about="standing")
def state_of_the_request(case: WithdrawalCase) -> str:
    """Where the request is in its life when the withdrawal is asked for."""
    return case.request.state.value


def _asked(case: WithdrawalCase) -> Asked:
    """Ask for no principal: whether the request's own is given up, the answer says where that is allowed."""
    return Asked(requested=None)


def _pay(case: WithdrawalCase, accepted: Money | None) -> Payment | None:
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
