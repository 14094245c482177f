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
from rules_engine.supplements.patterns import pattern
from rules_engine.supplements.values import DATE, PERCENT, read_date, read_percent

PAR = Decimal(100)

_OF_PRINCIPAL = (
    r"(?: of (?:the |their |its )?(?:aggregate )?(?:principal(?: amount)?|par|face)"
    r"(?: (?:of|per) (?:the |such )?[^,.;]{1,60}?(?=~,| plus| upon|~$)| thereof)?)?"
)
_AMOUNT = rf"(?:(?P<percent>{PERCENT}){_OF_PRINCIPAL}|(?P<par>par)|\$1,000 per note)"
_AT = r"(?:at )?(?:a |the )?(?:(?:redemption |call )?price (?:equal to|of) )?"
_PRICE = pattern(rf"(?<!\w){_AT}{_AMOUNT}(?!\w)")
_ON = r"(?:on (?:or|and) after|on|from|beginning(?: on)?|starting(?: on)?|commencing(?: on)?|occurring)"
_PRICED = pattern(rf"(?<!\w)(?:(?:and|then|or) )?{_AT}{_AMOUNT}~,?~(?:if redeemed )?{_ON} (?P<date>{DATE})")
_REDUCTION = pattern(
    rf"(?:,?~(?:which will be )?(?:reduced|declining|decreasing|stepping down|less) (?:by )?"
    rf"(?:an annual reduction of )?(?P<percent>{PERCENT})(?: (?:annually|each year|(?:on )?each anniversary"
    r"(?: (?:of that date|thereafter))?|per year|a year|every year))?"
    r"(?: thereafter)?(?:,? (?:until (?:the price (?:is|equals) )?|to )(?:par|100(?:\.0{1,6})?~%))?)",
)
_SPREAD = rf"(?:(?P<points>\d{{1,3}}(?:\.\d{{1,3}})?)~(?:basis points|bps?)|(?P<spread>{PERCENT}))"
_MAKE_WHOLE = pattern(
    r"(?:(?:at )?(?:a )?(?:make~-?~whole )?(?:redemption )?(?:price )?(?:equal to )?(?:the )?greater"
    r" of~:?[^\t\n]{0,900}?"
    r"|make~-?~whole(?: (?:call|redemption|price|amount))?[^\t\n]{0,240}?)"
    rf"(?:(?:applicable )?treasury(?: (?:rate|yield))?|\bT)(?:~\(as defined[^()]{{0,60}}\))?~,?~(?:plus"
    rf"|\+)~(?:a spread of )?{_SPREAD}"
)
_UNTIL = pattern(
    rf"(?:(?:prior to|before|until)|to~,?~but excluding)~,?~(?P<date>{DATE})"
    r"(?:~,?~\(?(?:the )?\"?par call date\"?\)?)?(?:~,?~(?:and )?then)?"
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
