"""Whether a chain of entries is whole: each at its place, as it was recorded, and holding its predecessor's digest."""

from __future__ import annotations

from dataclasses import dataclass

from rules_engine.ledger.base import BEGINNING, Entry, chained


@dataclass(frozen=True, slots=True)
class Link:
    """The end of a programme's chain: how many entries it has, and the digest of the last."""

    position: int = 0
    digest: str = BEGINNING


BEFORE_THE_FIRST = Link()
"""What the first entry of a programme follows."""


def breach(link: Link, entry: Entry) -> str:
    """Say in a plain sentence why an entry cannot follow a link; an empty text if it can."""
    name = f"entry {entry.position} of `{entry.programme}`"
    if entry.position != link.position + 1:
        return f"{name} stands where entry {link.position + 1} belongs"
    if entry.previous != link.digest:
        return f"{name} does not hold the digest of the entry before it"
    if digest_of(entry) != entry.digest:
        return f"{name} is not what was recorded: its content does not have the digest it was given"
    return ""


def digest_of(entry: Entry) -> str:
    """Work out the digest that follows from an entry's content."""
    return chained(
        programme=entry.programme,
        position=entry.position,
        event_id=entry.event_id,
        part=entry.part,
        request_id=entry.request_id,
        event=entry.event,
        decision=entry.decision,
        previous=entry.previous,
    ).digest
