"""Entries come out of their packing as they went in, whatever they are packed against."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules_engine.ledger.base import Answer, UnreadableEntry, entry_after
from rules_engine.ledger.packing import FIELDS, Base, Packing
from tests.ledger.events import read, request
from tests.ledger.laid_plainly import unpacked
from tests.shipped import shipped

(EVENT,) = read(request(1))
ANSWER = Answer(event=EVENT, decision=shipped().preview(EVENT)[0])
ENTRY = entry_after("ally/term-notes-a", 1, "sha256:0", 0, ANSWER)


def laid(packing: Packing, base: Base) -> list[object]:
    row = {**{name: getattr(ENTRY, name) for name in FIELDS}, **packing.row(ENTRY, base)}
    return [row[name] for name in (*FIELDS, "packed", "against")]


@pytest.mark.parametrize("length", [0, 10, 2**15 - 263, 2**15 - 262, 2**15, 2**15 + 1, 200_000])
def test_what_is_packed_against_a_text_of_any_length_comes_out_of_any_zlib(length: int) -> None:
    text = (f"{ENTRY.event}\n{ENTRY.decision} " * (length // 5_000 + 1))[-length:] if length else ""
    base = Base.of("something", text)
    row = laid(Packing(lambda _: base, lambda _: base), base)
    assert Packing(lambda _: base, lambda _: base).entry(row) == ENTRY
    packed = row[-2]
    assert isinstance(packed, bytes)
    assert unpacked(packed, text) == (ENTRY.event, ENTRY.decision)


def test_the_first_of_its_kind_is_what_the_others_are_packed_against() -> None:
    packing = Packing(lambda _: None, lambda _: None)
    first = packing.base_for(ENTRY, ANSWER)
    assert first.text == f"{ENTRY.event}\n{ENTRY.decision}"
    packing.kept({first.about: first})
    assert packing.base_for(ENTRY, ANSWER) is first
    other = replace(ANSWER, decision=replace(ANSWER.decision, rules_digest="sha256:of other rules"))
    assert packing.base_for(ENTRY, other).about != first.about
    packed = laid(packing, first)[-2]
    assert isinstance(packed, bytes)
    assert len(packed) < 100


def test_another_text_under_the_same_number_gives_no_entry() -> None:
    base = Base.of("something", "a text")
    row = laid(Packing(lambda _: base, lambda _: base), base)
    for other in (Base(base.number, "something", "another"), None):
        with pytest.raises(UnreadableEntry, match="entry 1 of `ally/term-notes-a`"):
            Packing(lambda _, found=other: found, lambda _: None).entry(row)  # type: ignore[misc]
