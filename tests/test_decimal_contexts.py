"""Every answer is the same, byte for byte, in whatever decimal context it is asked for, on whatever thread."""

from __future__ import annotations

import json
from decimal import Context
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pytest

from rules_engine.host import Host, shipped_rules
from rules_engine.host.opening import Scheduled
from rules_engine.intake import read_event
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.canonical import canonical_json
from rules_engine.model.wire import decision_to_json
from rules_engine.workbench.timetable import timetable, timetable_to_json
from tests.clauses.coupon_notes import DISCOUNT, FLOATING, STEPPING, ZERO, host_of_coupons
from tests.clauses.example import ANY_DAY, NOTE, example_host
from tests.decimal_contexts import HOSTILE, in_another_thread, under

CONTEXTS = pytest.mark.parametrize("context", HOSTILE.values(), ids=HOSTILE)

STORY = files("rules_engine.cli").joinpath("story.jsonl").read_text().splitlines()

MAKE_WHOLE = (
    ANY_DAY
    + "      price: 102.125 %\n      falls: {by: 0.875 %, every: year, to: 100 %}\n"
    + "      make whole: {spread: 0.1375 %, until: 2026-12-15}\n      notice: {minimum: 5 days}\n"
)


def call(cusip: str, given_on: str, redeem_on: str, **changes: str) -> str:
    event_id = " ".join(["call", cusip, redeem_on, *changes.values()])
    fields = {"event_id": event_id, "notice_id": f"notice of {event_id}", "received_on": given_on, "cusip": cusip}
    fields |= {"type": "call_noticed", "notice_given_on": given_on, "redeem_on": redeem_on, "principal": "1234000.00"}
    return json.dumps(fields | changes | {"notified": ["holders", "trustee"]})


def interest(cusip: str, due_on: str) -> str:
    fields = {"type": "payment_due", "event_id": f"{cusip} {due_on}", "received_on": due_on, "cusip": cusip}
    return json.dumps(fields | {"due_on": due_on, "kind": "interest", "principal": "987654000.00"})


def rate(period_start: str, index_rate: str) -> str:
    fields = {"type": "rate_reset", "event_id": f"rate {period_start}", "received_on": period_start}
    return json.dumps(fields | {"cusip": FLOATING, "period_start": period_start, "index_rate": index_rate})


def request(cusip: str, principal: str, received_on: str) -> str:
    fields = json.loads(STORY[3])
    new = {"event_id": f"request {cusip}", "request_id": f"R {cusip}", "cusip": cusip, "received_on": received_on}
    return json.dumps(fields | new | {"principal": principal, "position": principal, "acquired_on": "2017-03-30"})


COUPONS = [
    interest(STEPPING, "2018-08-15"),
    rate("2018-03-30", "2.123456"),
    interest(FLOATING, "2018-06-30"),
    rate("2018-06-30", "-0.250001"),
    interest(FLOATING, "2018-09-30"),
    rate("2018-09-30", "98.765432"),
    interest(FLOATING, "2018-12-30"),
    request(DISCOUNT, "123000.00", "2018-01-02"),
    request(ZERO, "77000.00", "2018-01-02"),
    call(ZERO, "2018-02-20", "2018-03-30"),
    call(DISCOUNT, "2018-02-20", "2018-09-30", price="96.226"),
    call(DISCOUNT, "2018-02-21", "2018-09-30", price="96.227"),
]

ON_A_BUSINESS_DAY = "  repaid without interest dates on: business day\n"

CALLS = [
    call(NOTE, "2021-06-20", "2021-06-30", treasury_yield="1.234567"),
    call(NOTE, "2021-07-20", "2021-07-30", treasury_yield="-0.654321"),
    call(NOTE, "2021-08-20", "2021-08-30", treasury_yield="3.1", price="107.1"),
    call(NOTE, "2026-12-01", "2026-12-15", price="100"),
    call(NOTE, "2026-12-01", "2026-12-16", price="99.5"),
]


class Asked(NamedTuple):
    """A host, the folder of its rule book, and the events and notes it is asked about."""

    host: Host
    rules: Path
    lines: list[str]
    notes: list[str]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    coupons, calls = (tmp_path_factory.mktemp("rules") for _ in range(2))
    return [
        Asked(Host.open(), shipped_rules(), STORY, ["02006DLF6"]),
        Asked(
            host_of_coupons(coupons, payment=ON_A_BUSINESS_DAY),
            coupons / "rules",
            COUPONS,
            [STEPPING, FLOATING, DISCOUNT, ZERO],
        ),
        Asked(example_host(calls, MAKE_WHOLE), calls / "rules", CALLS, [NOTE]),
    ]


def answers(host: Host, lines: list[str]) -> list[str]:
    """Answer events into a new ledger by a host made anew, so that everything is worked out in this context."""
    afresh = Host(host.book, host.plugins, host.vocabulary, MemoryLedger(), with_durable=host.with_durable)
    decided = [decision for line in lines for decision in afresh.answer(read_event(line))]
    return [canonical_json(decision_to_json(decision)) for decision in decided] + [
        entry.digest for entry in afresh.ledger.entries()
    ]


def timetables(host: Host, notes: list[str]) -> list[object]:
    """Tell each note's days, rates, prices and interest."""
    found = [host.schedule(cusip) for cusip in notes]
    return [timetable_to_json(timetable(scheduled)) for scheduled in found if isinstance(scheduled, Scheduled)]


def test_the_events_are_answered_with_what_is_worked_out(asked: list[Asked]) -> None:
    """Else the tests below would compare referrals."""
    told = [[json.loads(line) for line in answers(each.host, each.lines) if line.startswith("{")] for each in asked]
    outcomes = [[decision["outcome"] for decision in decisions] for decisions in told]
    assert outcomes[1].count("accepted") >= 7
    assert outcomes[2].count("accepted") >= 2
    assert "referred" not in outcomes[0] + outcomes[1] + outcomes[2]
    assert [len(timetables(each.host, each.notes)) for each in asked] == [1, 4, 1]


@CONTEXTS
def test_every_answer_and_receipt_is_the_same(context: Context, asked: list[Asked]) -> None:
    for host, _, lines, notes in asked:
        ask = partial(lambda host, lines, notes: [*answers(host, lines), *timetables(host, notes)], host, lines, notes)
        expected = ask()
        assert under(context, ask) == expected
        assert in_another_thread(context, ask) == expected


@CONTEXTS
def test_a_host_that_answered_elsewhere_answers_the_same(context: Context, asked: list[Asked]) -> None:
    for host, _, lines, _ in asked:
        ask = partial(
            lambda host, lines: [decision_to_json(host.preview(read_event(line))[0]) for line in lines], host, lines
        )
        assert under(context, ask) == ask()


@CONTEXTS
def test_a_rule_book_is_read_the_same(context: Context, asked: list[Asked]) -> None:
    for host, rules, lines, notes in asked[1:]:
        again = under(context, partial(Host.open, rules, plugins=host.plugins, with_durable=host.with_durable))
        assert [*again.book.notes.items()] == [*host.book.notes.items()]
        assert again.book.rule_sets == host.book.rule_sets
        assert answers(again, lines) == answers(host, lines)
        assert timetables(again, notes) == timetables(host, notes)
