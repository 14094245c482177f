"""What deciding one event costs after 10, 1,000 and 100,000 that came before it: `python -m benchmarks.growth`.

Each history is folded without a ledger, then the same few events are decided on it again and again: the answers to
them and to every request they make decided again are worked out, and the standing is moved past them and back. The
costs are given per answer really given, as ratios to the cost on the short history. `--write` puts the table into
docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from time import perf_counter_ns
from types import MappingProxyType

from benchmarks.cases import NOTES, PAPERS, PROGRAMME
from rules_engine.host import Host
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import (
    CallNoticed,
    DocumentsReceived,
    Event,
    LimitsElected,
    OutstandingReported,
    PaymentDue,
    PaymentMade,
    SurvivorsOptionRequested,
    YearOpened,
)
from rules_engine.model.money import Money
from rules_engine.standing.kinds import advance
from rules_engine.standing.standing import Standing

SIZES = (10, 1_000, 100_000)
WAITING = (10, 1_000, 4_000)
NOTES_OF = (10, 1_000, 10_000)
ROUNDS = 9
MOST = 1.3
PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
MARK, END = "<!-- growth -->\n", "<!-- end of growth -->\n"
HELD = Money.parse("5000.00")
DUE_ON = date(2018, 1, 15)

History = tuple[Host, Standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A kind of history, of so many requests, and the events decided on it."""

    name: str
    history: Callable[[int], History]
    events: Callable[[int], Sequence[Event]]
    sizes: tuple[int, ...] = SIZES


def request(number: int, **other: object) -> SurvivorsOptionRequested:
    """Ask for $5,000 of one of the two notes, with nothing missing, in the name of an owner of one request."""
    asked = SurvivorsOptionRequested(
        event_id=f"request {number}",
        received_on=date(2017, 8, 1) + timedelta(days=number % 90),
        request_id=f"request {number}",
        cusip=NOTES[number % 2],
        principal=HELD,
        position=HELD,
        occurred_on=date(2017, 6, 1),
        owner_ref=f"owner {number}",
        acquired_on=date(2016, 12, 1),
        acquired="primary market",
        registration="sole owner",
        owner_at_death=True,
        held_in="estate account",
        representative="executor",
        documents=PAPERS,
    )
    return replace(asked, **other)  # type: ignore[arg-type]  # the fields are those of the event


def fold(host: Host, events: Iterator[Event]) -> History:
    """Answer events on a standing of their own, as a ledger would that keeps nothing else."""
    standing = Standing(PROGRAMME)
    for event in events:
        take(host, event, standing)
    return host, standing


def take(host: Host, event: Event, standing: Standing) -> int:
    """Answer an event and move a standing past its answers; give how many there are."""
    answers = host.decide(event, standing)
    for part, answer in enumerate(answers):
        advance(standing, answer.event, answer.decision, lambda _: None, part=part)
    return len(answers)


def opened() -> Host:
    """Open a host on the rules that ship, with the plain matcher alone: durable_rules sees no history."""
    return Host.open(with_durable=False)


def of_one_owner(count: int) -> History:
    """One owner with so many requests, each of an account of its own."""
    return fold(opened(), (request(n, owner_ref="owner", account_ref=f"account {n}") for n in range(count)))


def without_owner(count: int) -> History:
    """So many requests that name no owner, and so wait for one."""
    return fold(opened(), (request(n, owner_ref=None) for n in range(count)))


def of_many_owners(count: int) -> History:
    """So many requests in a programme, each accepted, of two notes."""
    return fold(opened(), (request(n) for n in range(count)))


def of_many_notes(count: int) -> History:
    """A request in each of so many notes."""
    host = opened()
    known = host.book.notes[NOTES[0]]
    named = {cusip: replace(known, cusip=cusip) for cusip in map(_cusip, range(count + 1))}
    book = replace(host.book, notes=MappingProxyType({**host.book.notes, **named}))
    host = Host(book, host.plugins, host.vocabulary, MemoryLedger(), with_durable=False)
    return fold(host, (request(n, cusip=_cusip(n)) for n in range(count)))


def _cusip(number: int) -> str:
    return f"{number:09}"


def with_waiting(count: int) -> History:
    """So many requests that a limit of the year keeps out, and the limits of the next year elected."""
    host = opened()

    def events() -> Iterator[Event]:
        for year in (2017, 2018):
            yield LimitsElected(
                event_id=f"limits {year}",
                received_on=date(year, 1, 3) if year == 2017 else date(2017, 12, 1),
                programme=PROGRAMME,
                year=year,
                annual=True,
                individual=False,
            )
        yield OutstandingReported(
            event_id="outstanding",
            received_on=date(2017, 1, 3),
            programme=PROGRAMME,
            as_of=date(2016, 12, 31),
            principal=Money.parse("50000000.00"),
        )
        yield OutstandingReported(
            event_id="outstanding next",
            received_on=date(2018, 1, 1),
            programme=PROGRAMME,
            as_of=date(2017, 12, 31),
            principal=Money.parse("5000000000.00"),
        )
        used_up = Money.parse("2000000.00")
        yield request(-1, principal=used_up, position=used_up)
        yield from (request(n) for n in range(count))

    return fold(host, events())


def asked_anew(count: int) -> Sequence[Event]:
    """Ask for what nobody asked for before."""
    return [request(count + 1 + n, account_ref=f"account of {count + n}") for n in range(20)]


def asked_by_the_owner(count: int) -> Sequence[Event]:
    """Let the one owner ask once more, from another account."""
    return [request(count + 1 + n, owner_ref="owner", account_ref=f"account of {count + n}") for n in range(20)]


def asked_without_owner(count: int) -> Sequence[Event]:
    """Ask once more without an owner."""
    return [request(count + 1 + n, owner_ref=None) for n in range(20)]


def of_a_new_note(count: int) -> Sequence[Event]:
    """Ask for a note of which nobody has asked before."""
    return [request(count + 1 + n, cusip=_cusip(count)) for n in range(20)]


def paper(count: int) -> Sequence[Event]:
    """Bring a paper to requests made earlier."""
    return [
        DocumentsReceived(
            event_id=f"paper {n}",
            received_on=date(2017, 12, 1),
            request_id=f"request {n * (count // 10)}",
            documents=frozenset({"death certificate"}),
        )
        for n in range(10)
    ]


def paid(count: int) -> Sequence[Event]:
    """Pay requests made earlier."""
    return [
        PaymentMade(
            event_id=f"payment {n}",
            received_on=DUE_ON,
            cusip=NOTES[n * (count // 10) % 2],
            due_on=DUE_ON,
            kind=PaymentKind.REPAYMENT,
            principal=HELD,
            request_id=f"request {n * (count // 10)}",
        )
        for n in range(10)
    ]


def due_for_one(count: int) -> Sequence[Event]:
    """Ask what is due for one request."""
    return [
        PaymentDue(
            event_id=f"due {n}",
            received_on=DUE_ON,
            cusip=NOTES[n * (count // 10) % 2],
            due_on=DUE_ON,
            kind=PaymentKind.REPAYMENT,
            request_id=f"request {n * (count // 10)}",
        )
        for n in range(10)
    ]


def next_year(count: int) -> Sequence[Event]:
    """Open the year for which all of them wait."""
    return [YearOpened(event_id="year 2018", received_on=date(2018, 1, 2), programme=PROGRAMME, year=2018)]


def whole_call(count: int) -> Sequence[Event]:
    """Call one note whole, with a request for half of them to be answered."""
    return [
        CallNoticed(
            event_id="call",
            received_on=date(2017, 12, 1),
            notice_id="notice",
            cusip=NOTES[0],
            notice_given_on=date(2017, 12, 1),
            redeem_on=DUE_ON,
            principal="all",
            price=Decimal(100),
            notified=frozenset({"holders", "trustee"}),
        )
    ]


SHAPES = (
    Shape(name="a request of an owner with so many", history=of_one_owner, events=asked_by_the_owner),
    Shape(name="a request without owner after so many", history=without_owner, events=asked_without_owner),
    Shape(name="a request in a programme with so many", history=of_many_owners, events=asked_anew),
    Shape(name="a paper to one of so many requests", history=of_many_owners, events=paper),
    Shape(name="what is due for one of so many requests", history=of_many_owners, events=due_for_one),
    Shape(name="a payment of one of so many requests", history=of_many_owners, events=paid),
    Shape(
        name="a request of one more note, after so many", history=of_many_notes, events=of_a_new_note, sizes=NOTES_OF
    ),
    Shape(name="a whole call of a note with so many requests", history=of_many_owners, events=whole_call),
    Shape(name="a year opened with so many waiting", history=with_waiting, events=next_year, sizes=WAITING),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What events cost after a history of one size: microseconds for each answer given, and the answers of an event."""

    size: int
    microseconds: float
    answers: float


def cost(shape: Shape, size: int, rounds: int) -> Cost:
    """Measure the best of several rounds over the events of a shape, on one history.

    As `timeit` does, it keeps the garbage collector out: what a collection costs depends on everything else in memory.
    """
    host, standing = shape.history(size)
    events = shape.events(size)
    gc.collect()
    gc.disable()
    best, given = float("inf"), 0
    for _ in range(rounds):
        spent = given = 0
        for event in events:
            start = perf_counter_ns()
            with standing.trying():
                given += take(host, event, standing)
            spent += perf_counter_ns() - start
        best = min(best, spent)
    gc.enable()
    return Cost(size=size, microseconds=best / given / 1_000, answers=given / len(events))


def measure(rounds: int) -> dict[str, list[Cost]]:
    """Measure every shape at each of its sizes."""
    return {shape.name: [cost(shape, size, rounds) for size in shape.sizes] for shape in SHAPES}


def written(measured: Mapping[str, Sequence[Cost]]) -> str:
    """Write the costs as a table, the ratio of the longest history to the shortest last."""
    lines = [
        "| an event | answers | microseconds an answer: first | then | then | last to first | |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, costs in measured.items():
        ratio = costs[-1].microseconds / costs[0].microseconds
        figures = " | ".join(f"{each.microseconds:,.0f} after {each.size:,}" for each in costs)
        answers = " / ".join(f"{each.answers:,.0f}" for each in costs)
        met = "met" if ratio < MOST else "**missed**"
        lines.append(f"| {name} | {answers} | {figures} | {ratio:.2f} | {met} |")
    return "\n".join(lines)


def main() -> None:
    """Measure, print, and write the page if asked."""
    options = argparse.ArgumentParser(
        prog="python -m benchmarks.growth", description="What events cost after many others."
    )
    options.add_argument("--write", action="store_true", help=f"put the table into docs/{PAGE.name}")
    options.add_argument("--rounds", type=int, default=ROUNDS, help="how often the events of each history are timed")
    given = options.parse_args()
    text = written(measure(given.rounds))
    print(text)
    if given.write:
        PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")


def replaced(page: str, table: str) -> str:
    """Put the table between its two marks."""
    head, _, rest = page.partition(MARK)
    _, end, tail = rest.partition(END)
    return f"{head}{MARK}\n{table}\n\n{end}{tail}"


if __name__ == "__main__":
    main()
