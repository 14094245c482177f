"""The words a note's terms may be, each as rule files spell it.

A member is its word: it is written, compared and digested as the text is.
"""

from __future__ import annotations

from enum import StrEnum


class Convention(StrEnum):
    """To which business day a day moves that is none; `dates/conventions.py` moves it."""

    NONE = "none"
    FOLLOWING = "following"
    MODIFIED_FOLLOWING = "modified following"
    FOLLOWING_WITHIN_THE_YEAR = "following within the year"
    PRECEDING = "preceding"
    MODIFIED_PRECEDING = "modified preceding"


class Accrual(StrEnum):
    """Whether interest stops on the scheduled day or runs to the day cash moves."""

    UNADJUSTED = "unadjusted"
    ADJUSTED = "adjusted"


class DayCount(StrEnum):
    """How days are counted for interest; `dates/day_counts.py` counts them."""

    THIRTY_360 = "30/360"
    THIRTY_US_360 = "30U/360"
    ACTUAL_360 = "actual/360"
    ACTUAL_365_FIXED = "actual/365 fixed"
    ACTUAL_ACTUAL_ICMA = "actual/actual ICMA"


class Frequency(StrEnum):
    """How often a note pays interest."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SEMI_ANNUAL = "semi-annual"
    ANNUAL = "annual"

    @property
    def months(self) -> int:
        """How many months lie between two coupons."""
        return _MONTHS_BETWEEN[self]


_MONTHS_BETWEEN = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.SEMI_ANNUAL: 6, Frequency.ANNUAL: 12}


class Compounding(StrEnum):
    """How often the yield compounds that takes a discount note from its issue price to 100."""

    SEMI_ANNUAL = "semi-annual"
    ANNUAL = "annual"

    @property
    def times_a_year(self) -> int:
        """How often a year that is."""
        return _TIMES_A_YEAR[self]


_TIMES_A_YEAR = {Compounding.SEMI_ANNUAL: 2, Compounding.ANNUAL: 1}


class CallStyle(StrEnum):
    """Whether a note can be called on one day, on listed days, or on any day from the first."""

    EUROPEAN = "European"
    BERMUDAN = "Bermudan"
    AMERICAN = "American"


class CallDay(StrEnum):
    """On which days from the first one a note can be called."""

    ONCE = "once"
    MONTHLY = "monthly"
    COUPON_DATE = "coupon date"
    QUARTERLY = "quarterly"
    SEMI_ANNUAL = "semi-annual"
    ANNUAL = "annual"
    BUSINESS_DAY = "business day"
    ANY_DAY = "any day"

    @property
    def style(self) -> CallStyle:
        """The style of a call that is exercised on such days."""
        return _STYLE_OF[self]


_STYLE_OF = {
    CallDay.ONCE: CallStyle.EUROPEAN,
    CallDay.MONTHLY: CallStyle.BERMUDAN,
    CallDay.COUPON_DATE: CallStyle.BERMUDAN,
    CallDay.QUARTERLY: CallStyle.BERMUDAN,
    CallDay.SEMI_ANNUAL: CallStyle.BERMUDAN,
    CallDay.ANNUAL: CallStyle.BERMUDAN,
    CallDay.BUSINESS_DAY: CallStyle.AMERICAN,
    CallDay.ANY_DAY: CallStyle.AMERICAN,
}


class CallAmount(StrEnum):
    """How much of a note can be called."""

    WHOLE = "whole"
    WHOLE_OR_PART = "whole or part"


class PartChosen(StrEnum):
    """How the part called is chosen among holders."""

    BY_LOT = "by lot"
    PRO_RATA = "pro rata"


class CountedIn(StrEnum):
    """Which days a notice is counted in."""

    CALENDAR_DAYS = "calendar days"
    BUSINESS_DAYS = "business days"
