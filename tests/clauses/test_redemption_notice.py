"""How long before its date a call is noticed, in which days, and where that is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rules_engine.model.decisions import Finding
from rules_engine.workbench.timetable import timetable, timetable_to_json

from .example import ANY_DAY, NOTE, answer, example_host, noticed, spoken

ACCEPTED = ("accepted", set[str]())
SHORT, EARLY = ("rejected", {"short notice"}), ("rejected", {"notice too early"})
REDEEM_ON = date(2021, 7, 20)  # a Tuesday


def with_notice(notice: str) -> str:
    return f"{ANY_DAY}      price: 100 %\n      notice: {{{notice}}}\n"


PROSPECTUS = """\
  minimum notice:
    value: 10
    cite: Redemption
  maximum notice:
    value: 20
    cite: Redemption
  notice counted in:
    value: business days
    cite: Redemption
"""


@pytest.mark.parametrize(
    ("given_on", "told"),
    [
        (date(2021, 7, 6), ACCEPTED),  # ten business days; Monday 5 July is a holiday
        (date(2021, 7, 7), SHORT),
    ],
)
def test_ten_business_days_are_counted_back_from_the_redemption_date(
    given_on: date, told: tuple[str, set[str]], tmp_path: Path
) -> None:
    host = example_host(tmp_path, with_notice("minimum: 10 business days"))
    assert spoken(answer(host, noticed(REDEEM_ON, given_on))) == told


@pytest.mark.parametrize(
    ("given_on", "told"),
    [
        (date(2021, 5, 20), EARLY),
        (date(2021, 5, 21), ACCEPTED),  # sixty days
        (date(2021, 6, 20), ("accepted", {"notice on a holiday"})),  # thirty days, a Sunday
        (date(2021, 6, 21), SHORT),
    ],
)
def test_thirty_to_sixty_calendar_days(given_on: date, told: tuple[str, set[str]], tmp_path: Path) -> None:
    host = example_host(tmp_path, with_notice("minimum: 30 days, maximum: 60 days"))
    assert spoken(answer(host, noticed(REDEEM_ON, given_on))) == told


def test_a_short_notice_says_which_date_it_would_serve(tmp_path: Path) -> None:
    host = example_host(tmp_path, with_notice("minimum: 30 days"))
    decision = answer(host, noticed(REDEEM_ON, date(2021, 6, 23)))
    assert decision.findings[0].because == (
        "Notice was given 27 days before 2021-07-20, and 30 are needed; it would serve 2021-07-23."
    )


@pytest.mark.parametrize(
    ("given_on", "told"),
    [
        (date(2021, 6, 18), EARLY),
        (date(2021, 6, 21), ACCEPTED),
        (date(2021, 7, 6), ACCEPTED),
        (date(2021, 7, 7), SHORT),
    ],
)
def test_a_notice_that_is_not_printed_is_that_of_the_prospectus(
    given_on: date, told: tuple[str, set[str]], tmp_path: Path
) -> None:
    host = example_host(tmp_path, ANY_DAY + "      price: 100 %\n", terms=PROSPECTUS)
    assert spoken(answer(host, noticed(REDEEM_ON, given_on))) == told


def test_a_printed_notice_goes_before_that_of_the_prospectus(tmp_path: Path) -> None:
    host = example_host(tmp_path, with_notice("minimum: 5 days"), terms=PROSPECTUS)
    assert spoken(answer(host, noticed(REDEEM_ON, date(2021, 7, 15)))) == ACCEPTED


def test_a_decision_names_the_note_as_printed_whatever_its_prospectus_adds(tmp_path: Path) -> None:
    host = example_host(tmp_path, ANY_DAY + "      price: 100 %\n", terms=PROSPECTUS)
    decision = answer(host, noticed(REDEEM_ON, date(2021, 7, 6)))
    assert decision.note_digest == host.book.notes[NOTE].digest


def test_the_last_day_for_notice_follows_the_prospectus(tmp_path: Path) -> None:
    host = example_host(tmp_path, ANY_DAY + "      price: 100 %\n", terms=PROSPECTUS)
    scheduled = host.schedule(NOTE)
    assert not isinstance(scheduled, Finding)
    (redemption,) = [each for each in timetable(scheduled).redemptions if each.redeem_on == REDEEM_ON]
    assert redemption.last_notice_on == date(2021, 7, 6)


@pytest.mark.parametrize(
    "terms", ["", "  minimum notice:\n    value: 10\n    cite: Redemption\n"], ids=["none", "of which days"]
)
def test_a_call_whose_notice_period_nobody_knows_is_referred(terms: str, tmp_path: Path) -> None:
    host = example_host(tmp_path, ANY_DAY + "      price: 100 %\n", terms=terms)
    decision = answer(host, noticed(REDEEM_ON, date(2021, 6, 1)))
    assert spoken(decision) == ("referred", {"notice period not known"})
    assert "No notice period is known" in decision.findings[0].because
    assert decision.payment is None


@pytest.mark.parametrize(
    ("given_on", "remarks"),
    [
        (date(2021, 7, 2), set[str]()),
        (date(2021, 7, 4), {"notice on a holiday"}),  # a Sunday
        (date(2021, 7, 5), {"notice on a holiday"}),  # Independence Day is kept on the Monday
        (date(2021, 7, 6), set[str]()),
    ],
)
def test_a_notice_on_a_holiday_counts_from_that_day_and_says_so(
    given_on: date, remarks: set[str], tmp_path: Path
) -> None:
    host = example_host(tmp_path, with_notice("minimum: 5 days"))
    assert spoken(answer(host, noticed(REDEEM_ON, given_on))) == ("accepted", remarks)


def test_a_conditional_notice_is_accepted_and_says_until_when_it_may_be_rescinded(tmp_path: Path) -> None:
    host = example_host(tmp_path, with_notice("minimum: 5 days"))
    decision = answer(host, noticed(REDEEM_ON, date(2021, 7, 6), conditional=True))
    assert spoken(decision) == ("accepted", {"notice under a condition"})
    assert "may be rescinded until 2021-07-20" in decision.findings[-1].because


def test_no_last_day_for_notice_is_told_where_nobody_knows_the_period(tmp_path: Path) -> None:
    scheduled = example_host(tmp_path, ANY_DAY + "      price: 100 %\n").schedule(NOTE)
    assert not isinstance(scheduled, Finding)
    table = timetable(scheduled)
    assert {redemption.last_notice_on for redemption in table.redemptions} == {None}
    assert {row["last_notice_on"] for row in timetable_to_json(table)["redemptions"]} == {None}
