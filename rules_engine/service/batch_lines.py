"""A batch: lines of events in, a line of answer out for each, as they come."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

from rules_engine.errors import EventError, RulesEngineError
from rules_engine.intake.lines import LONGEST_LINE
from rules_engine.model.events import Event
from rules_engine.model.wire import decision_to_json
from rules_engine.service.callers import Caller, Role
from rules_engine.service.calls import apart
from rules_engine.service.problems import problem, problem_of
from rules_engine.service.running import Running

TOGETHER = 64
"""How many lines are recorded together, where so many have come."""

_A_PERSONS = ("person_decided", "issuer_waived", "event_voided")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it came: its number from 1, and its bytes; None where it was longer than any event."""

    number: int
    text: bytes | None


async def answered_lines(body: AsyncIterator[bytes], at: Running, who: Caller) -> AsyncIterator[bytes]:
    """Answer each line of a body; lines that came together are recorded together."""
    with at.streams.one():
        async for lines in lines_together(body):
            for begin in range(0, len(lines), TOGETHER):
                answers = await apart(_answered, at, who, lines[begin : begin + TOGETHER])
                yield b"".join(json.dumps(each, separators=(",", ":")).encode() + b"\n" for each in answers)


async def lines_together(body: AsyncIterator[bytes]) -> AsyncIterator[list[Line]]:
    """Gather the lines that each piece of a body completes; never more in hand than one line may have."""
    number, rest, too_long = 0, b"", False
    async for piece in body:
        *whole, rest_of = (rest + piece).split(b"\n")
        lines: list[Line] = []
        for text in whole:
            number += 1
            lines.append(Line(number, None if too_long or len(text) > LONGEST_LINE + 1 else text))
            too_long = False
        rest = rest_of
        if len(rest) > LONGEST_LINE + 1:
            rest, too_long = b"", True
        if lines:
            yield lines
    if rest.strip() or too_long:
        yield [Line(number + 1, None if too_long else rest)]


def _answered(at: Running, who: Caller, lines: list[Line]) -> list[dict[str, Any]]:
    """Answer some lines; where the ledger cannot be used just now each of them says so."""
    read = [_read(line, at, who) for line in lines]
    events = [each for each in read if isinstance(each, Event | EventError)]
    try:
        answered = iter(list(at.host.answer_all(events)))
    except RulesEngineError as fault:
        told = problem_of(fault)
        return [
            _refused(line.number, told if isinstance(each, Event) else _problem(each))
            for line, each in zip(lines, read, strict=True)
        ]
    return list(_told(lines, read, answered, at))


def _told(lines: list[Line], read: list[Any], answered: Iterator[Any], at: Running) -> Iterator[dict[str, Any]]:
    for line, each in zip(lines, read, strict=True):
        found = next(answered) if isinstance(each, Event | EventError) else each
        if isinstance(found, EventError | dict):
            yield _refused(line.number, _problem(found))
            continue
        at.figures.answered(found)
        first, *again = map(decision_to_json, found)
        yield {
            "line": line.number,
            "status": 201 if found.is_new else 200,
            "event_id": first["event_id"],
            "decision": first,
            "again": again,
        }


def _read(line: Line, at: Running, who: Caller) -> Event | EventError | dict[str, Any]:
    """Read a line as an event, or say what is wrong with it."""
    if line.text is None:
        return problem(413, f"the line is longer than {LONGEST_LINE:,} bytes")
    try:
        event = at.host.read_event(line.text)
    except EventError as fault:
        return fault
    if event.type in _A_PERSONS and Role.CLERK not in who.roles:
        return problem(403, f"`{event.type}` takes the role {Role.CLERK}")
    return event


def _problem(wrong: EventError | dict[str, Any]) -> dict[str, Any]:
    return problem_of(wrong) if isinstance(wrong, EventError) else wrong


def _refused(number: int, told: dict[str, Any]) -> dict[str, Any]:
    return {"line": number, "status": told["status"], "problem": told}
