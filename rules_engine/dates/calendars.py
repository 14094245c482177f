"""Business days: a calendar is a frozen set of closed weekdays, known for so many years and no others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.metadata import version
from typing import Any

from rules_engine.dates.library_days import days_of
from rules_engine.errors import CalendarNotCovered

ONE_DAY = timedelta(days=1)
WEEKENDS = "weekends"
"""The library code of a calendar that is closed on Saturdays and Sundays only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The days a place is closed: every Saturday and Sunday, and the weekdays in `closed`.

    `first_year` and `last_year` are both covered; days of other years are refused, never guessed.
    `digest` is `sha256:` over the code, the years and the closed weekdays, so that two calendars
    with one digest answer alike. `source` says where the days were taken from, and is no part of what
    a calendar is. Made by `freeze`, `from_days`, `from_text` or `joint`, which work the digest out.
    """

    code: str
    closed: frozenset[date]
    first_year: int
    last_year: int
    digest: str
    source: str = field(compare=False)

    def covers(self, day: date) -> bool:
        """Tell whether the calendar is known for the year of a day."""
        return self.first_year <= day.year <= self.last_year

    def is_business_day(self, day: date) -> bool:
        """Tell whether the place is open; raise CalendarNotCovered for a day of another year."""
        if not self.covers(day):
            raise CalendarNotCovered(f"calendar {self.code} covers {self.first_year} to {self.last_year}, not {day}")
        return day.weekday() < 5 and day not in self.closed

    def on_or_after(self, day: date) -> date:
        """Find the first business day from this day on, the day itself included."""
        while not self.is_business_day(day):
            day += ONE_DAY
        return day

    def on_or_before(self, day: date) -> date:
        """Find the last business day up to this day, the day itself included."""
        while not self.is_business_day(day):
            day -= ONE_DAY
        return day

    def add_business_days(self, day: date, days: int) -> date:
        """Step so many business days on, or back where `days` is negative; zero gives the day itself.

        The first step goes to the nearest business day on that side: from a Sunday, one on is
        Monday and one back is Friday.
        """
        for _ in range(abs(days)):
            day = self.on_or_after(day + ONE_DAY) if days > 0 else self.on_or_before(day - ONE_DAY)
        return day

    def business_days_between(self, start: date, end: date) -> int:
        """Count business days from `start`, included, to `end`, excluded; negative where `end` comes first."""
        if end < start:
            return -self.business_days_between(end, start)
        return sum(self.is_business_day(start + timedelta(days=n)) for n in range((end - start).days))

    @property
    def text(self) -> str:
        """The calendar as canonical JSON, which has its digest and which `from_text` reads back to an equal one."""
        return _canonical(_content(self.code, self.closed, self.first_year, self.last_year))


def from_days(code: str, closed: Iterable[date], first_year: int, last_year: int, source: str) -> Calendar:
    """Make a calendar of closed days; Saturdays and Sundays among them are left out, being closed anyway.

    Raise ValueError when the years run backwards or a closed day lies outside them.
    """
    if first_year > last_year:
        raise ValueError(f"calendar `{code}` covers no year: {first_year} to {last_year}")
    days = frozenset(closed)
    for day in sorted(days):
        if not first_year <= day.year <= last_year:
            raise ValueError(f"{day} lies outside the years calendar `{code}` covers, {first_year} to {last_year}")
    weekdays = frozenset(day for day in days if day.weekday() < 5)
    digest = hashlib.sha256(_canonical(_content(code, weekdays, first_year, last_year)).encode()).hexdigest()
    return Calendar(
        code=code,
        closed=weekdays,
        first_year=first_year,
        last_year=last_year,
        digest=f"sha256:{digest}",
        source=source,
    )


def from_text(text: str) -> Calendar:
    """Read a calendar back from its `text`; the digest is worked out again."""
    content = json.loads(text)
    closed = [date.fromisoformat(day) for day in content["closed"]]
    years = content["first_year"], content["last_year"]
    return from_days(content["code"], closed, *years, "the text kept of a calendar")


def freeze(code: str, library_code: str, first_year: int, last_year: int, closures: Iterable[date] = ()) -> Calendar:
    """Take a calendar's days from the library of financial holidays, adding closures of our own.

    `library_code` is the library's name for a market (`USNY`, `NYSE`), or `weekends` for none.
    Raise ValueError for a market the library does not know, or years it does not cover.
    """
    own = frozenset(closures)
    added = f", closures added: {len(own)}" if own else ""
    if library_code == WEEKENDS:
        return from_days(code, own, first_year, last_year, f"{WEEKENDS}{added}")

    days = days_of(library_code, first_year, last_year)
    closed = own.union(days)
    return from_days(code, closed, first_year, last_year, f"holidays {version('holidays')} {library_code}{added}")


def joint(code: str, calendars: Sequence[Calendar]) -> Calendar:
    """Join calendars: closed when any of them is, and covering only the years all of them cover.

    Raise ValueError when there is none to join, or no year they have in common.
    """
    if not calendars:
        raise ValueError(f"calendar `{code}` joins no calendars")
    first_year = max(calendar.first_year for calendar in calendars)
    last_year = min(calendar.last_year for calendar in calendars)
    closed = (day for calendar in calendars for day in calendar.closed if first_year <= day.year <= last_year)
    source = "joint of " + "; ".join(f"{calendar.code} ({calendar.source})" for calendar in calendars)
    return from_days(code, closed, first_year, last_year, source)


def _content(code: str, closed: Iterable[date], first_year: int, last_year: int) -> dict[str, Any]:
    days = sorted(day.isoformat() for day in closed)
    return {"code": code, "closed": days, "first_year": first_year, "last_year": last_year}


def _canonical(content: dict[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
