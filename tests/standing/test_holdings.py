"""What of a position is left to a request, and what it reports that the ledger contradicts; each edge on both sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from rules_engine.host import Host
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.codes import Code
from rules_engine.model.decisions import Decision, Outcome
from rules_engine.model.event_words import PaymentKind, PersonsAnswer
from rules_engine.model.events import (
    CallNoticed,
    LotteryDrawn,
    ParticularsReceived,
    PaymentMade,
    PersonDecided,
    PositionReported,
    SurvivorsOptionRequested,
)
from rules_engine.model.money import Money
from rules_engine.standing.holdings import Holding, holding_of
from rules_engine.standing.requests import RequestState
from tests.acme import ALLY, ALLY_NOTE, requested
from tests.shipped import shipped

OPENED = shipped(with_durable=False)
DUE = date(2017, 10, 15)
"""When a request of 1 September 2017 is repaid: the first interest date 20 days later."""


@pytest.fixture
def host() -> Host:
    return Host(OPENED.book, OPENED.plugins, OPENED.vocabulary, MemoryLedger(), with_durable=False)


def money(thousands: float) -> Money:
    return Money.from_cents(round(thousands * 100_000))


def asks(name: str, thousands: float, position: float | None = None, **changes: Any) -> SurvivorsOptionRequested:
    """Ask for so many thousands of a position in the owner's account; nothing is said of it where None is given."""
    fields: dict[str, Any] = {"account_ref": "account-1", "principal": money(thousands), "request_id": name}
    return requested(name, **fields | {"position": None if position is None else money(position)} | changes)


def answer(host: Host, event: Any) -> Decision:
    return host.answer(event)[0]


def holding(host: Host, event: SurvivorsOptionRequested) -> Holding:
    """Give what the ledger knows for a request not made yet."""
    return holding_of(event, host.ledger.standing(ALLY), None)


def thousands(amount: Money | None) -> float | None:
    return None if amount is None else amount.cents / 100_000


def paid(name: str, principal: float, on: date = DUE) -> PaymentMade:
    return PaymentMade(
        event_id=f"payment of {name} {principal} {on}",
        received_on=on,
        cusip=ALLY_NOTE,
        due_on=DUE,
        kind=PaymentKind.REPAYMENT,
        principal=money(principal),
        request_id=name,
    )


def stands(principal: float, as_of: date = date(2017, 9, 1), account: str = "account-1") -> PositionReported:
    return PositionReported(
        event_id=f"position {principal} {as_of} {account}",
        received_on=date(2017, 10, 16),
        cusip=ALLY_NOTE,
        as_of=as_of,
        principal=money(principal),
        account_ref=account,
    )


CALL = CallNoticed(
    event_id="call",
    received_on=date(2017, 10, 2),
    notice_id="call",
    cusip=ALLY_NOTE,
    notice_given_on=date(2017, 10, 2),
    redeem_on=date(2017, 12, 15),
    principal=money(500),
    price=Decimal(100),
    notified=frozenset({"holders", "trustee"}),
)


def lot(position: float, selected: float) -> LotteryDrawn:
    return LotteryDrawn(
        event_id="lot",
        received_on=date(2017, 10, 3),
        notice_id="call",
        cusip=ALLY_NOTE,
        owner_ref="owner-1",
        account_ref="account-1",
        position=money(position),
        selected=money(selected),
    )


# What is held, and what is left


def test_while_neither_the_ledger_nor_the_request_says_what_stands_there_nothing_is_known(host: Host) -> None:
    known = holding(host, asks("A", 10))
    assert (known.held, known.left, known.whole) == (None, None, None)
    decision = answer(host, asks("A", 10))
    assert decision.outcome is Outcome.PENDED
    assert ("position",) in [finding.missing for finding in decision.findings]


def test_a_request_that_names_neither_owner_nor_account_has_no_position(host: Host) -> None:
    nobody = asks("A", 10, 30, account_ref=None, owner_ref=None)
    assert holding(host, nobody).key is None
    decision = answer(host, nobody)
    assert decision.outcome is Outcome.PENDED
    assert ("owner_ref",) in [finding.missing for finding in decision.findings]


@pytest.mark.parametrize(
    ("steps", "held", "left", "whole"),
    [
        ([], 30, 30, 30),  # by the request alone
        ([asks("A", 10, 30)], 30, 20, 30),
        ([asks("A", 10, 30), asks("B", 20, 30, owner_ref="owner-2")], 30, 0, 30),
        ([asks("A", 10, 30), paid("A", 10)], 20, 20, 30),
        ([asks("A", 10, 30), paid("A", 4)], 26, 20, 30),
        ([CALL, lot(30, 12)], 30, 18, 30),
        ([asks("A", 10, 30), CALL, lot(30, 12)], 30, 8, 30),
        ([stands(50)], 50, 50, 50),
        ([asks("A", 10, 30), stands(50)], 50, 40, 50),
        ([asks("A", 10, 30), paid("A", 10), stands(50, as_of=DUE)], 50, 40, 50),  # once 50, of which 10 are repaid
        ([asks("A", 10, 30), paid("A", 10), stands(15, as_of=DUE)], 15, 15, 25),
    ],
)
def test_what_others_claim_is_taken_off_what_stands_there(
    host: Host, steps: list[Any], held: float, left: float, whole: float
) -> None:
    for step in steps:
        assert answer(host, step).outcome in (Outcome.ACCEPTED, Outcome.RECORDED), step
    known = holding(host, asks("Z", 1, 30))
    assert [thousands(each) for each in (known.held, known.left, known.whole)] == [held, left, whole]


@pytest.mark.parametrize(
    ("asked", "accepted", "code"),
    [(19, 19, None), (20, 20, None), (21, 20, Code.MORE_THAN_IS_LEFT), (30, 20, Code.MORE_THAN_IS_LEFT)],
)
def test_no_more_is_accepted_than_is_left(host: Host, asked: float, accepted: float, code: Code | None) -> None:
    answer(host, CALL)
    answer(host, lot(30, 10))
    decision = answer(host, asks("B", asked, 30, received_on=date(2017, 10, 4)))
    assert (decision.accepted, decision.codes) == (money(accepted), {code} if code else set())
    assert decision.not_accepted == money(asked - accepted)


def test_where_nothing_is_left_a_request_is_rejected_whatever_it_reports(host: Host) -> None:
    answer(host, asks("A", 30, 30))
    answer(host, paid("A", 30))
    for number, position in enumerate((None, 30, 1, 99)):
        decision = answer(host, asks(f"B{number}", 1, position, owner_ref=f"owner-{number}"))
        assert decision.outcome is Outcome.REJECTED
        assert decision.questions == ()
        assert decision.accepted == money(0)


@pytest.mark.parametrize(("later", "tendered"), [(date(2017, 9, 1), 10), (date(2017, 8, 31), 0)])
def test_only_what_was_tendered_earlier_counts_as_tendered(host: Host, later: date, tendered: float) -> None:
    answer(host, asks("A", 10, 30))
    known = holding(host, asks("B", 5, 30, owner_ref="owner-2", received_on=later))
    assert known.tendered == money(tendered)


# What the ledger contradicts


def questions(decision: Decision) -> list[tuple[Code, str]]:
    return [(question.code, question.field) for question in decision.questions]


@pytest.mark.parametrize(
    ("reported", "agrees"),
    [(19.99, False), (20, True), (25, True), (30, True), (30.01, False), (5, False), (100, False)],
)
def test_a_figure_between_what_is_left_and_what_is_held_agrees_with_the_ledger(
    host: Host, reported: float, agrees: bool
) -> None:
    answer(host, asks("A", 10, 30))
    decision = answer(host, asks("B", 1, reported, owner_ref="owner-2"))
    expected = [] if agrees else [(Code.POSITION_CONTRADICTED, "position")]
    assert questions(decision) == expected
    assert (decision.outcome is Outcome.REFERRED) is (not agrees)
    if not agrees:
        assert decision.questions[0].values == (f"{money(reported)} reported", "$30,000 on the ledger")


def test_a_figure_that_only_a_request_that_came_to_nothing_reported_is_replaced_without_asking(host: Host) -> None:
    assert answer(host, asks("A", 10, 30, acquired_on=date(2017, 6, 1))).outcome is Outcome.REJECTED
    decision = answer(host, asks("B", 10, 50))
    assert decision.outcome is Outcome.ACCEPTED
    assert holding(host, asks("C", 1, 50)).held == money(50)


def test_a_figure_reported_on_purpose_is_not_replaced_by_the_way(host: Host) -> None:
    answer(host, stands(30))
    assert questions(answer(host, asks("A", 10, 50))) == [(Code.POSITION_CONTRADICTED, "position")]


@pytest.mark.parametrize(("position", "unclear"), [(29.99, True), (30, False), (None, True)])
def test_an_account_that_is_named_beside_one_that_is_not_is_a_question_unless_both_fit(
    host: Host, position: float | None, unclear: bool
) -> None:
    answer(host, asks("A", 20, 20, account_ref=None))
    decision = answer(host, asks("B", 10, position))
    asked = questions(decision)
    assert ((Code.ACCOUNT_UNCLEAR, "account_ref") in asked) is unclear


@pytest.mark.parametrize(("position", "needed"), [(29.99, True), (30, False), (None, True)])
def test_an_account_that_is_not_named_beside_one_that_is_has_to_be_named_unless_both_fit(
    host: Host, position: float | None, needed: bool
) -> None:
    answer(host, asks("A", 20, 20))
    decision = answer(host, asks("B", 10, position, account_ref=None))
    missing = {name for finding in decision.findings for name in finding.missing}
    assert ("account_ref" in missing) is needed


def test_another_owner_s_accounts_raise_no_question(host: Host) -> None:
    answer(host, asks("A", 20, 20, account_ref=None))
    assert answer(host, asks("B", 10, 10, owner_ref="owner-2")).outcome is Outcome.ACCEPTED
    assert answer(host, asks("C", 10, 10, account_ref="account-2", cusip="02006DLG4")).outcome is Outcome.ACCEPTED


SHARED = {"registration": "tenants in common", "co_owner_is_spouse": False, "deceased_share": Fraction(1, 3)}


@pytest.mark.parametrize(
    ("field", "value", "aloud"),
    [
        ("registration", "joint tenants", ("tenants in common", "joint tenants")),
        ("deceased_share", Fraction(1, 2), ("1/3", "1/2")),
        ("co_owner_is_spouse", True, ("no", "yes")),
    ],
)
def test_what_one_owner_s_claims_on_a_position_say_otherwise_is_a_question(
    host: Host, field: str, value: Any, aloud: tuple[str, str]
) -> None:
    answer(host, asks("A", 5, 30, **SHARED))
    decision = answer(host, asks("B", 5, 30, **SHARED | {field: value}))
    assert (Code.TOLD_OTHERWISE, field) in questions(decision)
    assert next(question for question in decision.questions if question.field == field).values == aloud
    other = answer(host, asks("C", 5, 30, owner_ref="owner-2", **SHARED | {field: value}))
    assert questions(other) == [], "another owner may hold by another share"
    alike = answer(host, asks("D", 1, 30, **SHARED))
    assert questions(alike) == []


def test_a_claim_that_came_to_nothing_is_held_against_nobody(host: Host) -> None:
    rejected = asks("A", 5, 30, acquired_on=date(2017, 6, 1), **SHARED)
    assert answer(host, rejected).outcome is Outcome.REJECTED
    decision = answer(host, asks("B", 5, 30, **SHARED | {"deceased_share": Fraction(1, 2)}))
    assert questions(decision) == []


def test_the_share_of_an_owner_is_drawn_once_by_all_requests_and_lots_together(host: Host) -> None:
    assert answer(host, asks("A", 8, 30, **SHARED)).accepted == money(8)
    assert answer(host, asks("B", 5, 30, **SHARED)).accepted == money(2)
    assert answer(host, asks("C", 1, 30, **SHARED)).accepted == money(0)
    assert answer(host, asks("D", 10, 30, owner_ref="owner-2", **SHARED)).accepted == money(10)


# What is told later


def test_a_position_told_later_is_held_against_the_ledger_as_one_told_at_once(host: Host) -> None:
    answer(host, asks("A", 10, 30))
    assert answer(host, asks("B", 1, None, owner_ref="owner-2", documents=None)).outcome is Outcome.PENDED
    told = ParticularsReceived(
        event_id="told", received_on=date(2017, 9, 4), request_id="B", position=money(50), owner_ref=None
    )
    decision = answer(host, told)
    assert (Code.POSITION_CONTRADICTED, "position") in questions(decision)


def test_a_figure_that_a_person_gives_stands_against_what_the_ledger_had(host: Host) -> None:
    answer(host, asks("A", 10, 30))
    assert answer(host, asks("B", 25, 50, owner_ref="owner-2")).outcome is Outcome.REFERRED
    decided = PersonDecided(
        event_id="decided",
        received_on=date(2017, 9, 4),
        request_id="B",
        answer=PersonsAnswer.GO_ON,
        decided_by="clerk-1",
        because="the statement was seen",
        position=money(50),
    )
    decision = answer(host, decided)
    assert (decision.outcome, decision.accepted) == (Outcome.ACCEPTED, money(25))
    assert holding(host, asks("C", 1, None, owner_ref="owner-3")).left == money(15)


def test_a_firm_report_below_what_was_accepted_asks_a_person_about_the_latest_first(host: Host) -> None:
    answer(host, asks("A", 10, 30))
    answer(host, asks("B", 10, 30, owner_ref="owner-2"))
    standing = host.ledger.standing(ALLY)
    _, *again = host.answer(stands(10))
    assert [each.request_id for each in again] == ["B"]
    assert questions(again[0]) == [(Code.POSITION_CONTRADICTED, "position")]
    assert [standing.requests[name].state for name in ("A", "B")] == [RequestState.ACCEPTED, RequestState.REFERRED]
    enough = replace(stands(20), event_id="enough", as_of=date(2017, 9, 2))
    assert len(host.answer(enough)) == 1
