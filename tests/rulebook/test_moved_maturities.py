"""A maturity that is printed moved is told of at its place, and keeps nothing out of use."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules_engine.errors import Problem
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.vocabulary import Vocabulary

from .books import EDITION, PROGRAMME, SUPPLEMENT, write_book

USNY = """\
calendar: USNY
library calendar: USNY
years covered: 2000 to 2024
source: Federal Reserve Banks' holiday schedule
"""
SUNDAY = "2024-12-15 moved to a business day"


def payment_days(**words: str) -> str:
    terms = {
        "calendar": "USNY",
        "interest convention": "following",
        "maturity convention": "following",
        "redemption convention": "following",
        "accrual": "unadjusted",
        "day count": "30/360",
    } | {name.replace("_", " "): word for name, word in words.items()}
    written = "".join(f"  {name}:\n    value: {word}\n    cite: Payment\n" for name, word in terms.items())
    return f"""\
rule set: Payment days, Acme Notes
status: draft
clause: payment days
source: Prospectus dated August 10, 2015
notes issued from: 2015-08-10
terms:
{written}"""


def warnings(root: Path, vocabulary: Vocabulary, *, maturity: str, last: str, **words: str) -> tuple[Problem, ...]:
    """Give what a book warns of that holds one monthly note with interest on the 15th."""
    supplement = SUPPLEMENT.replace("maturity: 2019-12-15", f"maturity: {maturity}")
    files = {
        "calendars/usny.yaml": USNY,
        f"{EDITION}/payment-days.yaml": payment_days(**words),
        f"{PROGRAMME}/supplements/1.yaml": supplement.replace("date: 2019-12-15", f"date: {last}"),
    }
    book = Book.open(write_book(root, files), vocabulary)
    assert [str(problem) for problem in book.problems] == []
    assert book.note("02006DLF6") is not None
    return book.warnings


def test_warns_at_the_maturity_s_place_with_the_day_interest_stops_on(tmp_path: Path, vocabulary: Vocabulary) -> None:
    (warning,) = warnings(tmp_path, vocabulary, maturity="2024-12-16", last="2024-12-15")
    assert str(warning) == (
        f"acme/notes-a/supplements/1.yaml:12:15: the maturity printed is {SUNDAY}: interest stops on 2024-12-15\n"
        "    help: no interest period follows 2024-12-15; check with the print if one should"
    )


@pytest.mark.parametrize(
    ("words", "ending"),
    [
        ({"accrual": "adjusted"}, "interest runs to 2024-12-16"),
        ({"accrual": "adjusted", "accrual_at_maturity": "unadjusted"}, "interest stops on 2024-12-15"),
        ({"accrual_at_maturity": "adjusted"}, "interest runs to 2024-12-16"),
        ({"floating_accrual": "adjusted"}, "interest stops on 2024-12-15"),  # the note never floats
    ],
)
def test_says_up_to_which_day_interest_accrues(
    tmp_path: Path, vocabulary: Vocabulary, words: dict[str, str], ending: str
) -> None:
    (warning,) = warnings(tmp_path, vocabulary, maturity="2024-12-16", last="2024-12-15", **words)
    assert warning.message == f"the maturity printed is {SUNDAY}: {ending}"


def test_warns_as_well_where_the_last_regular_date_given_is_one_earlier(tmp_path: Path, vocabulary: Vocabulary) -> None:
    (warning,) = warnings(tmp_path, vocabulary, maturity="2024-12-16", last="2024-11-15")
    assert warning.message == f"the maturity printed is {SUNDAY}: interest stops on 2024-12-15"
    (warning,) = warnings(
        tmp_path, vocabulary, maturity="2024-12-13", last="2024-11-15", maturity_convention="preceding"
    )
    assert warning.message == f"the maturity printed is {SUNDAY}: interest stops on 2024-12-15"


@pytest.mark.parametrize(
    ("maturity", "last", "words"),
    [
        ("2024-12-15", "2024-12-15", {}),  # printed as scheduled
        ("2024-12-17", "2024-12-15", {}),  # Monday was open
        ("2024-11-16", "2024-11-15", {}),  # Saturday, after an open Friday
        ("2024-12-16", "2024-12-15", {"maturity_convention": "preceding"}),
        ("2024-12-16", "2024-12-15", {"maturity_convention": "none"}),
        ("2024-12-13", "2024-11-15", {}),
        ("2030-12-16", "2030-12-15", {}),  # a Sunday, of a year the calendar does not cover
    ],
)
def test_warns_of_no_other_maturity(
    tmp_path: Path, vocabulary: Vocabulary, maturity: str, last: str, words: dict[str, str]
) -> None:
    assert warnings(tmp_path, vocabulary, maturity=maturity, last=last, **words) == ()


def test_a_move_into_a_year_the_calendar_does_not_cover_is_left_to_the_schedule(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    # Sunday 31 December 2023 would move to 2 January 2024, of which a calendar to 2023 knows nothing
    supplement = SUPPLEMENT.replace("2019-12-15", "2023-12-31").replace("maturity: 2023-12-31", "maturity: 2024-01-02")
    files = {
        "calendars/usny.yaml": USNY.replace("2024", "2023"),
        f"{EDITION}/payment-days.yaml": payment_days(),
        f"{PROGRAMME}/supplements/1.yaml": supplement.replace("2017-01-15", "2017-01-31"),
    }
    book = Book.open(write_book(tmp_path, files), vocabulary)
    assert (book.problems, book.warnings) == ((), ())
