"""Whatever is read: nothing is raised but a refusal, no note is invented, and no figure is put where it is not."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rules_engine.supplements import NoNoteFound, ReadSupplement, UnreadableSupplement, read_supplement_text
from rules_engine.supplements.sentences import read_redemption

from .book import notes_of
from .layouts import HEADINGS, LAYOUTS, ROWS, cells

PIECES = (
    *HEADINGS,
    *("CUSIP:", "Maturity:", "Coupon", "1st Coupon", "Interest", "Redemption Information:", "Trade Date:", "Note:"),
    *("Callable at 100% on 12/15/2017", "and monthly thereafter", "Non-Callable", "with 30 days notice", "steps to"),
    *(
        "02006DLF6",
        "02006DLG4",
        "02006DLF5",
        "123456782",
        "100.00%",
        "3.500 %",
        ".625%",
        "$",
        "%",
        "$4.28",
        "$1,000.00",
    ),
    *("12/15/2019", "1/15/2017", "Monday, November 28, 2016", "13/45/2017", "SEMI-", "ANNUAL", "Monthly", "Yes", "NO"),
    *(
        "Fixed",
        "Step",
        "FLOAT",
        "|",
        "\n",
        "\n\n",
        "\t",
        "  ",
        "<td>",
        "</tr>",
        "<br>",
        "(1)",
        "[ ]",
        "\\$",
        "**",
        "...",
    ),
)


def read_or_refused(data: bytes) -> ReadSupplement | None:
    try:
        return read_supplement_text(data)
    except (NoNoteFound, UnreadableSupplement):
        return None


def hold_to_its_text(read: ReadSupplement | None, text: str) -> None:
    if read is None:
        return
    for note in read.notes:
        assert note.cusip in text.upper()
        for reading in note.readings.values():
            assert reading.how == "inferred" or reading.value is None or reading.words
    _, faults = notes_of(read.yaml)
    assert bool(faults) == bool(read.doubts)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_bytes_raise_nothing_but_a_refusal(data: bytes) -> None:
    read_or_refused(data)


@settings(deadline=None)
@given(st.text(max_size=400))
def test_a_text_of_anything_holds_no_note(text: str) -> None:
    assert read_or_refused(text.encode("utf-8", "replace")) is None


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))
def test_a_text_of_a_supplements_pieces_is_held_to(text: str) -> None:
    hold_to_its_text(read_or_refused(text.encode()), text)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
@example("callable at par on")
def test_a_sentence_of_any_pieces_raises_nothing(sentence: str) -> None:
    terms = read_redemption(sentence)
    assert terms.doubts or terms.callable is not None or terms.event_calls


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_a_supplement_with_lines_missing_or_twice_raises_nothing(layout: str, data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(ROWS))
    lines = LAYOUTS[layout]([row]).splitlines(keepends=True)
    kept = data.draw(st.lists(st.sampled_from((0, 1, 1, 1, 1, 1, 2)), min_size=len(lines), max_size=len(lines)))
    text = "".join(line * count for line, count in zip(lines, kept, strict=True))
    hold_to_its_text(read_or_refused(text.encode()), text)


PLACES = {
    "coupon": 6,
    "frequency": 7,
    "maturity": 8,
    "first coupon date": 9,
    "first coupon amount": 10,
    "survivors option": 11,
    "gross concession": 3,
}


@settings(deadline=None, max_examples=300)
@given(
    row=st.sampled_from(ROWS),
    missing=st.sets(st.integers(min_value=1, max_value=12), max_size=6),
    blank=st.booleans(),
)
def test_a_row_with_cells_missing_has_no_figure_in_the_wrong_place(
    row: dict[str, str], missing: set[int], blank: bool
) -> None:
    given_cells = cells(row)
    kept = [cell for place, cell in enumerate(given_cells) if place not in missing]
    printed = ["" if place in missing else cell for place, cell in enumerate(given_cells)] if blank else kept
    text = "\t".join(HEADINGS) + "\n" + "\t".join(printed) + "\nRedemption Information: Non-Callable\n"
    whole = "\t".join(HEADINGS) + "\n" + "\t".join(given_cells) + "\nRedemption Information: Non-Callable\n"
    (note,), (complete,) = read_supplement_text(text.encode()).notes, read_supplement_text(whole.encode()).notes
    for key, place in PLACES.items():
        right = complete.readings[key].value
        found = note.value(key)
        assert found in (right, None)
        if place in missing:
            assert found is None or found == right == given_cells[place]


def test_a_long_filing_is_read_in_a_moment() -> None:
    words = [
        *(piece for piece in PIECES if "<" not in piece),
        "principal",
        "amount",
        "interest",
        "the",
        "notes",
        "will be",
    ]
    chance = random.Random(424)
    prose = " ".join(chance.choice(words[-6:]) for _ in range(60_000))
    row = ROWS[0]
    text = LAYOUTS["headings_for_each"]([row]) + prose
    (note,) = read_supplement_text(text.encode()).notes
    assert note.value("maturity") == date.fromisoformat(row["maturity_date"])
