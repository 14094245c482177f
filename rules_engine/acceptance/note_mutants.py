"""Mutants of pricing supplements: what a note is decided by, one figure or word at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rules_engine.acceptance.mutant_values import other_values
from rules_engine.acceptance.mutants import Change, Mutant, with_node
from rules_engine.model.note_words import CallAmount, CallDay, Convention, DayCount, Frequency
from rules_engine.model.values import Kind
from rules_engine.rulebook.leaves import Leaf
from rules_engine.rulebook.places import Entries, Entry, Items, Node, Text

NOTES = "notes"

_NOTHING_IS_DECIDED_BY = frozenset(
    {
        *("supplement", "dated", "source", "prospectus dated", "trade date", "denominations", "title", "series"),
        *("gross concession", "footnote", "quote", "inferred", "cusip", "kind", "type", "printed", "style"),
    }
)
"""What a supplement says for a reader's sake, or what `check` alone holds; a series counts where a limit has one."""

_WORDS: Mapping[str, Sequence[str]] = {
    "frequency": tuple(Frequency),
    "on": tuple(CallDay),
    "amount": tuple(CallAmount),
    "day count": tuple(DayCount),
    "interest convention": tuple(Convention),
    "maturity convention": tuple(Convention),
    "redemption convention": tuple(Convention),
}

_FIGURES = (Kind.MONEY, Kind.PERCENT, Kind.DATE, Kind.DAYS, Kind.BUSINESS_DAYS, Kind.MONTHS)


def note_mutants_of(leaf: Leaf) -> Iterator[Mutant]:
    """Give every mutant of a supplement; what it gives for all of its notes is changed for all of them."""
    root = leaf.root
    if root is None:
        return
    yield from _of_entries(root, root, "all notes")
    given = root.entries.get(NOTES)
    for row in given.value.items if given and isinstance(given.value, Items) else ():
        if isinstance(row, Entries):
            cusip = row.entries["cusip"].value
            yield from _of_entries(root, row, f"note {cusip.text if isinstance(cusip, Text) else ''}")


def _of_entries(root: Entries, holder: Entries, what: str) -> Iterator[Mutant]:
    for name, entry in holder.entries.items():
        if name in _NOTHING_IS_DECIDED_BY or name == NOTES:
            continue
        there = f"{what}, {name}"
        if isinstance(entry.value, Text):
            yield from _of_text(root, holder, name, entry, entry.value, there)
        else:
            yield from _within(root, entry.value, there)


def _within(root: Entries, node: Node, what: str) -> Iterator[Mutant]:
    if isinstance(node, Entries):
        yield from _of_entries(root, node, what)
    elif isinstance(node, Items):
        for number, item in enumerate(node.items, start=1):
            yield from _within(root, item, f"{what} {number}")


def _of_text(root: Entries, holder: Entries, name: str, entry: Entry, said: Text, what: str) -> Iterator[Mutant]:
    words = _WORDS.get(name, ())
    kinds = (Kind.WORD,) if words else (Kind.YES_NO, *_FIGURES)
    for kind in kinds:
        for other in other_values(said.text, kind, words):
            changed = replace(entry, value=replace(said, text=other))
            yield Mutant(
                file=said.place.file,
                line=said.place.line,
                change=Change.FIGURE if kind in _FIGURES else Change.WORD,
                what=what,
                before=said.text,
                after=other,
                root=with_node(root, holder, replace(holder, entries={**holder.entries, name: changed})),
            )
