"""What a redemption sentence says of price: par, prices that step down, and make-whole."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

from rules_engine.dates.months import add_months
from rules_engine.model.exact import hundredths, minus
from rules_engine.model.notes import MakeWhole, PriceStep
from rules_engine.supplements.clipping import Clipping
from rules_engine.supplements.values import DATE, PERCENT, read_date, read_percent

PAR = Decimal(100)

_OF_PRINCIPAL = (
    r"(?:\s+of\s+(?:the\s+|their\s+|its\s+)?(?:aggregate\s+)?(?:principal(?:\s+amount)?|par|face)"
    r"(?:\s+(?:of|per)\s+(?:the\s+|such\s+)?[^,.;]{1,60}?(?=\s*,|\s+plus|\s+upon|\s*$)|\s+thereof)?)?"
)
_AMOUNT = rf"(?:(?P<percent>{PERCENT}){_OF_PRINCIPAL}|(?P<par>par)|\$1,000\s+per\s+note)"
_AT = r"(?:at\s+)?(?:a\s+|the\s+)?(?:(?:redemption\s+|call\s+)?price\s+(?:equal\s+to|of)\s+)?"
_PRICE = re.compile(rf"(?<!\w){_AT}{_AMOUNT}(?!\w)", re.IGNORECASE)
_ON = r"(?:on\s+(?:or|and)\s+after|on|from|beginning(?:\s+on)?|starting(?:\s+on)?|commencing(?:\s+on)?|occurring)"
_PRICED = re.compile(
    rf"(?<!\w)(?:(?:and|then|or)\s+)?{_AT}{_AMOUNT}\s*,?\s*(?:if\s+redeemed\s+)?{_ON}\s+(?P<date>{DATE})", re.IGNORECASE
)
_REDUCTION = re.compile(
    rf"(?:,?\s*(?:which\s+will\s+be\s+)?(?:reduced|declining|decreasing|stepping\s+down|less)\s+(?:by\s+)?"
    rf"(?:an\s+annual\s+reduction\s+of\s+)?(?P<percent>{PERCENT})(?:\s+(?:annually|each\s+year|(?:on\s+)?each\s+anniversary"
    r"(?:\s+(?:of\s+that\s+date|thereafter))?|per\s+year|a\s+year|every\s+year))?"
    r"(?:\s+thereafter)?(?:,?\s+(?:until\s+(?:the\s+price\s+(?:is|equals)\s+)?|to\s+)(?:par|100(?:\.0+)?\s*%))?)",
    re.IGNORECASE,
)
_SPREAD = rf"(?:(?P<points>\d{{1,3}}(?:\.\d{{1,3}})?)\s*(?:basis\s+points|bps?)|(?P<spread>{PERCENT}))"
_MAKE_WHOLE = re.compile(
    r"(?:(?:at\s+)?(?:a\s+)?(?:redemption\s+)?(?:price\s+)?(?:equal\s+to\s+)?(?:the\s+)?greater\s+of[^.;]{0,400}?"
    r"|make\s*-?\s*whole(?:\s+(?:call|redemption|price))?[^.;]{0,160}?)"
    rf"(?:treasury(?:\s+(?:rate|yield))?|\bT)\s*(?:plus|\+)\s*{_SPREAD}",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    rf"(?:(?:at\s+any\s+time\s+)?(?:prior\s+to|before|until)|to\s*,?\s*but\s+excluding)\s*,?\s*(?P<date>{DATE})"
    r"(?:\s*,?\s*\(?the\s+\"?par\s+call\s+date\"?\)?)?(?:\s*,?\s*(?:and\s+)?then)?",
    re.IGNORECASE,
)


def take_make_whole(clipping: Clipping) -> MakeWhole | None:
    """Clip a make-whole price out of a sentence: its spread in per cent a year, and the day it ends."""
    found = clipping.take(_MAKE_WHOLE)
    if not found:
        return None
    spread = hundredths(Decimal(found["points"])) if found["points"] else read_percent(found["spread"])
    until = clipping.take(_UNTIL)
    return MakeWhole(spread=spread, until=read_date(until["date"]) if until else None)


def take_prices(clipping: Clipping) -> tuple[Decimal | None, date | None, tuple[PriceStep, ...], list[str]]:
    """Clip the price, the first call date where it stands with it, and the prices that follow.

    What cannot be made sense of is said in the last of the four.
    """
    priced: list[tuple[Decimal, date | None]] = []
    while found := clipping.take(_PRICED):
        priced.append((_price(found), read_date(found["date"])))
    reduction = clipping.take(_REDUCTION)
    if not priced:
        alone = clipping.take(_PRICE)
        if reduction:
            return None, None, (), ["a price that is reduced each year, from no date"]
        return (_price(alone) if alone else None), None, (), []
    if any(on is None for _, on in priced):
        return None, None, (), ["a call date that does not exist"]
    dated = [(price, on) for price, on in priced if on]
    (price, first_on), *later = dated
    if reduction:
        return price, first_on, _reduced(price, first_on, read_percent(reduction["percent"])), []
    same = [step for step in later if step == (price, first_on)]
    steps = tuple(PriceStep(from_on=on, price=each) for each, on in later if (each, on) not in same)
    if any(later_on <= earlier_on for (_, earlier_on), (_, later_on) in pairwise(dated) if steps):
        return None, None, (), [f"prices from dates that do not follow one another: {[str(on) for _, on in dated]}"]
    return price, first_on, steps, []


def _price(found: re.Match[str]) -> Decimal:
    return read_percent(found["percent"]) if found["percent"] else PAR


def _reduced(price: Decimal, first_on: date, reduction: Decimal) -> tuple[PriceStep, ...]:
    """Step a price down each year, on the first call date's day, until it is par."""
    steps: list[PriceStep] = []
    while reduction > 0 and price > PAR:
        price = max(PAR, minus(price, reduction))
        steps.append(PriceStep(from_on=add_months(first_on, 12 * (len(steps) + 1)), price=price))
    return tuple(steps)
