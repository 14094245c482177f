"""What a sheet says of a rate that follows an index: its spread, its bounds, and how often it is set anew."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from rules_engine.model.exact import hundredths
from rules_engine.model.notes import Floating
from rules_engine.supplements.clipping import Clipping
from rules_engine.supplements.patterns import one_line, phrase
from rules_engine.supplements.values import DATE, PERCENT, read_date, read_percent


@dataclass(frozen=True, slots=True, kw_only=True)
class FloatingTerms:
    """A floating rate as printed; what is not said is None or empty.

    `spread`, `cap`, `floor` and the `initial` rate, which the first period has, are in per cent a year; `reset` is
    how often the rate is set anew, in the sheet's words.
    """

    index: str = ""
    spread: Decimal | None = None
    from_on: date | None = None
    cap: Decimal | None = None
    floor: Decimal | None = None
    initial: Decimal | None = None
    reset: str = ""
    words: str = ""

    def from_day(self, day: date) -> Floating | None:
        """Give the terms of a note that floats from a day; None where the index or its spread is not said."""
        if not self.index or self.spread is None:
            return None
        return Floating(from_on=day, index=self.index, spread=self.spread, cap=self.cap, floor=self.floor)

    def with_what(self, other: FloatingTerms) -> FloatingTerms:
        """Add what only the other says."""
        missing = {
            name: getattr(other, name)
            for name in ("index", "spread", "from_on", "cap", "floor", "initial", "reset", "words")
            if getattr(self, name) in (None, "") and getattr(other, name) not in (None, "")
        }
        return replace(self, **missing)


_ON = r"(?:on|from(?: and including)?|beginning(?: on)?|starting(?: on)?|effective|commencing(?: on)?)"
_TENOR = r"(?:\d{1,2}|one|two|three|six|twelve|five|ten|thirty)~-?~(?:month|day|year)"
INDEX = (
    rf"(?P<index>(?:{_TENOR} )?(?:USD |U\.?S\.? )?(?:dollar )?(?:(?:treasury|T)~-?~bills?(?: rate)?"
    rf"|compounded SOFR|term SOFR|SOFR"
    r"|LIBOR|CPI(?:-U)?|consumer price index|prime(?: rate)?|(?:CMT|constant maturity treasury)(?: rate)?"
    r"|(?:treasury|EURIBOR|commercial paper|CD) rate|federal funds(?: rate)?))"
)
_BARE_INDEX = phrase(INDEX)
_AMOUNT = rf"(?:(?P<points>\d{{1,4}}(?:\.\d{{1,3}})?) (?:basis points|bps?)|(?P<spread>{PERCENT}))"
_SPREAD = phrase(rf"(?P<sign>\+|-|plus|minus)?~(?:a (?:spread|margin) of )?{_AMOUNT}")
_FLOATING = phrase(
    rf"(?:(?:the notes? )?(?:will )?float(?:s|ing)?(?: rate)?~)?(?:{_ON} (?P<date>{DATE})~,?~(?:at )?)?"
    rf"(?:at |:~)?{INDEX}~(?P<sign>plus|\+|minus|-)~(?:a (?:spread|margin) of )?{_AMOUNT}"
)
_CAP = phrase(
    rf"(?:with )?(?:and )?(?:a )?(?:cap(?:ped)?|maximum(?: interest)?(?: rate)?)~(?:of|at|:)?~(?P<rate>{PERCENT})"
)
_FLOOR = phrase(
    rf"(?:with )?(?:and )?(?:a )?(?:floor(?:ed)?|minimum(?: interest)?(?: rate)?)~(?:of|at|:)?~(?P<rate>{PERCENT})"
)
_INITIAL = phrase(rf"initial(?: interest| coupon)?(?: rate)?~(?:of|is|:|will be)?~(?P<rate>{PERCENT})")
_RESET = phrase(
    r"(?:re)?set(?:s|ting)? (?P<reset>daily|weekly|monthly|quarterly|semi-?~annually|annually|on each [^.,;\t\n]{1,50})"
)
_NEAR = 240
"""The bounds of a floating rate stand in its sentence, or the one after."""


def take_floating(clipping: Clipping) -> FloatingTerms | None:
    """Clip an index with its spread, and what is said with it, out of a text; None where there is none."""
    found = _FLOATING.search(clipping.rest)
    if not found:
        return None
    after = clipping.rest[found.end() : found.end() + _NEAR]
    clipping.cut(found.start(), found.end())
    terms = FloatingTerms(
        index=one_line(found["index"]),
        spread=_spread(found),
        from_on=read_date(found["date"]) if found["date"] else None,
        words=one_line(found[0]),
    )
    beside = Clipping(after)
    cap, floor, initial, reset = (beside.take(each) for each in (_CAP, _FLOOR, _INITIAL, _RESET))
    for each in (_CAP, _FLOOR, _INITIAL, _RESET):
        clipping.take(each)
    return replace(
        terms,
        cap=read_percent(cap["rate"]) if cap else None,
        floor=read_percent(floor["rate"]) if floor else None,
        initial=read_percent(initial["rate"]) if initial else None,
        reset=one_line(reset["reset"]) if reset else "",
    )


def read_index(text: str) -> str:
    """Name the index that a text starts with; empty where it names none, or several."""
    found = {one_line(each["index"]) for each in _BARE_INDEX.finditer(text)}
    return found.pop() if len(found) == 1 else ""


def read_spread(text: str) -> Decimal | None:
    """Read a spread, `+ 1.25%` or `125 basis points`, in per cent a year; None where there is none."""
    found = _SPREAD.match(text.strip())
    return _spread(found) if found else None


def _spread(found: re.Match[str]) -> Decimal:
    value = hundredths(Decimal(found["points"])) if found["points"] else read_percent(found["spread"])
    return value.copy_negate() if (found["sign"] or "").lower() in ("minus", "-") else value
