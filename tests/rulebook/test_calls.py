"""The redemptions that supplements print: prices by date, make-whole, parts, notices and events; and back to text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from rules_engine.model.note_words import CountedIn
from rules_engine.model.notes import EventCall, MakeWhole, Note, Notice, PriceStep
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.note_rows import read_note
from rules_engine.rulebook.vocabulary import Vocabulary

from .books import EDITION, PROGRAMME, REDEMPTION, SUPPLEMENT, write_book

CALL = """\
    redemption:
      printed: Callable as stated.
      style: American
      first date: 2017-12-15
      on: any day
      price: 102 %
"""


@pytest.fixture
def note(request: pytest.FixtureRequest, tmp_path: Path, vocabulary: Vocabulary) -> Note:
    """Read the supplement's note with the rows a test gives for its redemption."""
    files = {f"{EDITION}/redemption.yaml": REDEMPTION, f"{PROGRAMME}/supplements/1.yaml": SUPPLEMENT + request.param}
    book = Book.open(write_book(tmp_path, files), vocabulary)
    assert [str(problem) for problem in book.problems] == []
    return book.notes["02006DLF6"]


def printed(rows: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("note", [rows], indirect=True, ids=[""])


@printed(
    CALL + "      prices:\n        - {from: 2018-06-15, price: 101.5 %}\n        - {from: 2019-06-15, price: 100 %}\n"
)
def test_a_listed_price_stands_from_its_day_on(note: Note) -> None:
    assert note.call is not None
    prices = [
        (date(2018, 6, 14), Decimal(102)),
        (date(2018, 6, 15), Decimal("101.5")),
        (date(2019, 6, 14), Decimal("101.5")),
        (date(2019, 6, 15), Decimal(100)),
    ]
    assert [(day, note.call.price_on(day)) for day, _ in prices] == prices


@printed(CALL + "      falls: {by: 1 %, every: year, to: 100.5 %}\n")
def test_a_price_falls_on_each_anniversary_and_not_below_the_last_one(note: Note) -> None:
    assert note.call is not None
    assert note.call.prices == (PriceStep(from_on=date(2018, 12, 15), price=Decimal(101)),)  # 2019-12-15 is maturity


@printed(CALL + "      falls: {by: 1.75 %, every: year, to: 100.5 %}\n")
def test_the_last_step_down_is_no_deeper_than_it_says(note: Note) -> None:
    assert note.call is not None
    assert note.call.prices == (PriceStep(from_on=date(2018, 12, 15), price=Decimal("100.5")),)


@printed(CALL + "      make whole: {spread: 0.25 %, until: 2019-06-15}\n")
def test_a_make_whole_has_a_spread_and_may_end(note: Note) -> None:
    assert note.call is not None
    assert note.call.make_whole == MakeWhole(spread=Decimal("0.25"), until=date(2019, 6, 15))


@printed(CALL + "      make whole: {spread: 0.5 %}\n")
def test_a_make_whole_may_last_to_maturity(note: Note) -> None:
    assert note.call is not None
    assert note.call.make_whole == MakeWhole(spread=Decimal("0.5"))


@printed(CALL)
def test_a_notice_that_is_not_printed_is_left_to_the_prospectus(note: Note) -> None:
    assert note.call is not None
    assert note.call.notice is None


@printed(
    CALL
    + """\
      amount: whole or part
      part chosen: pro rata
      notice: {minimum: 10 business days, maximum: 60 business days}
    event calls:
      - {kind: regulatory event, price: 100 %, within: 90 days, notice: {minimum: 30 days, maximum: 60 days}}
      - {kind: tax event, price: 101 %}
"""
)
def test_a_call_in_part_and_calls_for_events_are_read(note: Note) -> None:
    assert note.call is not None
    assert (note.call.amount, note.call.part_chosen) == ("whole or part", "pro rata")
    assert note.call.notice == Notice(minimum_days=10, maximum_days=60, counted=CountedIn.BUSINESS_DAYS)
    assert note.event_calls == (
        EventCall(
            kind="regulatory event",
            price=Decimal(100),
            within_days=90,
            notice=Notice(minimum_days=30, maximum_days=60),
        ),
        EventCall(kind="tax event", price=Decimal(101)),
    )


EVERYTHING = (
    CALL
    + """\
      falls: {by: 0.5 %, every: year, to: 100 %}
      make whole: {spread: 0.2 %, until: 2018-06-15}
      amount: whole or part
      part chosen: by lot
    event calls:
      - {kind: tax event, price: 100 %, within: 1 day, notice: {minimum: 1 business day}}
"""
)


@printed(EVERYTHING)
def test_what_is_written_of_a_note_reads_back_as_the_note(note: Note) -> None:
    again = read_note(note.text)
    assert again == note
    assert (again.text, again.digest) == (note.text, note.digest)
