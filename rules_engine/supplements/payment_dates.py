"""What a sheet says of the days on which interest is paid: how often that is, and when first."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from rules_engine.model.note_words import Frequency
from rules_engine.supplements.figures import FREQUENCY, read_frequency
from rules_engine.supplements.patterns import phrase, shortened
from rules_engine.supplements.values import DATE, MONTHS, month_named, read_date


@dataclass(slots=True)
class PaymentDates:
    """How often interest is paid, and on which day first, as far as that is said; and what contradicts itself."""

    frequency: Frequency | None = None
    first_on: date | None = None
    words: str = ""
    doubts: list[str] = field(default_factory=list)


_COMMENCING = phrase(
    r"(?:commencing|beginning|starting|with the first (?:interest )?payment(?: (?:being )?(?:due|made"
    r"|payable))?|first (?:interest )?"
    rf"payment(?: date)?(?: is| will be)?)~(?:on|with|in)?~:?~(?P<date>{DATE})"
)
_EACH_MONTH = phrase(r"(?:of |in )?(?:each|every) (?:calendar )?month")
_FREQUENCY = phrase(FREQUENCY)
_LONG_MONTHS = "|".join((*(name for name in MONTHS), *(name[:3] for name in MONTHS if name != "may"), "sept"))
_MONTH = re.compile(rf"(?<![a-z])(?:{_LONG_MONTHS})(?![a-z])", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")
_DATED = re.compile(DATE, re.IGNORECASE)


def read_payment_dates(text: str) -> PaymentDates:
    """Read when interest is paid: `the 15th of each month, commencing June 15, 2011`, `March 15 and September 15`."""
    found = PaymentDates(words=text)
    first = _COMMENCING.search(text)
    if first:
        found.first_on = read_date(first["date"])
        if found.first_on is None:
            found.doubts.append(f'"{shortened(first[0])}" names no day that exists')
    said = {read_frequency(each[0]) for each in _FREQUENCY.finditer(text)}
    rest = _DATED.sub(" ", text)
    if _EACH_MONTH.search(rest):
        said.add(Frequency.MONTHLY)
    months = [month_named(each[0][:3]) for each in _MONTH.finditer(rest)]
    months += [int(each[1]) for each in _NUMERIC.finditer(rest)]
    if spaced_evenly := _evenly_spaced(sorted(set(months))):
        said.add(spaced_evenly)
    if len(said) == 1:
        (found.frequency,) = said
    elif said:
        named = " and ".join(sorted(str(each) for each in said))
        found.doubts.append(f'"{shortened(text)}" names {named}')
    return found


def _evenly_spaced(months: list[int]) -> Frequency | None:
    """Give how often months come round that lie evenly in the year; None where they do not, or say nothing."""
    if not months or not 1 <= months[0] <= months[-1] <= 12 or 12 % len(months):
        return None
    apart = 12 // len(months)
    if any((month - months[0]) % apart for month in months):
        return None
    return next((frequency for frequency in Frequency if frequency.months == apart), None)
