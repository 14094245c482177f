"""Taking a notice back: who may, until when, and what becomes of the requests the call had ended."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rules_engine.host import Host
from rules_engine.model.codes import Code
from rules_engine.model.events import LimitsElected, PaymentMade, SurvivorsOptionRequested, YearOpened
from rules_engine.model.money import Money
from rules_engine.standing.requests import RequestState
from tests.acme import requested

from .example import ANY_DAY, EXAMPLE, NOTE, answer, drawn, example_host, noticed, proved_on, rescinded, spoken

CALLABLE = ANY_DAY + "      price: 100 %\n      notice: {minimum: 10 days}\n"
REDEEM_ON, GIVEN_ON = date(2021, 5, 4), date(2021, 4, 1)
TAKEN_BACK = ("accepted", set[str]())


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return example_host(tmp_path, CALLABLE)


def request(
    event_id: str = "request", received_on: date = date(2021, 3, 1), **changes: object
) -> SurvivorsOptionRequested:
    """Make a complete request, whose repayment falls due on 2021-06-15."""
    fields: dict[str, Any] = {
        "received_on": received_on,
        "cusip": NOTE,
        "occurred_on": date(2021, 1, 4),
        "acquired_on": date(2017, 6, 15),
    }
    return requested(event_id, **(fields | changes))


def state(host: Host, event_id: str = "request") -> RequestState:
    return host.ledger.standing(EXAMPLE).requests[f"request of {event_id}"].state


@pytest.mark.parametrize(
    ("received_on", "told"),
    [
        (date(2021, 4, 1), TAKEN_BACK),
        (date(2021, 5, 4), TAKEN_BACK),
        (date(2021, 5, 5), ("rejected", {"rescinded too late"})),
    ],
)
def test_a_conditional_notice_is_taken_back_until_the_redemption_date(
    host: Host, received_on: date, told: tuple[str, set[str]]
) -> None:
    answer(host, noticed(REDEEM_ON, GIVEN_ON, conditional=True))
    assert spoken(answer(host, rescinded(received_on))) == told


def test_a_notice_under_no_condition_stands(host: Host) -> None:
    answer(host, noticed(REDEEM_ON, GIVEN_ON))
    decision = answer(host, rescinded(date(2021, 4, 2)))
    assert spoken(decision) == ("rejected", {"notice stands"})
    assert decision.findings[0].cite == "Redemption, notice"
    assert host.ledger.standing(EXAMPLE).redeemed_on(NOTE) == REDEEM_ON


def test_a_notice_under_no_condition_is_taken_back_where_the_terms_allow_it(tmp_path: Path) -> None:
    host = example_host(tmp_path, CALLABLE, unconditional="yes")
    answer(host, noticed(REDEEM_ON, GIVEN_ON))
    assert spoken(answer(host, rescinded(date(2021, 4, 2)))) == TAKEN_BACK


def test_a_notice_is_taken_back_once(host: Host) -> None:
    answer(host, noticed(REDEEM_ON, GIVEN_ON, conditional=True))
    answer(host, rescinded(date(2021, 4, 2)))
    told = spoken(answer(host, rescinded(date(2021, 4, 3), "again")))
    assert told == ("rejected", {"rescinded before"})


@pytest.mark.parametrize("given_on", [GIVEN_ON, date(2021, 4, 30)], ids=["none", "rejected"])
def test_a_notice_that_was_never_accepted_is_not_taken_back(host: Host, given_on: date) -> None:
    notice_id = "another"
    if given_on != GIVEN_ON:
        notice_id = "notice of call"
        assert answer(host, noticed(REDEEM_ON, given_on, conditional=True)).outcome.word == "rejected"
    told = spoken(answer(host, rescinded(date(2021, 5, 3), notice_id=notice_id)))
    assert told == ("referred", {"notice not known"})


def test_a_notice_taken_back_leaves_the_note_to_be_called_again(host: Host) -> None:
    answer(host, noticed(REDEEM_ON, GIVEN_ON, conditional=True))
    assert spoken(answer(host, noticed(REDEEM_ON, GIVEN_ON, "second"))) == ("rejected", {"already called"})
    answer(host, rescinded(date(2021, 4, 2)))
    assert host.ledger.standing(EXAMPLE).redeemed_on(NOTE) is None
    assert spoken(answer(host, noticed(REDEEM_ON, date(2021, 4, 5), "third"))) == TAKEN_BACK


def test_a_notice_id_names_one_notice(host: Host) -> None:
    answer(host, noticed(REDEEM_ON, GIVEN_ON, conditional=True))
    again = noticed(date(2021, 5, 3), GIVEN_ON, "second", notice_id="notice of call")
    assert spoken(answer(host, again)) == ("referred", {"notice id used before"})


def payment(received_on: date, principal: str = "25000", **changes: Any) -> PaymentMade:
    """Say that the repayment due on 2021-06-15 was paid."""
    fields: dict[str, Any] = {
        "event_id": "payment",
        "received_on": received_on,
        "cusip": NOTE,
        "due_on": date(2021, 6, 15),
        "kind": "repayment",
        "principal": Money.parse(principal),
        "request_id": "request of request",
    }
    return PaymentMade(**(fields | changes))


def test_what_a_call_keeps_from_being_repaid_is_repaid_once_it_is_taken_back(host: Host) -> None:
    answer(host, request())
    ended = host.answer(noticed(REDEEM_ON, GIVEN_ON, conditional=True))
    assert [(each.outcome.word, each.codes) for each in ended[1:]] == [("recorded", {Code.REDEEMED_WITH_THE_NOTE})]
    assert state(host) is RequestState.ACCEPTED
    told = spoken(answer(host, payment(date(2021, 4, 19), event_id="too early")))
    assert told == ("referred", {"redeemed with the note"})
    back = host.answer(rescinded(date(2021, 4, 20)))
    assert [(each.request_id, each.outcome.word) for each in back[1:]] == [("request of request", "recorded")]
    assert back[1].findings[0].because == "The call of 2021-05-04 no longer stands; the repayment is made as accepted."
    assert state(host) is RequestState.ACCEPTED
    assert answer(host, payment(date(2021, 6, 15))).outcome.word == "recorded"
    assert state(host) is RequestState.PAID


def test_a_request_that_waited_for_papers_waits_for_them_again(host: Host) -> None:
    answer(host, request(documents=frozenset({"death certificate"})))
    assert state(host) is RequestState.PENDED
    host.answer(noticed(REDEEM_ON, GIVEN_ON, conditional=True))
    assert state(host) is RequestState.REJECTED
    host.answer(rescinded(date(2021, 4, 20)))
    assert state(host) is RequestState.PENDED


def test_a_request_whose_papers_were_too_late_for_the_call_alone_waits_for_them_again(host: Host) -> None:
    """As of its own day it would have been repaid before the redemption; after the notice no paper is in time."""
    answer(host, request(documents=frozenset({"death certificate"})))
    host.answer(noticed(date(2021, 6, 30), date(2021, 6, 1), conditional=True))
    assert state(host) is RequestState.REJECTED
    back = host.answer(rescinded(date(2021, 6, 7)))
    assert [(each.request_id, each.outcome.word) for each in back[1:]] == [("request of request", "pended")]
    assert state(host) is RequestState.PENDED


def test_a_request_that_the_call_left_alone_is_left_alone(host: Host) -> None:
    answer(host, request())
    host.answer(noticed(date(2021, 6, 16), date(2021, 5, 3), conditional=True))  # repaid the day before
    assert state(host) is RequestState.ACCEPTED
    assert len(host.answer(rescinded(date(2021, 5, 20)))) == 1


def test_what_another_call_takes_away_too_comes_back_when_that_is_taken_back(host: Host) -> None:
    answer(host, request())
    answer(host, noticed(REDEEM_ON, GIVEN_ON, "late", conditional=True))
    answer(host, noticed(date(2021, 5, 3), GIVEN_ON, "early", conditional=True))
    assert len(host.answer(rescinded(date(2021, 4, 20), "first", "notice of late"))) == 1
    told = spoken(answer(host, payment(date(2021, 4, 20), event_id="too early")))
    assert told == ("referred", {"redeemed with the note"})
    assert len(host.answer(rescinded(date(2021, 4, 21), "second", "notice of early"))) == 2
    assert answer(host, payment(date(2021, 6, 15))).outcome.word == "recorded"


def carried_over(host: Host) -> None:
    """Keep $50,000 of a request out of 2021 by the individual limit, and repay the rest."""
    fields: dict[str, Any] = {"programme": EXAMPLE, "annual": False, "individual": True}
    for year in (2021, 2022):
        answer(host, LimitsElected(event_id=f"limits {year}", received_on=date(year - 1, 12, 31), year=year, **fields))
    answer(host, request(principal=Money.parse("300000"), position=Money.parse("300000")))
    answer(host, payment(date(2021, 6, 15), "250000"))
    _, turned_away = host.answer(noticed(date(2022, 1, 10), date(2021, 12, 1), conditional=True))
    assert turned_away.not_accepted == Money.parse("50000")
    assert state(host) is RequestState.PAID


def waiting(host: Host) -> list[tuple[RequestState, Money]]:
    return [(each.state, each.waiting) for each in host.ledger.standing(EXAMPLE).in_queue()]


def test_what_waited_for_next_year_waits_for_it_again(host: Host) -> None:
    carried_over(host)
    assert waiting(host) == []
    assert len(host.answer(rescinded(date(2021, 12, 20)))) == 2
    assert waiting(host) == [(RequestState.CARRIED_OVER, Money.parse("50000"))]


def test_what_missed_the_years_opening_is_decided_when_it_comes_back(host: Host) -> None:
    carried_over(host)
    opened = host.answer(YearOpened(event_id="2022", received_on=date(2022, 1, 1), programme=EXAMPLE, year=2022))
    assert len(opened) == 1
    _, back, again = host.answer(rescinded(date(2022, 1, 5)))
    assert (back.outcome.word, back.carried_over) == ("carried over", Money.parse("50000"))
    assert (again.outcome.word, again.accepted) == ("accepted", Money.parse("50000"))
    assert again.payment is not None
    assert again.payment.due_on == date(2022, 6, 15)
    assert waiting(host) == []


def test_every_answer_about_calls_is_proved_from_the_ledger(tmp_path: Path) -> None:
    terms = """\
  minimum notice: {value: 10, cite: Redemption}
  notice counted in: {value: calendar days, cite: Redemption}
"""
    rows = CALLABLE.replace("      notice: {minimum: 10 days}\n", "      make whole: {spread: 0.25 %}\n")
    host = example_host(tmp_path, rows, terms=terms)
    answer(host, request())
    answer(host, request("second", documents=frozenset({"death certificate"})))
    made_whole: dict[str, Any] = {"price": None, "treasury_yield": Decimal("1.75"), "conditional": True}
    answer(host, noticed(REDEEM_ON, GIVEN_ON, **made_whole))
    answer(host, noticed(REDEEM_ON, GIVEN_ON, "again", notice_id="notice of call", **made_whole))
    answer(host, rescinded(date(2021, 4, 20)))
    answer(host, rescinded(date(2021, 4, 21), "unknown", "another"))
    answer(host, noticed(date(2021, 6, 1), date(2021, 5, 3), "part", principal=Money.parse("10000"), **made_whole))
    answer(host, drawn("1000", notice_id="notice of part"))
    answer(host, drawn("10000", "20000", "too much", notice_id="notice of part"))
    done = proved_on(host)
    assert done.differences == []
    assert done.entries == sum(1 for _ in host.ledger.entries()) >= 11
    assert done.decided_again == done.entries
