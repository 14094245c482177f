"""What some supplements give, and the rows of those whose notes an index keeps: read again when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules_engine.errors import Problem, RuleBookError
from rules_engine.model.notes import Note
from rules_engine.rulebook.leaves import Leaf, as_read, read_data
from rules_engine.rulebook.listing import start_of
from rules_engine.rulebook.note_index import digest_of
from rules_engine.rulebook.places import Faults
from rules_engine.rulebook.supplements import Row, read_supplement

Faulty = dict[str, tuple[Problem, ...]]
"""The reasons why notes cannot be used, by CUSIP."""


@dataclass(frozen=True, slots=True)
class Found:
    """What some supplements give: notes, reasons why others cannot be used, rows, and the files that give a CUSIP."""

    notes: dict[str, Note]
    faulty: Faulty
    rows: dict[str, Row]
    given_in: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class KeptRows:
    """A supplement whose notes are kept: what it was when it was read, and the CUSIPs it gives."""

    leaf: Leaf
    digest: str
    cusips: frozenset[str]


class Rows(Mapping[str, Row]):
    """Rows by CUSIP: those read with the book, and those that are read again, a supplement at a time."""

    def __init__(self, read: Mapping[str, Row], kept: tuple[KeptRows, ...] = ()) -> None:
        self._read = read
        self._kept = {cusip: each for each in kept for cusip in each.cusips}
        self._at_hand: dict[str, Row] = {}

    def __getitem__(self, cusip: str) -> Row:
        """Give a row; raise RuleBookError where its supplement is another by now than the book was opened with."""
        found = self._read.get(cusip) or self._at_hand.get(cusip)
        if found is not None:
            return found
        self._at_hand = _rows_of(self._kept[cusip])
        return self._at_hand[cusip]

    def __contains__(self, cusip: object) -> bool:
        return cusip in self._read or cusip in self._kept

    def __iter__(self) -> Iterator[str]:
        yield from self._read
        yield from self._kept

    def __len__(self) -> int:
        return len(self._read) + len(self._kept)


def _rows_of(kept: KeptRows) -> dict[str, Row]:
    """Read a supplement's rows again; what there is to warn of is among its file's warnings already."""
    data = read_data(kept.leaf)
    if data is None or digest_of(data) != kept.digest:
        place = start_of(kept.leaf.file)
        message = "the file is another than when the book was opened"
        raise RuleBookError([Problem(file=place.file, line=1, column=1, message=message, help="open the book again")])
    top = as_read(kept.leaf, data).root
    assert top is not None, "a supplement without a fault holds a mapping"
    return {row.cusip: row for row in read_supplement(top, kept.leaf.programme, Faults())}
