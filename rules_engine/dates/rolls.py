"""Roll dates: the same day of the month, again and again, so many months apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rules_engine.dates.months import month_length


def roll_date(year: int, month: int, roll_day: int) -> date:
    """Find the roll day of a month: day 1 to 31, or the last day where the month is shorter or `roll_day` is 0.

    Raise ValueError for any other roll day.
    """
    if not 0 <= roll_day <= 31:
        raise ValueError(f"roll day `{roll_day}` is not 1 to 31, nor 0 for the end of the month")
    length = month_length(year, month)
    return date(year, month, min(roll_day or length, length))


@dataclass(frozen=True, slots=True, kw_only=True)
class RollGrid:
    """The dates regular coupons or redemptions fall on, carried on without end to either side.

    One every `months` months, on `roll_day` (1 to 31, the last day of a shorter month, or 0 for the
    end of the month), with one of them in the month of `through`.
    """

    months: int
    roll_day: int
    through: date

    def date_after(self, day: date) -> date:
        """Find the first date of the grid later than a day."""
        step = -(-self._months_from_through(day) // self.months)
        found = self._nth(step)
        return found if found > day else self._nth(step + 1)

    def date_before(self, day: date) -> date:
        """Find the last date of the grid earlier than a day."""
        step = self._months_from_through(day) // self.months
        found = self._nth(step)
        return found if found < day else self._nth(step - 1)

    def holds(self, day: date) -> bool:
        """Tell whether a day is a date of the grid."""
        return self.date_after(self.date_before(day)) == day

    def _months_from_through(self, day: date) -> int:
        return (day.year - self.through.year) * 12 + day.month - self.through.month

    def _nth(self, step: int) -> date:
        years, month = divmod(self.through.month - 1 + step * self.months, 12)
        return roll_date(self.through.year + years, month + 1, self.roll_day)
