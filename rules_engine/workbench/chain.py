"""The chain of a ledger's entries: each at its place, naming the one before it, with the digest of its content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules_engine.ledger.base import Entry
from rules_engine.ledger.chain import digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The first entry of a programme that does not prove: where it stands, what is wrong with it, and why that may be.

    `event_id` is empty where the end of a programme is not where it should be, and `position` is 0 for a text that is
    no programme's.
    """

    programme: str
    position: int
    event_id: str
    what: str
    cause: str = ""

    def __str__(self) -> str:
        cause = f" (since then: {self.cause})" if self.cause else ""
        if not self.position:
            return f"{self.what}{cause}"
        if not self.event_id:
            return f"the last entry of `{self.programme}`: {self.what}{cause}"
        return f"entry {self.position} of `{self.programme}` (event `{self.event_id}`): {self.what}{cause}"


class Differs(Exception):
    """An entry does not prove; `difference` says which one, and why."""

    def __init__(self, difference: Difference) -> None:
        self.difference = difference
        super().__init__(str(difference))


def differs(entry: Entry, what: str, cause: str = "") -> Differs:
    """Say what is wrong with an entry, and what has changed since that may be the cause."""
    return Differs(
        Difference(programme=entry.programme, position=entry.position, event_id=entry.event_id, what=what, cause=cause)
    )


def by_event(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Gather the entries of each event; those of other programmes may stand between them."""
    gathered: dict[str, list[Entry]] = {}
    for entry in entries:
        group = gathered.setdefault(entry.programme, [])
        if group and group[0].event_id != entry.event_id:
            yield group
            group = gathered[entry.programme] = []
        group.append(entry)
    yield from gathered.values()


def prove_chain(entry: Entry, previous: str, position: int, part: int) -> None:
    """Hold an entry to its place: after `previous`, at a position, as a part of its answer; raise Differs."""
    if entry.position != position:
        raise differs(entry, f"entry {position} is missing before it")
    if entry.part != part:
        raise differs(entry, f"part {part} of the answer is missing before it")
    if entry.previous != previous:
        raise differs(entry, "it does not name the entry before it")
    if digest_of(entry) != entry.digest:
        raise differs(entry, "its content does not have its digest")
