"""A word of a note's terms that is misspelt in code, or is a bare text, does not pass `mypy --strict`."""

from __future__ import annotations

from pathlib import Path

import pytest
from mypy import api

HEADING = """\
from datetime import date
from decimal import Decimal

from rules_engine.dates.calendars import Calendar
from rules_engine.dates.conventions import adjust
from rules_engine.dates.day_counts import days
from rules_engine.dates.schedules import DayTerms
from rules_engine.deciding.schedule import Schedule
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.note_words import Accrual, CallDay, CallStyle, Convention, CountedIn, DayCount, Frequency
from rules_engine.model.notes import Call, Notice
from rules_engine.rulebook.note_days import PaymentDayTerms


def tried(day: date, calendar: Calendar, schedule: Schedule, terms: PaymentDayTerms) -> None:
"""
RIGHT = (
    "adjust(day, Convention.FOLLOWING, calendar)",
    "days(DayCount.THIRTY_360, day, day)",
    "Frequency.QUARTERLY.months",
    "DayTerms(day_count=DayCount.ACTUAL_360, convention=Convention.NONE, accrual=Accrual.ADJUSTED)",
    "Notice(minimum_days=30, counted=CountedIn.BUSINESS_DAYS)",
    "Call(style=CallStyle.EUROPEAN, first_on=day, on=CallDay.ONCE, price=Decimal(100))",
    "schedule.pay_on(day, PaymentKind.INTEREST)",
    "terms.floating.convention",
)
WRONG = (
    "adjust(day, Convention.FOLOWING, calendar)",
    'adjust(day, "following", calendar)',
    'days("30/360", day, day)',
    "Frequency.QUARTERLEY.months",
    'DayTerms(day_count=DayCount.ACTUAL_360, convention=Convention.NONE, accrual="adjusted")',
    'Notice(minimum_days=30, counted="business days")',
    'Call(style="European", first_on=day, on=CallDay.ONCE, price=Decimal(100))',
    'Call(style=CallStyle.EUROPEAN, first_on=day, on="once", price=Decimal(100))',
    'schedule.pay_on(day, "intrest")',
    "terms.floating.convension",
    'terms["interest convention"]',
)


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Check all statements at once, and give those that are refused."""
    folder = tmp_path_factory.mktemp("words")
    lines = [*HEADING.splitlines(), *(f"    {statement}" for statement in (*RIGHT, *WRONG))]
    (folder / "tried.py").write_text("\n".join(lines) + "\n")
    config = Path(__file__).parent.parent / "pyproject.toml"
    options = ["--config-file", str(config), "--cache-dir", str(folder / "cache"), "--no-error-summary"]
    told, faults, _ = api.run([*options, str(folder / "tried.py")])
    assert faults == ""
    numbers = {int(line.split(":")[1]) for line in told.splitlines() if ": error:" in line}
    return frozenset(lines[number - 1].strip() for number in numbers)


@pytest.mark.parametrize("statement", RIGHT)
def test_a_word_of_an_enum_is_taken(refused: frozenset[str], statement: str) -> None:
    assert statement not in refused


@pytest.mark.parametrize("statement", WRONG)
def test_a_misspelt_word_or_a_bare_text_is_a_type_error(refused: frozenset[str], statement: str) -> None:
    assert statement in refused
