from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rules_engine.desk.limit_rooms import LimitRoom, limit_rooms
from rules_engine.host import Host
from rules_engine.model.limits import Limit
from tests.ledger.events import elected, read, request
from tests.shipped import shipped


@pytest.fixture
def host() -> Host:
    return shipped()


def answer(host: Host, *events: dict[str, Any]) -> None:
    for event in read(*events):
        host.answer(event)


def rooms(host: Host, **wanted: Any) -> dict[tuple[str, str], LimitRoom]:
    return {(room.limit.value, room.name): room for room in limit_rooms(host, **wanted)}


def reported(principal: str, as_of: str = "2016-12-31") -> dict[str, Any]:
    return {
        "type": "outstanding_reported",
        "event_id": f"reported-{as_of}",
        "received_on": "2017-01-10",
        "programme": "ally/term-notes-a",
        "as_of": as_of,
        "principal": principal,
    }


def test_what_is_used_counts_for_the_owner_and_for_the_programme(host: Host) -> None:
    answer(host, elected(2017), request("a", principal="100000.00"), request("b", principal="30000.00"))
    found = rooms(host)
    # the standard wording: $250,000 for an owner, at least $2,000,000 for the programme
    own = found[(Limit.INDIVIDUAL, "owner-a")]
    assert (own.binds, str(own.allowed), str(own.used), str(own.left)) == (
        "elected",
        "$250,000",
        "$100,000",
        "$150,000",
    )
    all_notes = found[(Limit.ANNUAL, "")]
    assert (str(all_notes.allowed), str(all_notes.used), str(all_notes.left)) == (
        "$2,000,000",
        "$130,000",
        "$1,870,000",
    )
    assert all_notes.notes == 2


def test_the_percentage_is_taken_of_what_was_outstanding_on_the_base_day(host: Host) -> None:
    answer(host, elected(2017), request("a"))
    assert rooms(host)[(Limit.ANNUAL, "")].missing == ("outstanding_reported as of 2016-12-31",)
    answer(host, reported("300000000.00"))
    room = rooms(host)[(Limit.ANNUAL, "")]
    # 2 % of $300,000,000 is more than $2,000,000
    assert (str(room.allowed), str(room.base), room.base_day, room.missing) == (
        "$6,000,000",
        "$300,000,000",
        date(2016, 12, 31),
        (),
    )


def test_who_waits_is_named_in_order_and_fits_in_the_next_year(host: Host) -> None:
    answer(
        host,
        elected(2017),
        request("a", principal="300000.00", owner_ref="o"),
        request("b", principal="20000.00", owner_ref="o", cusip="02006DLG4", received_on="2017-08-02"),
    )
    this_year = rooms(host)[(Limit.INDIVIDUAL, "o")]
    assert (str(this_year.used), str(this_year.left), this_year.is_used_up) == ("$250,000", "$0", True)
    assert [(each.request_id, str(each.waiting), str(each.fits)) for each in this_year.waiting] == [
        ("request-a", "$50,000", "$0"),
        ("request-b", "$20,000", "$0"),
    ]
    next_year = rooms(host, year=2018)[(Limit.INDIVIDUAL, "o")]
    # 250,000 less the 70,000 that wait
    assert (next_year.binds, str(next_year.used), str(next_year.kept), str(next_year.left)) == (
        "not yet said",
        "$0",
        "$70,000",
        "$180,000",
    )
    assert [(each.request_id, str(each.fits)) for each in next_year.waiting] == [
        ("request-a", "$50,000"),
        ("request-b", "$20,000"),
    ]


def test_what_is_left_is_what_a_request_made_now_is_accepted_for(host: Host) -> None:
    answer(host, elected(2017), request("a", principal="100000.00", owner_ref="o"))
    left = rooms(host, owner_ref="o")[(Limit.INDIVIDUAL, "o")].left
    (event,) = read(request("b", principal="200000.00", owner_ref="o", cusip="02006DLG4", received_on="2017-08-02"))
    assert host.preview(event)[0].accepted == left


def test_nothing_is_listed_of_a_ledger_without_entries(host: Host) -> None:
    assert limit_rooms(host) == []
