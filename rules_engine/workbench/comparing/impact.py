"""A history decided again in order by two rule books: what is answered otherwise, for whom, and why.

Both rule books answer every event on a ledger of their own, so that limits, the queue and what is carried over follow
from each book's own answers. Where the two differ, the new rules are asked once more on the old book's standing: if
they answer there as the old ones did, the event is answered otherwise only because of what others were answered before
it, and it stands behind them in the queue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rules_engine.errors import EventError
from rules_engine.host import Host
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.events import Event
from rules_engine.workbench.comparing.answers import NOT_ANSWERED, Relevance, Stands, Told, told
from rules_engine.workbench.comparing.beside import Answers, Ends, answered_beside, ends_of
from rules_engine.workbench.comparing.causes import Causes


class How(StrEnum):
    """How an answer comes to be another one, the weightiest first."""

    DIRECTLY = "directly"
    BEHIND = "behind others"
    REASON = "in reason only"


@dataclass(slots=True, kw_only=True)
class Changed:
    """A request (or, where it has none, a notice or an event) that is answered otherwise, and since which event."""

    name: str
    programme: str
    cusip: str
    event_id: str
    received_on: str
    how: How
    before: Stands
    after: Stands
    cause: str = ""


@dataclass(slots=True, kw_only=True)
class Impact:
    """What came of deciding a history again.

    `events` were read, `decided` of them by both books; the others belong to programmes of which both say the same.
    `dollars` are what is accepted by programme and year, before and after, in cents. `unread` are events that cannot be
    read (by the new book, where they have an id), with why.
    """

    events: int = 0
    decided: int = 0
    changed: list[Changed] = field(default_factory=list)
    dollars: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)
    unread: list[tuple[str, str]] = field(default_factory=list)

    def count(self, how: How) -> int:
        """Count what is changed in one way."""
        return sum(each.how is how for each in self.changed)


def compare_history(
    before: Host,
    after: Host,
    events: Sequence[Event | EventError],
    *,
    watched: Callable[[Sequence[Event | EventError]], Iterable[Event | EventError]] = lambda events: events,
) -> Impact:
    """Decide events in order by two rule books, and tell what is answered otherwise.

    Programmes of which both books say the same are not decided: nothing can change in them. `watched` may show how far
    the run has come.
    """
    old, new = before.beside(MemoryLedger()), after.beside(MemoryLedger())
    differing = differing_programmes(old, new)
    programmes = [programme for programme, is_other in differing.items() if is_other]
    with answered_beside(new, events, _relevance(old, new, differing), programmes) as (answers, ends):
        run = _Run(old, new.beside(old.ledger), answers)
        relevance = _relevance(old, new, differing)
        for event in watched(events):
            run.impact.events += 1
            if isinstance(event, EventError):
                run.impact.unread.append(("", str(event)))
            elif relevance.takes(event):
                run.take(event)
        run.finish(ends_of(old, programmes), next(ends))
    return run.impact


def differing_programmes(old: Host, new: Host) -> dict[str, bool]:
    """Say of every programme of two books whether they can answer it otherwise."""
    found = {}
    for programme in sorted({*old.book.programmes, *new.book.programmes}):
        said = [(host.book.digest_of(programme), host.plugins.programme_declared(programme)) for host in (old, new)]
        faults = [host.book.faulty_programmes.get(programme, ()) for host in (old, new)]
        found[programme] = said[0] != said[1] or faults[0] != faults[1]
    return found


def _relevance(old: Host, new: Host, differing: Mapping[str, bool]) -> Relevance:
    notes: dict[str, bool] = {}
    if any(differing.values()):
        for host in (old, new):
            for cusip, note in host.book.notes.items():
                notes[cusip] = notes.get(cusip, False) or differing.get(note.programme, True)
            for cusip in host.book.faulty_notes:
                notes[cusip] = True
    else:
        notes = dict.fromkeys([*old.book.notes, *new.book.notes], False)
    return Relevance(notes, differing)


class _Run:
    """The old book's answers beside the new one's, and the new rules asked on the old standing where they differ."""

    def __init__(self, old: Host, crossed: Host, answers: Iterable[Answers]) -> None:
        self._old, self._crossed = old, crossed
        self._answers = iter(answers)
        self._rows: dict[tuple[str, str], Changed] = {}
        self._causes = Causes()
        self.impact = Impact()

    def take(self, event: Event) -> None:
        """Decide one event by the old book, and hold the new one's answers against it."""
        self.impact.decided += 1
        new = next(self._answers)
        if self._old.recorded(event):
            return  # the same event again changes nothing
        programme = self._old.programme_of(event)
        standing = self._old.ledger.standing(programme)
        first = self._old.decide(event, standing)
        if isinstance(new, str):
            self.impact.unread.append((event.event_id, new))
        else:
            old = told(answer.decision for answer in first)
            names = [name for name in dict.fromkeys([*old, *new]) if _differ(old.get(name), new.get(name))]
            if names:
                crossed = told(answer.decision for answer in self._crossed.decide(event, standing))
                for name in names:
                    self._note(event, old.get(name), new.get(name), crossed.get(name))
        self._old.record(first)

    def _note(self, event: Event, was: Told | None, now: Told | None, crossed: Told | None) -> None:
        given = now or was
        assert given is not None
        how = How.REASON
        if _moves(was) != _moves(now):
            how = How.BEHIND if _moves(crossed) == _moves(was) else How.DIRECTLY
        cause = self._causes.of(was, now) if how is How.BEHIND else ""
        if how is not How.REASON:
            self._causes.note(was, now)
        row = self._rows.get((given.programme, given.name))
        if row is None:
            self._rows[given.programme, given.name] = Changed(
                name=given.name,
                programme=given.programme,
                cusip=given.cusip,
                event_id=event.event_id,
                received_on=event.received_on.isoformat(),
                how=how,
                before=was.stands if was else NOT_ANSWERED,
                after=now.stands if now else NOT_ANSWERED,
                cause=cause,
            )
            return
        if list(How).index(how) < list(How).index(row.how):
            row.how, row.event_id, row.cause = how, event.event_id, cause
        row.before, row.after = was.stands if was else row.before, now.stands if now else row.after

    def finish(self, old: Ends, new: Ends) -> None:
        """Put requests as they stand in the end, and what is accepted by year."""
        for key, row in self._rows.items():
            row.before, row.after = _in_the_end(row.before, old, key), _in_the_end(row.after, new, key)
        for year in sorted({*old.dollars, *new.dollars}):
            self.impact.dollars[year] = (old.dollars.get(year, 0), new.dollars.get(year, 0))
        self.impact.changed = sorted(self._rows.values(), key=lambda row: (row.received_on, row.event_id, row.name))


def _in_the_end(stands: Stands, ends: Ends, key: tuple[str, str]) -> Stands:
    found = ends.requests.get(key)
    return replace(found, pays_on=stands.pays_on, by=stands.by) if found else stands


def _moves(answer: Told | None) -> tuple[object, ...]:
    return answer.moves if answer else ()


def _differ(one: Told | None, other: Told | None) -> bool:
    return one is None or other is None or (one.moves, one.reasons) != (other.moves, other.reasons)
