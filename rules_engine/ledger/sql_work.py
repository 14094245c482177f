"""What a ledger in a database looked up for an answer and has recorded since, until both are settled together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from rules_engine.ledger.base import Answer, Entry, LookedUp, Wanted
from rules_engine.ledger.chain import Link
from rules_engine.ledger.packing import FIELDS, Base, Packing
from rules_engine.ledger.sql_database import Hold, Rows
from rules_engine.ledger.sql_following import Followed
from rules_engine.ledger.sql_statements import (
    ADD_BASE,
    ADD_ENTRY,
    ADD_TEXT,
    MOVE_HEAD,
    OF_EVENTS,
    PROGRAMMES_OF,
    REFUSE_IF_MOVED,
    Step,
    names,
)
from rules_engine.model.events import Event
from rules_engine.standing.kinds import advance


@dataclass(slots=True)
class Work:
    """What was looked up since a moment, at which `seen` was the number of the last entry, and what was recorded.

    `hold` is what is held by a transaction that is begun. `requests` gives the programmes of the requests recorded;
    `programmes_of` of those kept before. `packed` is how entries will lie, `bases` what they are the first to be packed
    against, by what it is taken for. `moved` takes standings back if nothing comes of it.
    """

    moved: ExitStack
    packing: Packing
    seen: int | None = None
    hold: Hold | None = None
    at: LookedUp = field(default_factory=LookedUp)
    of_event: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    programmes_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    recorded: list[Entry] = field(default_factory=list)
    requests: dict[str, dict[str, None]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    packed: list[dict[str, Any]] = field(default_factory=list)
    bases: dict[str, Base] = field(default_factory=dict)
    moving: set[str] = field(default_factory=set)

    def looking_up(self, wanted: Wanted) -> list[Step]:
        """Ask for what is wanted and not known yet."""
        wanted = wanted.besides(self.of_event, self.programmes_of)
        steps = [Step(OF_EVENTS, [{"events": names(wanted.events)}])] if wanted.events else []
        return steps + ([Step(PROGRAMMES_OF, [{"requests": names(wanted.requests)}])] if wanted.requests else [])

    def look_up(self, wanted: Wanted, answers: Sequence[Rows]) -> None:
        """Take what was asked for by `looking_up`."""
        wanted = wanted.besides(self.of_event, self.programmes_of)
        given = iter(answers)
        for event_id in wanted.events:
            self.of_event[event_id] = ()
        for row in next(given) if wanted.events else ():
            entry = self.packing.entry(row)
            self.of_event[entry.event_id] = (*self.of_event[entry.event_id], entry)
        for request_id in wanted.requests:
            self.programmes_of[request_id] = ()
        for request_id, programme in next(given) if wanted.requests else ():
            self.programmes_of[request_id] = (*self.programmes_of[request_id], programme)

    def record(
        self,
        followed: Followed,
        entries: Sequence[Entry],
        answers: Sequence[Answer],
        texts: Mapping[str, str],
        event: Callable[[str], Event | None],
    ) -> None:
        """Take answers that are to be kept with all that is recorded here, and move their programme past them."""
        programme = entries[0].programme
        if programme not in self.moving:
            self.moved.enter_context(followed.all_or_none())
            self.moving.add(programme)
        self.texts.update(texts)
        self.recorded.extend(entries)
        self.of_event[entries[0].event_id] = tuple(entries)
        for entry, answer in zip(entries, answers, strict=True):
            if entry.request_id:
                self.requests.setdefault(entry.request_id, {})[programme] = None
            self._pack(entry, answer)
            advance(followed.standing, answer.event, answer.decision, event, part=entry.part)
        followed.end = Link(entries[-1].position, entries[-1].digest)

    def keeping(self, dialect: str, texts_kept: set[str]) -> list[Step]:
        """Ask for everything to be kept, unless others have recorded anything about what was looked at."""
        looked_at = {
            "seq": self.seen,
            "events": names(self.at.events),
            "requests": names(self.at.requests),
            "programmes": names(self.at.programmes),
        }
        heads = {entry.programme: entry for entry in self.recorded}
        steps = [
            Step(REFUSE_IF_MOVED[dialect], [looked_at], refuses=True),
            Step(ADD_ENTRY, self.packed),
            Step(MOVE_HEAD, [_row_of(entry) for entry in heads.values()]),
        ]
        new = [{"digest": name, "text": text} for name, text in self.texts.items() if name not in texts_kept]
        steps += [Step(ADD_TEXT, new)] if new else []
        bases = [{"number": each.number, "about": each.about, "text": each.text} for each in self.bases.values()]
        return [*steps, Step(ADD_BASE, bases)] if bases else steps

    def _pack(self, entry: Entry, answer: Answer) -> None:
        """Lay an entry out as it will be kept; the first of its kind is kept as the text for others."""
        base = self.packing.base_for(entry, answer)
        base = self.bases.get(base.about, base)
        if not self.packing.is_kept(base):
            self.bases[base.about] = base
        self.packed.append({**_row_of(entry), **self.packing.row(entry, base)})


def _row_of(entry: Entry) -> dict[str, str | int]:
    return {name: getattr(entry, name) for name in FIELDS}
