"""The supplement the product grew from reads to the facts a person took from it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from rules_engine.supplements import ReadSupplement, read_supplement_text

from .book import notes_of

TEXT = Path(__file__).parent / "texts" / "000_7cfa1e8d39dac1c8.txt"
BY_HAND = Path(__file__).parents[2] / "rules" / "ally" / "term-notes-a" / "supplements" / "123.yaml"


@pytest.fixture(scope="module")
def read() -> ReadSupplement:
    return read_supplement_text(TEXT.read_bytes(), file=TEXT.name)


def test_reads_both_notes_as_a_person_did(read: ReadSupplement) -> None:
    notes, faults = notes_of(read.yaml)
    by_hand, _ = notes_of(BY_HAND.read_bytes())
    assert faults == []
    assert notes == by_hand
    assert len(notes) == 2


def test_has_nothing_to_doubt_and_warns_that_it_is_a_preliminary_supplement(read: ReadSupplement) -> None:
    assert read.doubts == ()
    (warning,) = read.warnings
    assert warning.line == 9
    assert "preliminary" in warning.message


def test_reads_what_the_agents_keep(read: ReadSupplement) -> None:
    assert [note.value("gross concession") for note in read.notes] == [Decimal("1.125"), Decimal("1.700")]


def test_reads_each_notes_footnote(read: ReadSupplement) -> None:
    first, second = (str(note.value("footnote")) for note in read.notes)
    assert first.startswith("Investment advisers, either registered under")
    assert first.endswith("offered Notes at a 0.4500 % discount to the public offering price.")
    assert second.endswith("offered Notes at a 0.7500 % discount to the public offering price.")


def test_reads_what_holds_for_both_notes(read: ReadSupplement) -> None:
    head = read.yaml.partition("\nnotes:\n")[0]
    assert [line.partition("  #")[0] for line in head.splitlines()] == [
        "supplement: Pricing Supplement No. 123",
        "dated: 2016-11-21",
        "source: Form 424B2 filed under Rule 424(b)(2), Registration Statement No. 333-206284",
        "prospectus dated: 2015-08-10",
        "trade date: 2016-11-28",
        "issue date: 2016-12-01",
        "denominations:",
        "  minimum: $1,000",
        "  increment: $1,000",
    ]


def test_takes_extraction_noise_for_no_figure(read: ReadSupplement) -> None:
    assert "principal" not in read.yaml
    assert "\\" not in read.yaml


def test_names_the_words_and_line_of_each_field(read: ReadSupplement) -> None:
    coupon = read.notes[1].readings["coupon"]
    assert (coupon.how, coupon.words, coupon.line) == ("read", "4.250 %", 18)
    assert read.notes[1].readings["last regular date"].how == "inferred"
