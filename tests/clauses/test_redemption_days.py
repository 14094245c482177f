"""On which days a note may be called, whatever the style of its call."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from .example import answer, example_host, noticed, spoken

ACCEPTED = ("accepted", set[str]())
NO_CALL_DATE = ("rejected", {"not a call date"})


def call(style: str, first: str, on: str) -> str:
    return f"""\
    redemption:
      printed: As stated.
      style: {style}
      first date: {first}
      on: {on}
      price: 100 %
      notice: {{minimum: 5 days}}
"""


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2020, 6, 14), NO_CALL_DATE),
        (date(2020, 6, 15), ACCEPTED),
        (date(2020, 9, 15), NO_CALL_DATE),  # a quarter later
        (date(2020, 12, 14), NO_CALL_DATE),
        (date(2020, 12, 15), ACCEPTED),
        (date(2026, 12, 15), ACCEPTED),
        (date(2027, 6, 15), NO_CALL_DATE),  # maturity
    ],
)
def test_a_semi_annual_bermudan_call_falls_on_every_sixth_month(
    day: date, told: tuple[str, set[str]], tmp_path: Path
) -> None:
    host = example_host(tmp_path, call("Bermudan", "2020-06-15", "semi-annual"))
    assert spoken(answer(host, noticed(day, day.replace(day=2)))) == told


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2020, 6, 14), NO_CALL_DATE),
        (date(2020, 6, 15), ACCEPTED),
        (date(2020, 6, 16), NO_CALL_DATE),
        (date(2021, 6, 15), NO_CALL_DATE),
    ],
)
def test_a_european_call_is_for_one_day_and_never_again(day: date, told: tuple[str, set[str]], tmp_path: Path) -> None:
    host = example_host(tmp_path, call("European", "2020-06-15", "once"))
    assert spoken(answer(host, noticed(day, day.replace(day=2)))) == told


def test_a_european_call_missed_serves_no_other_day(tmp_path: Path) -> None:
    host = example_host(tmp_path, call("European", "2020-06-15", "once"))
    decision = answer(host, noticed(date(2020, 6, 15), date(2020, 6, 11)))  # four days before
    assert spoken(decision) == ("rejected", {"short notice"})
    assert decision.findings[0].because.endswith("it would serve no later call date.")


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2025, 6, 13), NO_CALL_DATE),  # the Friday before
        (date(2025, 6, 15), NO_CALL_DATE),  # a Sunday, though the supplement names it
        (date(2025, 6, 16), ACCEPTED),
        (date(2025, 6, 19), NO_CALL_DATE),  # Juneteenth
        (date(2025, 6, 20), ACCEPTED),
        (date(2025, 6, 21), NO_CALL_DATE),  # a Saturday
    ],
)
def test_a_call_on_every_business_day_starts_on_the_first_one(
    day: date, told: tuple[str, set[str]], tmp_path: Path
) -> None:
    host = example_host(tmp_path, call("American", "2025-06-15", "business day"))
    assert spoken(answer(host, noticed(day, date(2025, 6, 2)))) == told


@pytest.mark.parametrize(("day", "told"), [(date(2025, 6, 14), NO_CALL_DATE), (date(2025, 6, 15), ACCEPTED)])
def test_a_call_on_any_day_starts_on_the_day_named_though_it_is_a_sunday(
    day: date, told: tuple[str, set[str]], tmp_path: Path
) -> None:
    host = example_host(tmp_path, call("American", "2025-06-15", "any day"))
    assert spoken(answer(host, noticed(day, date(2025, 6, 2)))) == told
