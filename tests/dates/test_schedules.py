from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
import QuantLib
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.dates.calendars import freeze
from rules_engine.dates.day_counts import year_fraction
from rules_engine.dates.interest import interest
from rules_engine.dates.months import add_months
from rules_engine.dates.schedules import DayTerms, Period, coupon_grid, coupon_periods
from rules_engine.errors import CalendarNotCovered
from rules_engine.model.money import Money
from rules_engine.model.note_words import Accrual, Convention, DayCount, Frequency

from .oracles import calendar, read

RANDOM_NOTES = read("random_schedules.json")["notes"]
SEED_NOTES = read("seed_schedule.json")["notes"]
PRICED_ROWS = read("pricing_rows.json")["rows"]
CALENDARS = {code: calendar(code) for code in ("USNY", "USGS", "SATSUN")}
FACE = Money.parse("1000.00")

DAY_COUNTS = {
    "THIRTY_360": DayCount.THIRTY_360,
    "ACT_360": DayCount.ACTUAL_360,
    "ACT_365F": DayCount.ACTUAL_365_FIXED,
    "ACT_ACT_ICMA": DayCount.ACTUAL_ACTUAL_ICMA,
}
CONVENTIONS = {
    "NONE": Convention.NONE,
    "FOLLOWING": Convention.FOLLOWING,
    "MODFOLLOWING": Convention.MODIFIED_FOLLOWING,
    "PRECEDING": Convention.PRECEDING,
}
SEED: dict[str, Any] = {
    "issue_date": date(2016, 12, 1),
    "first_coupon_date": date(2017, 1, 15),
    "last_regular_date": date(2019, 12, 15),
    "maturity": date(2019, 12, 15),
    "frequency": Frequency.MONTHLY,
    "roll_day": 15,
    "day_count": DayCount.THIRTY_360,
    "convention": Convention.FOLLOWING,
    "accrual": Accrual.UNADJUSTED,
    "calendar": CALENDARS["USNY"],
}


def spoken(frequency: str) -> Frequency:
    return Frequency(frequency.lower().replace("_", "-"))


def row(period: Period, coupon: Decimal) -> list[object]:
    fraction = period.year_fraction
    return [
        period.n,
        period.unadjusted_start.isoformat(),
        period.unadjusted_end.isoformat(),
        period.accrual_start.isoformat(),
        period.accrual_end.isoformat(),
        period.days,
        f"{fraction.numerator}/{fraction.denominator}",
        period.pay_on.isoformat(),
        interest(FACE, coupon, fraction).wire,
    ]


@pytest.mark.parametrize("note", RANDOM_NOTES, ids=lambda note: note["id"])
def test_every_period_of_a_random_note_is_as_three_others_worked_it_out(note: dict[str, Any]) -> None:
    periods = coupon_periods(
        issue_date=date.fromisoformat(note["issue_date"]),
        first_coupon_date=date.fromisoformat(note["first_coupon_date"]),
        last_regular_date=date.fromisoformat(note["last_regular_date"]),
        maturity=date.fromisoformat(note["maturity_date"]),
        frequency=spoken(note["frequency"]),
        roll_day=0 if note["roll"] == "EOM" else int(note["roll"].removeprefix("DAY_")),
        day_count=DAY_COUNTS[note["day_count"]],
        convention=CONVENTIONS[note["business_day_convention"]],
        accrual=Accrual(note["accrual"].lower()),
        calendar=CALENDARS[note["calendar"]],
    )
    coupon = Decimal(note["coupon_rate_pct"])
    # all columns but the two decimal ones, which are the exact ones cut off
    expected = [[*columns[:7], columns[8], columns[10]] for columns in note["periods"]]
    assert [row(period, coupon) for period in periods] == expected
    exact = sum((period.year_fraction for period in periods), Fraction(0)) * Fraction(coupon) * 10
    assert exact == Fraction(note["total_interest_exact"])


def test_all_two_hundred_random_notes_are_held_against_ours() -> None:
    assert len(RANDOM_NOTES) == 200


@pytest.mark.parametrize("note", SEED_NOTES, ids=lambda note: note["cusip"])
def test_every_coupon_of_the_seed_is_as_two_others_worked_it_out(note: dict[str, Any]) -> None:
    maturity = date.fromisoformat(note["maturity_date"])
    periods = coupon_periods(**{**SEED, "last_regular_date": maturity, "maturity": maturity})
    coupon = Decimal(note["coupon_rate_pct"])
    found = [
        {
            "n": period.n,
            "accrual_start": period.accrual_start.isoformat(),
            "accrual_end": period.accrual_end.isoformat(),
            "days_30_360": period.days,
            "payment_date": period.pay_on.isoformat(),
            "payment_moved": period.pay_on != period.unadjusted_end,
            "interest_exact": period.year_fraction * Fraction(coupon) * 10,
            "interest_cents": interest(FACE, coupon, period.year_fraction).wire,
        }
        for period in periods
    ]
    expected = [
        {name: coupon_line[name] for name in found[0]} | {"interest_exact": Fraction(coupon_line["interest_exact"])}
        for coupon_line in note["coupons"]
    ]
    assert found == expected
    assert len(found) == note["n_coupons"]


@pytest.mark.parametrize(
    ("day_count", "computed", "matches"),
    [
        (DayCount.THIRTY_360, "computed_30_360_bond", "match_30_360_bond"),
        (DayCount.THIRTY_US_360, "computed_30_360_us_eom", "match_30_360_us_eom"),
    ],
)
@pytest.mark.parametrize("printed", PRICED_ROWS, ids=lambda printed: printed["cusip"])
def test_first_coupon_is_as_the_pricing_supplement_prints_it(
    printed: dict[str, Any], day_count: DayCount, computed: str, matches: str
) -> None:
    first_coupon_date = date.fromisoformat(printed["first_coupon_date"])
    first, *_ = coupon_periods(
        issue_date=date.fromisoformat(printed["accrual_start"]),
        first_coupon_date=first_coupon_date,
        # the row does not say where the last stub starts, which is nothing to the first coupon
        last_regular_date=first_coupon_date,
        maturity=date.fromisoformat(printed["maturity_date"]),
        frequency=spoken(printed["frequency"]),
        roll_day=first_coupon_date.day,
        day_count=day_count,
        convention=Convention.FOLLOWING,
        accrual=Accrual.UNADJUSTED,
        calendar=CALENDARS["USNY"],
    )
    amount = interest(FACE, Decimal(printed["coupon_rate_pct"]), first.year_fraction).wire
    assert amount == printed[computed]
    assert (amount == printed["first_coupon_amount_published"]) is printed[matches]
    assert first.pay_on.isoformat() == printed["first_payment_date_usny_following"]


def test_all_printed_rows_are_held_against_ours() -> None:
    assert len(PRICED_ROWS) == 58


@given(
    roll_day=st.integers(0, 28),
    month=st.integers(1, 12),
    frequency=st.sampled_from(Frequency),
    coupons=st.integers(1, 40),
)
def test_regular_dates_are_those_another_library_generates(
    roll_day: int, month: int, frequency: Frequency, coupons: int
) -> None:
    first = date(2003, month, roll_day) if roll_day else add_months(date(2003, 1, 31), month - 1)
    grid = coupon_grid(frequency=frequency, roll_day=roll_day, first_coupon_date=first)
    end = first
    for _ in range(coupons):
        end = grid.date_after(end)
    found = coupon_periods(
        **{
            **SEED,
            "issue_date": add_months(first, -1),
            "first_coupon_date": first,
            "last_regular_date": end,
            "maturity": end,
            "frequency": frequency,
            "roll_day": roll_day,
            "convention": Convention.NONE,
        }
    )
    other = QuantLib.Schedule(
        QuantLib.Date(first.day, first.month, first.year),
        QuantLib.Date(end.day, end.month, end.year),
        QuantLib.Period(frequency.months, QuantLib.Months),
        QuantLib.NullCalendar(),
        QuantLib.Unadjusted,
        QuantLib.Unadjusted,
        QuantLib.DateGeneration.Backward,
        roll_day == 0,
    )
    assert [period.unadjusted_end for period in found] == [day.to_date() for day in other]


def test_adjusted_periods_move_their_ends_and_never_the_issue_date() -> None:
    sunday = date(2016, 12, 4)
    periods = coupon_periods(**{**SEED, "issue_date": sunday, "accrual": Accrual.ADJUSTED})
    first, second = periods[0], periods[1]
    assert (first.accrual_start, first.accrual_end) == (sunday, date(2017, 1, 17))
    assert (first.unadjusted_start, first.unadjusted_end) == (sunday, date(2017, 1, 15))
    assert (second.accrual_start, second.accrual_end) == (date(2017, 1, 17), date(2017, 2, 15))


def test_a_roll_day_past_february_comes_back_after_it() -> None:
    starting_in_february = {
        "first_coupon_date": date(2017, 2, 28),
        "last_regular_date": date(2017, 5, 30),
        "maturity": date(2017, 5, 30),
        "roll_day": 30,
    }
    ends = [period.unadjusted_end for period in coupon_periods(**{**SEED, **starting_in_february})]
    assert ends == [date(2017, 2, 28), date(2017, 3, 30), date(2017, 4, 30), date(2017, 5, 30)]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"issue_date": date(2017, 1, 15)}, "out of order: 2017-01-15, 2017-01-15"),
        ({"first_coupon_date": date(2020, 1, 15)}, "out of order"),
        ({"last_regular_date": date(2020, 1, 15)}, "out of order"),
        (
            {"first_coupon_date": date(2017, 1, 16)},
            "first coupon date 2017-01-16 is not an interest date of roll day 15",
        ),
        ({"last_regular_date": date(2019, 12, 14)}, "last regular date 2019-12-14 is not an interest date"),
        (
            {"frequency": Frequency.QUARTERLY},
            "last regular date 2019-12-15 is not an interest date",
        ),  # three months off January
        ({"roll_day": 32}, "roll day `32`"),
    ],
)
def test_terms_that_do_not_fit_together_are_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        coupon_periods(**{**SEED, **changed})


def test_a_note_that_outlives_its_calendar_is_refused() -> None:
    until_2017 = freeze("USNY", "USNY", 2000, 2017)
    with pytest.raises(CalendarNotCovered, match="calendar USNY covers 2000 to 2017, not 2018-01-15"):
        coupon_periods(**{**SEED, "calendar": until_2017})


def test_periods_join_without_gap_or_overlap() -> None:
    periods = coupon_periods(**SEED)
    for before, after in pairwise(periods):
        assert before.accrual_end == after.accrual_start
    assert year_fraction(DayCount.THIRTY_360, periods[0].accrual_start, periods[-1].accrual_end) == sum(
        period.year_fraction for period in periods
    )


# Fixed to 2018-03-30 and floating from then on, in the three ways one Bank of New York Mellon note pays.
FIXED_TO_FLOATING: dict[str, Any] = {
    "issue_date": date(2017, 6, 30),
    "first_coupon_date": date(2017, 9, 30),
    "last_regular_date": date(2019, 3, 30),
    "maturity": date(2019, 3, 30),
    "frequency": Frequency.QUARTERLY,
    "roll_day": 30,
    "day_count": DayCount.THIRTY_360,
    "convention": Convention.FOLLOWING,
    "accrual": Accrual.UNADJUSTED,
    "calendar": calendar("USNY"),
    "floating_from": date(2018, 3, 30),
    "floating": DayTerms(
        day_count=DayCount.ACTUAL_360, convention=Convention.MODIFIED_FOLLOWING, accrual=Accrual.ADJUSTED
    ),
    "maturity_convention": Convention.FOLLOWING,
    "accrual_at_maturity": Accrual.UNADJUSTED,
}


def test_a_note_follows_other_terms_once_it_floats_and_others_again_at_maturity() -> None:
    periods = coupon_periods(**FIXED_TO_FLOATING)
    told = [(each.accrual_start, each.accrual_end, each.pay_on, each.days, each.day_count) for each in periods]
    assert told == [
        (date(2017, 6, 30), date(2017, 9, 30), date(2017, 10, 2), 90, "30/360"),  # due on a Saturday
        (date(2017, 9, 30), date(2017, 12, 30), date(2018, 1, 2), 90, "30/360"),  # a Saturday before New Year
        (date(2017, 12, 30), date(2018, 3, 30), date(2018, 3, 30), 90, "30/360"),  # Good Friday: banks are open
        (date(2018, 3, 30), date(2018, 6, 29), date(2018, 6, 29), 91, "actual/360"),  # Saturday, back into June
        (date(2018, 6, 29), date(2018, 9, 28), date(2018, 9, 28), 91, "actual/360"),  # Sunday, back into September
        (date(2018, 9, 28), date(2018, 12, 31), date(2018, 12, 31), 94, "actual/360"),  # Sunday, on to Monday
        (
            date(2018, 12, 31),
            date(2019, 3, 30),
            date(2019, 4, 1),
            89,
            "actual/360",
        ),  # a Saturday: cash moves, interest not
    ]


def test_an_adjusted_last_period_ends_on_the_day_cash_moves_by_the_convention_at_maturity() -> None:
    last = coupon_periods(**{**FIXED_TO_FLOATING, "accrual_at_maturity": None})[-1]
    assert (last.accrual_end, last.pay_on, last.days) == (date(2019, 4, 1), date(2019, 4, 1), 91)
    last = coupon_periods(**{**FIXED_TO_FLOATING, "accrual_at_maturity": None, "maturity_convention": None})[-1]
    assert (last.accrual_end, last.pay_on, last.days) == (date(2019, 3, 29), date(2019, 3, 29), 88)


@pytest.mark.parametrize(
    ("floating_from", "floats"), [(date(2018, 3, 29), 4), (date(2018, 3, 30), 4), (date(2018, 3, 31), 3)]
)
def test_the_period_that_starts_on_the_day_named_is_the_first_to_float(floating_from: date, floats: int) -> None:
    periods = coupon_periods(**{**FIXED_TO_FLOATING, "floating_from": floating_from})
    assert [each.day_count for each in periods].count(DayCount.ACTUAL_360) == floats
