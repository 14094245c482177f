from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rules_engine.desk.cash_days import CashLine, CashWanted, cash_days
from rules_engine.desk.year_ahead import may_be_due
from rules_engine.host import Host
from rules_engine.model.event_words import PaymentKind
from tests.ledger.events import elected, read, request
from tests.shipped import shipped


@pytest.fixture
def host() -> Host:
    return shipped()


def answer(host: Host, *events: dict[str, Any]) -> None:
    for event in read(*events):
        host.answer(event)


def lines(host: Host, **wanted: Any) -> list[CashLine]:
    return cash_days(host, CashWanted(**wanted))


def called(principal: str) -> dict[str, Any]:
    return {
        "type": "call_noticed",
        "event_id": "call",
        "notice_id": "n-1",
        "received_on": "2017-11-10",
        "cusip": "02006DLF6",
        "notice_given_on": "2017-11-10",
        "redeem_on": "2017-12-15",
        "principal": principal,
        "price": "100",
        "notified": ["holders", "trustee"],
    }


REPAYMENTS = frozenset({PaymentKind.REPAYMENT})


def test_a_repayment_stands_on_the_day_cash_moves_with_its_interest_and_who_gets_it(host: Host) -> None:
    answer(host, request("a", received_on="2017-09-20", principal="40000.00"))
    (line,) = lines(host, kinds=REPAYMENTS)
    # due on Sunday 15 October; 40,000 x .035 x 30/360 = 116.666...
    assert (line.due_on, line.pay_on) == (date(2017, 10, 15), date(2017, 10, 16))
    assert (str(line.principal), str(line.interest), str(line.total)) == ("$40,000", "$116.67", "$40,116.67")
    assert (line.request_id, line.to, line.provisional) == ("request-a", "whoever gets the principal", True)


@pytest.mark.parametrize(("last", "count"), [(date(2017, 10, 15), 0), (date(2017, 10, 16), 1)])
def test_the_last_day_is_included_and_counts_by_the_day_cash_moves(host: Host, last: date, count: int) -> None:
    answer(host, request("a", received_on="2017-09-20"))
    assert len(lines(host, first=date(2017, 10, 1), last=last, kinds=REPAYMENTS)) == count


@pytest.mark.parametrize(("first", "overdue"), [(date(2017, 10, 16), False), (date(2017, 10, 17), True)])
def test_what_was_not_paid_goes_on_being_listed_as_overdue(host: Host, first: date, overdue: bool) -> None:
    answer(host, request("a", received_on="2017-09-20"))
    (line,) = lines(host, first=first, kinds=REPAYMENTS)
    assert line.is_overdue is overdue


def test_several_repayments_of_one_day_stand_apart(host: Host) -> None:
    answer(
        host,
        request("a", received_on="2017-08-01", principal="1000.00"),
        request("b", received_on="2017-08-02", principal="2000.00"),
    )
    # 1,000 x .035 x 30/360 = 2.9166...; 2,000 of it 5.8333...
    told = [
        (line.request_id, str(line.principal), str(line.interest))
        for line in lines(host, kinds=REPAYMENTS, last=date(2017, 9, 15))
    ]
    assert told == [("request-a", "$1,000", "$2.92"), ("request-b", "$2,000", "$5.83")]


def test_a_payment_that_is_stopped_says_so_and_keeps_its_principal(host: Host) -> None:
    told = {
        "type": "particulars_received",
        "event_id": "told",
        "request_id": "request-a",
        "received_on": "2017-08-02",
        "occurred_on": "2017-07-31",
        "held_in": "transferred",
    }
    answer(host, request("a", received_on="2017-08-01"), told)
    (line,) = lines(host, kinds=REPAYMENTS, last=date(2017, 9, 30))
    assert (line.stopped, str(line.principal), line.total) == (True, "$5,000", None)


def test_interest_is_listed_for_each_1000_of_notes_the_ledger_knows(host: Host) -> None:
    answer(host, request("a", received_on="2017-08-01", cusip="02006DLG4"))
    found = lines(host, first=date(2017, 1, 1), last=date(2017, 1, 31), kinds=frozenset({PaymentKind.INTEREST}))
    # printed in the supplement: $5.19 on 15 January 2017, a Sunday before a holiday
    (line,) = found
    assert (line.cusip, line.due_on, line.pay_on) == ("02006DLG4", date(2017, 1, 15), date(2017, 1, 17))
    assert (str(line.interest), str(line.total), line.per_1000) == ("$5.19", "$5.19", True)


def test_a_part_called_is_redeemed_and_a_whole_call_ends_what_comes_after(host: Host) -> None:
    answer(host, request("a", received_on="2017-08-01"), called("50000.00"))
    (part,) = lines(host, kinds=frozenset({PaymentKind.REDEMPTION}), last=date(2017, 12, 31))
    # 50,000 x .035 x 30/360 = 145.833...
    assert (str(part.principal), str(part.interest), part.per_1000) == ("$50,000", "$145.83", False)
    whole = shipped()
    answer(whole, request("a", received_on="2017-08-01"), called("all"))
    found = lines(whole, first=date(2017, 12, 1), last=date(2018, 3, 1))
    assert [(line.kind, line.pay_on, line.per_1000) for line in found if not line.is_overdue] == [
        (PaymentKind.INTEREST, date(2017, 12, 15), True),
        (PaymentKind.REDEMPTION, date(2017, 12, 15), True),
    ]


def test_what_waits_for_a_limit_comes_with_what_the_next_year_would_bring(host: Host) -> None:
    answer(host, elected(2017), request("a", principal="300000.00", received_on="2017-08-01"))
    (waits,) = may_be_due(host)
    assert (waits.year, str(waits.waiting), str(waits.accepted), waits.pay_on) == (2018, "$50,000", "$0", None)
    assert "limits_elected for 2018" in waits.waits_for
    answer(host, elected(2018) | {"event_id": "e-2018", "received_on": "2018-01-02"})
    (waits,) = may_be_due(host)
    # accepted as of 1 January 2018, twenty days on is the 21st: due on 15 February; 50,000 x .035 x 30/360 = 145.833...
    assert (str(waits.accepted), waits.due_on, waits.pay_on) == ("$50,000", date(2018, 2, 15), date(2018, 2, 15))
    assert (str(waits.interest), waits.waits_for) == ("$145.83", "")


def test_asking_writes_nothing(host: Host) -> None:
    answer(host, elected(2017), request("a", principal="300000.00"))
    heads = dict(host.ledger.heads())
    lines(host, last=date(2018, 12, 31))
    may_be_due(host)
    assert dict(host.ledger.heads()) == heads
    assert len(list(host.ledger.entries())) == 2
