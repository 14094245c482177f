from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rules_engine.desk.calendar_file import calendar_file
from rules_engine.desk.days_ahead import DayAhead, DayKind, DaysWanted, days_ahead
from rules_engine.desk.note_list import NotesWanted, note_list
from rules_engine.host import Host, shipped_rules
from tests.ledger.events import elected, read, request
from tests.shipped import shipped


@pytest.fixture
def host() -> Host:
    return shipped()


def answer(host: Host, *events: dict[str, Any]) -> None:
    for event in read(*events):
        host.answer(event)


def days(host: Host, kind: DayKind, **wanted: Any) -> list[DayAhead]:
    return days_ahead(host, DaysWanted(kinds=frozenset({kind}), programme="ally/term-notes-a", **wanted))


def test_the_last_day_for_notice_is_thirty_days_before_each_redemption(host: Host) -> None:
    found = days(host, DayKind.NOTICE, first=date(2017, 11, 1), last=date(2017, 12, 31), cusip="02006DLF6")
    # 15 December less 30 days is 15 November; 15 January less 30 days is 16 December
    assert [day.on for day in found] == [date(2017, 11, 15), date(2017, 12, 16)]
    assert found[0].what == "last day for notice of a redemption on 2017-12-15"


@pytest.mark.parametrize(("first", "count"), [(date(2017, 11, 15), 1), (date(2017, 11, 16), 0)])
def test_the_first_day_is_included(host: Host, first: date, count: int) -> None:
    last = date(2017, 12, 1)
    assert len(days(host, DayKind.NOTICE, first=first, last=last, cusip="02006DLF6")) == count


def test_record_dates_are_counted_from_the_scheduled_interest_date(tmp_path: Path) -> None:
    shutil.copytree(shipped_rules() / "ally", tmp_path / "ally")
    file = tmp_path / "ally" / "term-notes-a" / "2015-08-10" / "prospectus.yaml"
    file.write_text(
        f"{file.read_text().rstrip()}\n  - cite: tried\n    mark: inferred\n    record date: 15 days before\n"
    )
    host = Host.open(tmp_path, with_durable=False)
    assert host.book.own_problems == ()
    wanted = DaysWanted(
        first=date(2017, 9, 1), last=date(2017, 9, 30), cusip="02006DLF6", kinds=frozenset({DayKind.RECORD_DATE})
    )
    # fifteen days before Sunday 15 October, wherever cash moves
    assert [(day.on, day.what) for day in days_ahead(host, wanted)] == [
        (date(2017, 9, 30), "holders of this day get the interest due on 2017-10-15")
    ]


def test_papers_repayments_and_years_of_requests_are_listed(host: Host) -> None:
    answer(
        host,
        elected(2017),
        request("a", principal="300000.00"),
        request("b", documents=["repayment request"]),
    )
    assert [(day.on, day.request_id) for day in days(host, DayKind.PAPERS)] == [(date(2017, 8, 26), "request-b")]
    (repaid,) = days(host, DayKind.REPAYMENT, last=date(2017, 9, 15))
    assert (repaid.on, repaid.what) == (date(2017, 9, 15), "repay $250,000")
    (year,) = days(host, DayKind.YEAR, last=date(2018, 1, 1))
    assert (year.on, year.is_overdue) == (date(2018, 1, 1), False)
    (late,) = days(host, DayKind.YEAR, first=date(2018, 1, 2))
    assert late.is_overdue


def test_a_note_that_is_called_has_no_more_notices_to_give(host: Host) -> None:
    called = {
        "type": "call_noticed",
        "event_id": "call",
        "notice_id": "n-1",
        "received_on": "2017-11-10",
        "cusip": "02006DLF6",
        "notice_given_on": "2017-11-10",
        "redeem_on": "2017-12-15",
        "principal": "all",
        "price": "100",
        "notified": ["holders", "trustee"],
    }
    answer(host, called)
    assert days(host, DayKind.NOTICE, cusip="02006DLF6", last=date(2017, 12, 31)) == []
    assert [day.on for day in days(host, DayKind.REDEMPTION, last=date(2017, 12, 31))] == [date(2017, 12, 15)]
    (note,) = (each for each in note_list(host, NotesWanted(search="02006dlf6")))
    assert (note.state, note.ends_on, note.callable_from) == ("called", date(2017, 12, 15), None)


def test_notes_are_listed_with_what_their_supplement_prints(host: Host) -> None:
    (note,) = note_list(host, NotesWanted(programme="ally", search="02006DLG4"), on=date(2017, 1, 1))
    assert (str(note.coupon), note.frequency, note.maturity) == ("4.25", "monthly", date(2021, 12, 15))
    # Sunday 15 January 2017, before a holiday
    assert (note.next_interest_on, note.next_pay_on) == (date(2017, 1, 15), date(2017, 1, 17))
    assert (note.callable_from, note.survivors_option, note.provisional) == (date(2017, 12, 15), True, True)


def test_a_calendar_file_is_read_by_any_calendar_program() -> None:
    what = "papers, complete; by then " + "ü" * 60
    day = DayAhead(on=date(2017, 2, 28), kind=DayKind.PAPERS, what=what, programme="ally/term-notes-a", request_id="R")
    text = calendar_file([day])
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert "\r\nDTSTART;VALUE=DATE:20170228\r\nDTEND;VALUE=DATE:20170301\r\n" in text
    # RFC 5545, 3.1: lines of at most 75 octets, folded by a blank; 3.3.11: commas and semicolons are escaped
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    unfolded = text.replace("\r\n ", "")
    assert f"DESCRIPTION:papers\\, complete\\; by then {'ü' * 60} (ally/term-notes-a)\r\n" in unfolded
    assert calendar_file([day]) == text
