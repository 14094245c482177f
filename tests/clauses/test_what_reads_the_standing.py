"""A fact that reads what is on the ledger says so: every other may be worked out anywhere, and in any order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NoReturn

import pytest

from rules_engine.clauses import PAYMENT_DAYS, REDEMPTION, SURVIVORS_OPTION
from rules_engine.deciding.case import Case
from rules_engine.deciding.deciding import NOTHING_BESIDES
from rules_engine.errors import RulesEngineError
from rules_engine.host.cases import Asking, Opened
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import CallNoticed, PaymentDue, SurvivorsOptionRequested
from rules_engine.model.money import Money
from rules_engine.rulebook.vocabulary import Fact
from rules_engine.standing.standing import Standing
from tests.shipped import shipped

CUSIP, DAY = "02006DLF6", date(2017, 8, 1)
FROM_THE_LEDGER = ("standing", "holding", "asking", "stands", "earlier", "carried_over", "let_in")
"""What of a case the ledger tells, not its event or its note."""


class Read(RulesEngineError):
    """The ledger was looked at."""


class Unread:
    """Stands where the ledger's word would; looking at it is noticed."""

    def __getattribute__(self, name: str) -> NoReturn:
        raise Read(name)

    def __bool__(self) -> NoReturn:
        raise Read("whether it is anything")


def request_case() -> Case:
    event = SurvivorsOptionRequested(
        event_id="a request",
        received_on=DAY,
        request_id="a request",
        cusip=CUSIP,
        principal=Money.parse("25000.00"),
        occurred_on=date(2017, 6, 10),
        acquired_on=date(2016, 12, 1),
        registration="sole owner",
        representative="executor",
        documents=frozenset({"death certificate"}),
    )
    asking = Asking(asked=event, principal=event.principal, on=DAY)
    return opened(shipped().cases.request(event, asking, Standing("ally/term-notes-a"), NOTHING_BESIDES))


def payment_case() -> Case:
    event = PaymentDue(event_id="p", received_on=DAY, cusip=CUSIP, due_on=date(2017, 8, 15), kind=PaymentKind.INTEREST)
    standing = Standing("ally/term-notes-a")
    return opened(shipped().cases.payment(event, standing, NOTHING_BESIDES, principal=Money.parse("1000.00")))


def call_case() -> Case:
    event = CallNoticed(
        event_id="c",
        received_on=DAY,
        notice_id="c",
        cusip=CUSIP,
        notice_given_on=DAY,
        redeem_on=date(2018, 12, 15),
        principal="all",
        price=None,
    )
    return opened(shipped().cases.call(event, Standing("ally/term-notes-a"), ()))


def opened(found: Any) -> Case:
    assert isinstance(found, Opened)
    return found.case


def facts() -> Iterator[Any]:
    for clause, case in ((SURVIVORS_OPTION, request_case), (PAYMENT_DAYS, payment_case), (REDEMPTION, call_case)):
        for fact in clause.words.facts.values():
            yield pytest.param(fact, case, id=f"{clause.name}: {fact.name}")


@pytest.mark.parametrize(("fact", "case"), list(facts()))
def test_a_fact_that_is_not_marked_so_does_not_look_at_the_ledger(fact: Fact, case: Any) -> None:
    made = case()
    unread = {name: Unread() for name in FROM_THE_LEDGER if hasattr(made, name)}
    blind = replace(made, **unread)
    try:
        fact.work_out(blind)
    except Read:
        assert fact.about == "standing"
    except (RulesEngineError, KeyError, ValueError, AttributeError):
        pass  # a term that this rule set has no need of
