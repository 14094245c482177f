"""`rules-engine compare`: what an edit of the rules changes, by meaning and on a history decided again in order."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from rules_engine.cli.decide import lines_of
from rules_engine.cli.ending import CommandWrong, faulty, notice
from rules_engine.cli.opening import kept_ledger, tell_of_empty_folders
from rules_engine.cli.options import LEDGER_VARIABLE, AsJson
from rules_engine.cli.progress import counted
from rules_engine.errors import EventError
from rules_engine.host import Host
from rules_engine.intake import lines_in
from rules_engine.model.events import Event
from rules_engine.model.money import Money
from rules_engine.workbench.comparing.impact import Changed, How, Impact, compare_history
from rules_engine.workbench.comparing.meaning import Change, changes
from rules_engine.workbench.comparing.page import page, stands, summary, why

WIDTH = 80
SHOWN = 40
"""How many rows of each kind are printed; `--json` and `--html` have them all."""

Books = Annotated[
    list[Path],
    typer.Argument(
        metavar="RULES [RULES]",
        exists=True,
        file_okay=False,
        readable=True,
        help="The working copy to compare with what is plugged in; or two, the one before and the one after.",
        show_default=False,
    ),
]
History = Annotated[
    str,
    typer.Option("--ledger", envvar=LEDGER_VARIABLE, metavar="URL", help="Decide a ledger's events again, in order."),
]
EventsFile = Annotated[
    Path | None,
    typer.Option("--events", metavar="FILE", help="Decide a file of events in order, one JSON object a line."),
]
Html = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", dir_okay=False, help="Write one page with a chart.")
]


def compare(
    books: Books, ledger: History = "", events: EventsFile = None, html: Html = None, as_json: AsJson = False
) -> None:
    """Say what an edit changes: in meaning, and for whom when a history is decided again in order.

    Limits, the queue and what is carried over follow from each rule book's own answers. Nothing is recorded, and the
    ledger is read only.
    """
    if len(books) > 2:
        raise CommandWrong("one rule book is compared with what is plugged in, or two with each other")
    if events and ledger:
        ledger = ""  # the file that is named goes before the ledger of the environment
    before, after = (Host.open(each, with_durable=False) for each in ((None, books[0]) if len(books) < 2 else books))
    has_faults = _tell_of_faults(before, after, books)
    meant = changes(before, after)
    impact = None
    if events or ledger:
        given = _from_file(events, before, after) if events else _from_ledger(ledger, before, after)
        impact = compare_history(before, after, given, watched=_watched)
    title = f"Rules compared: {books[0] if len(books) > 1 else 'what is plugged in'} and {books[-1]}"
    if html:
        html.write_text(page(title, meant, impact), encoding="utf-8")
    if as_json:
        print(json.dumps(_as_json(meant, impact)))
    else:
        for line in (*_meaning(meant), *(_told(impact) if impact else ())):
            print(line)
    if has_faults or (impact and impact.unread):
        faulty()


def _tell_of_faults(before: Host, after: Host, books: Sequence[Path]) -> bool:
    for host, which in ((before, "before"), (after, "after")):
        for problem in host.book.problems:
            notice(f"{which}: {problem}")
    tell_of_empty_folders(after, [books[-1]])
    return bool(before.book.own_problems or after.book.own_problems)


def _watched(events: Sequence[Event | EventError]) -> Iterable[Event | EventError]:
    return counted(events, "deciding again", total=len(events))


def _from_file(file: Path, before: Host, after: Host) -> list[Event | EventError]:
    with lines_of(file) as given:
        return [_read(line, before, after) for line in lines_in(given)]


def _from_ledger(url: str, before: Host, after: Host) -> list[Event | EventError]:
    with closing(kept_ledger(url, create=False, only_reading=True)) as kept:
        return [_read(entry.event, before, after) for entry in kept.entries() if entry.part == 0]


def _read(line: str | bytes, before: Host, after: Host) -> Event | EventError:
    """Read a line with the words of both rule books."""
    try:
        return before.read_event(line)
    except EventError:
        try:
            return after.read_event(line)
        except EventError as fault:
            return fault


def _meaning(found: Sequence[Change]) -> Iterator[str]:
    yield "in meaning:" if found else "in meaning: nothing, both rule books say the same"
    for change in found:
        yield from _wrapped(str(change), "  ")


def _told(impact: Impact) -> Iterator[str]:
    yield ""
    yield from _wrapped(summary(impact))
    if impact.dollars:
        yield ""
        yield f"{'principal accepted':<34}{'year':>6}{'before':>13}{'after':>13}{'change':>14}"
        for (programme, year), (before, after) in impact.dollars.items():
            sums = f"{_money(before):>13}{_money(after):>13}{_money(after - before, signed=True):>14}"
            yield f"{programme:<34}{year:>6}{sums}"
    for how in How:
        changed = [each for each in impact.changed if each.how is how]
        if changed:
            yield ""
            yield f"{how}: {len(changed):,}"
            for each in changed[:SHOWN]:
                yield from _row(each)
            if len(changed) > SHOWN:
                yield f"  and {len(changed) - SHOWN:,} more: `--html` or `--json` lists them"
    for event_id, reason in impact.unread[:SHOWN]:
        yield from _wrapped(f"not read: {event_id or 'a line'}: {reason}")


def _row(changed: Changed) -> Iterator[str]:
    before, after = stands(changed.before), stands(changed.after)
    said = f"{before} -> {after}" if before != after else after
    yield from _wrapped(f"{changed.name}, {changed.cusip or changed.programme}: {said}", "  ")
    yield from _wrapped(why(changed), "    ")


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False)


def _money(cents: int, *, signed: bool = False) -> str:
    sign = "-" if cents < 0 else "+" if signed and cents else ""
    return f"{sign}{Money.from_cents(abs(cents))}"


def _as_json(meant: Sequence[Change], impact: Impact | None) -> dict[str, Any]:
    found: dict[str, Any] = {"meaning": [asdict(each) for each in meant]}
    if impact:
        found |= {
            "events": impact.events,
            "decided": impact.decided,
            "changed": [_changed(each) for each in impact.changed],
            "accepted": [
                {"programme": programme, "year": year, "before": _wire(before), "after": _wire(after)}
                for (programme, year), (before, after) in impact.dollars.items()
            ],
            "unread": [{"event_id": event_id, "message": reason} for event_id, reason in impact.unread],
        }
    return found


def _changed(changed: Changed) -> dict[str, Any]:
    found = {**asdict(changed), "how": changed.how.value}
    for side in ("before", "after"):
        for amount in ("accepted", "waiting"):
            found[side][amount] = _wire(found[side][amount])
    return found


def _wire(cents: int) -> str:
    return Money.from_cents(cents).wire
