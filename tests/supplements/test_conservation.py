"""However a sheet is laid out, and whatever is lost of it: nothing is stated wrongly without a doubt."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules_engine.model.money import Money
from rules_engine.supplements import NoNoteFound, read_supplement_text

from .printing import LAYOUTS, Facts, broken, facts, grids

EXAMPLES = int(os.environ.get("BROKEN_SHEETS", "360"))
"""How many sheets are broken; `make read BROKEN_SHEETS=50000` tries many."""

STATED = (
    *("issue price", "gross concession", "type", "coupon", "frequency", "maturity", "first coupon date"),
    *("first coupon amount", "survivors option"),
)


def wrongly_stated(text: str, printed: Facts) -> list[str]:
    """Say what of a sheet was read as something else without a doubt, and what notes were lost."""
    try:
        read = read_supplement_text(text.encode())
    except NoNoteFound as fault:
        named = " ".join(remark.message for remark in fault.remarks)
        return [f"{note['cusip']} is lost" for note in printed.notes if note["cusip"] not in named]
    wrong = []
    notes = {note.cusip: note for note in read.notes}
    doubted = " ".join(doubt.message for doubt in read.doubts)
    for told in printed.notes:
        note = notes.pop(told["cusip"], None)
        if note is None:
            wrong += [] if told["cusip"] in doubted else [f"{told['cusip']} is lost"]
            continue
        for key in STATED:
            value = note.value(key)
            if value is not None and value != as_read(key, told.get(key)):
                wrong.append(f"{told['cusip']}: {key} is read as {value}, and is {told.get(key)}")
    wrong += [f"{cusip} is no note" for cusip in notes]
    for key, day in (("trade date", printed.trade), ("issue date", printed.issue)):
        reading = read.readings[key]
        if reading.value not in (None, day) and not reading.doubts:
            wrong.append(f"{key} is read as {reading.value}, and is {day}")
    return wrong


def as_read(key: str, value: Any) -> Any:
    return Money.parse(str(value)) if key == "first coupon amount" and value is not None else value


@pytest.mark.parametrize("boxed", [False, True], ids=["plain", "boxes"])
@pytest.mark.parametrize("layout", LAYOUTS)
@settings(deadline=None, max_examples=max(1, EXAMPLES // (2 * len(LAYOUTS))), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_value_is_stated_wrongly(layout: str, boxed: bool, data: st.DataObject) -> None:
    printed = data.draw(facts())
    grid = data.draw(grids(printed, boxed=boxed))
    grid, told = data.draw(broken(grid, printed))
    assert wrongly_stated(LAYOUTS[layout](grid), told) == []


@pytest.mark.parametrize("boxed", [False, True], ids=["plain", "boxes"])
@pytest.mark.parametrize("layout", LAYOUTS)
@settings(deadline=None, max_examples=max(1, EXAMPLES // 72), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_whole_sheet_is_read(layout: str, boxed: bool, data: st.DataObject) -> None:
    printed = data.draw(facts())
    read = read_supplement_text(LAYOUTS[layout](data.draw(grids(printed, boxed=boxed))).encode())
    assert [note.cusip for note in read.notes] == [note["cusip"] for note in printed.notes]
    for note, told in zip(read.notes, printed.notes, strict=True):
        wanted = {key for key in STATED if key in ("coupon", "maturity", "frequency", "survivors option")}
        assert {key: note.value(key) for key in wanted} == {key: told[key] for key in wanted}
