"""What a sheet says of rates that follow one another: each rate, from which day and to which it is paid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from rules_engine.model.notes import CouponStep
from rules_engine.supplements.clipping import Clipping
from rules_engine.supplements.patterns import one_line, pattern, shortened
from rules_engine.supplements.values import DATE, PERCENT, read_date, read_percent

_MOST_RATE = 30
"""In per cent; above it stands a price."""
_ISSUE = (
    r"(?:the )?(?:original )?(?:issue|settlement|closing|issuance) date(?: of the notes)?"
    r"|(?:the )?date of (?:issue|issuance)"
)
_MATURITY = r"(?:the )?(?:(?:stated |scheduled )?maturity(?: date)?|date of maturity)"
_TOKEN = pattern(
    rf"(?P<rate>{PERCENT})"
    rf"|(?<!\w)(?P<span>(?:from )?(?P<span_from>{DATE})~(?P<span_to_word>to|through|until|-)"
    rf"(?P<span_included>~,?~\(?and including\)?)?(?P<span_excluded>~,?~\(?but (?:excluding|not including)\)?)?~,?~"
    rf"(?:(?P<span_maturity>{_MATURITY})|(?P<span_to>{DATE})))"
    r"|(?<!\w)(?P<from>(?:(?:for|during) the period )?(?:from|on|beginning|starting|commencing|effective)(?: on| from)?"
    rf"(?:~\(?and including\)?| and after| or after)?~,?~(?:(?P<from_issue>{_ISSUE})|(?P<from_date>(?:the )?{DATE})))"
    r"|(?<!\w)(?P<to>(?:to|until|up to|through)(?P<included>~,?~\(?and including\)?)?"
    r"(?:~,?~\(?but (?:excluding|not including)\)?)?~,?~"
    rf"(?:(?P<to_maturity>{_MATURITY})|(?P<to_date>(?:the )?{DATE})))"
    r"|(?<!\w)(?P<thereafter>(?:and )?(?:thereafter|(?:at|to|until) maturity))(?!\w)"
)
_THROUGH = re.compile(r"\s{0,2}through", re.IGNORECASE)
_FILLER = pattern(
    r"(?:[ \t\n,;:*()-]|and|then|at|of|per annum|per year|a year|the|rate|coupon|notes?|initial|initially"
    r"|interest|steps?"
    r"|stepped|up|to|increases?|increasing|will|be|is|bear|pay|accrues?|in|years?|\d{1,2}(?:-\d{1,2})?(?=~[:,])"
    r"|unless (?:previously )?(?:called|redeemed)|if not (?:previously )?(?:called|redeemed)|for|(?<=\s)p\.a\.){0,40}$"
)
_LEAD = pattern(
    r"(?:\*{1,3}[^*\t\n]{0,60}\*{1,3}~)?(?:the )?(?:initial )?(?:coupon|interest|rate)(?: rate)?~(?:is|of|:|will be)?~$"
)
_STEPS = re.compile(r"\bstep|\bincreas", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatePeriod:
    """A yearly rate in per cent, from a day, included, to a day, excluded.

    `from_on` is None for the day interest starts, or where it is the end before; `to_on` for maturity, or where
    nothing is said. `is_from_issue` and `is_to_maturity` say which of the two was said, `may_be_included` that the end
    may be the last day of the period: `June 15, 2011 to June 14, 2013`.
    """

    rate: Decimal
    from_on: date | None = None
    to_on: date | None = None
    is_from_issue: bool = False
    is_to_maturity: bool = False
    may_be_included: bool = False

    def ends_on(self, day: date) -> bool:
        """Tell whether a period ends on a day, that day excluded."""
        if self.to_on is None:
            return False
        return self.to_on == day or (self.may_be_included and self.to_on + timedelta(days=1) == day)


@dataclass(slots=True)
class CouponPeriods:
    """The rates that follow one another, in their order, and the words they come from."""

    periods: tuple[RatePeriod, ...] = ()
    words: str = ""
    doubts: list[str] = field(default_factory=list)

    @property
    def initial(self) -> Decimal | None:
        """The rate that interest starts with; None where only later ones are named."""
        first = self.periods[0] if self.periods else None
        return first.rate if first and first.from_on is None else None

    def starting(self, accrues_from: date) -> CouponPeriods:
        """Take the first rate, where it is said to be paid from the day interest starts, for the initial one."""
        if self.periods and self.periods[0].from_on == accrues_from:
            first = replace(self.periods[0], from_on=None, is_from_issue=True)
            return CouponPeriods((first, *self.periods[1:]), self.words, self.doubts)
        return self

    @property
    def steps(self) -> tuple[CouponStep, ...]:
        """The rates after the initial one, each with the day it starts."""
        return tuple(CouponStep(from_on=each.from_on, coupon=each.rate) for each in self.periods if each.from_on)

    def gaps(self, maturity: date | None) -> list[str]:
        """Say where the periods do not follow one another up to maturity."""
        said = [
            f"one rate ends on {earlier.to_on}, the next starts on {later.from_on}"
            for earlier, later in pairwise(self.periods)
            if earlier.to_on and later.from_on and not earlier.ends_on(later.from_on)
        ]
        said += [
            f"one rate ends at maturity, the next starts on {later.from_on}"
            for earlier, later in pairwise(self.periods)
            if earlier.is_to_maturity
        ]
        starts = [each.from_on for each in self.periods if each.from_on]
        said += [
            f"the rate from {later} does not come after the one from {earlier}"
            for earlier, later in pairwise(starts)
            if later <= earlier
        ]
        last = self.periods[-1]
        if maturity and last.to_on and not last.ends_on(maturity):
            said.append(f"the last rate ends on {last.to_on}, but the note matures on {maturity}")
        return said


@dataclass(slots=True)
class _Group:
    rate: re.Match[str]
    spans: list[re.Match[str]]


def take_coupon_periods(clipping: Clipping, *, is_named: bool = False) -> CouponPeriods:
    """Clip what is said of rates that follow one another out of a text: the first chain of rates and their days.

    What `is_named` as the rate of interest may also be a single one, with the days it is paid from and to.
    """
    for chain in _chains(clipping.rest):
        rates = [token for token in chain if token["rate"]]
        spans = [token for token in chain if token["from"] or token["to"] or token["span"]]
        start, end = chain[0].start(), chain[-1].end()
        lead = _LEAD.search(clipping.rest, max(0, start - 120), start)
        steps = _STEPS.search(clipping.rest, max(0, start - 40), end)
        if not spans or not (len(rates) > 1 or steps or is_named):
            continue
        words = clipping.cut(lead.start() if lead else start, end)
        return _periods(chain, one_line(words))
    return CouponPeriods()


def _chains(text: str) -> list[list[re.Match[str]]]:
    """Find the rates and days that only words between them part which say nothing else."""
    chains: list[list[re.Match[str]]] = []
    end = 0
    for token in _TOKEN.finditer(text):
        if token["rate"] and read_percent(token["rate"]) > _MOST_RATE:
            end = -1
            continue
        if chains and end >= 0 and token.start() - end < 120 and _FILLER.match(text[end : token.start()]):
            chains[-1].append(token)
        else:
            chains.append([token])
        end = token.end()
    return [chain for chain in chains if any(token["rate"] for token in chain)]


def _periods(chain: Sequence[re.Match[str]], words: str) -> CouponPeriods:
    found = CouponPeriods(words=words)
    groups = _groups(chain)
    if groups is None:
        found.doubts.append(f'the rates and their periods are not understood: "{shortened(words)}"')
        return found
    periods: list[RatePeriod] = []
    if any(token["span"] for token in chain) and not all(group.spans for group in groups):
        found.doubts.append(f'of some rates the period is not said: "{shortened(words)}"')
        return found
    for group in groups:
        period, doubt = _period(group, periods)
        if doubt:
            found.doubts.append(f'{doubt}: "{shortened(words)}"')
            return found
        periods.append(period)
    found.periods = tuple(periods)
    return found


def _groups(chain: Sequence[re.Match[str]]) -> list[_Group] | None:
    """Put each rate with its days, which all stand behind their rates or all before them."""
    groups: list[_Group] = []
    if chain[0]["rate"]:
        for token in chain:
            if token["rate"]:
                groups.append(_Group(token, []))
            else:
                groups[-1].spans.append(token)
        return groups
    waiting: list[re.Match[str]] = []
    for token in chain:
        if token["rate"]:
            groups.append(_Group(token, waiting))
            waiting = []
        else:
            waiting.append(token)
    return None if [token for token in waiting if not token["thereafter"]] else groups


def _period(group: _Group, before: Sequence[RatePeriod]) -> tuple[RatePeriod, str]:
    period = RatePeriod(rate=read_percent(group.rate["rate"]))
    whole = [each for each in group.spans if each["span"]]
    if whole:
        return _spanned(period, whole[0]) if len(group.spans) == 1 else (period, "a rate has more than one period")
    starts = [each for each in group.spans if each["from"]]
    ends = [each for each in group.spans if each["to"]]
    thereafter = any(each["thereafter"] for each in group.spans)
    if len(starts) > 1 or len(ends) > 1:
        return period, "a rate has more than one period"
    if starts and starts[0]["from_issue"]:
        period = replace(period, is_from_issue=True)
    elif starts:
        day = read_date(starts[0]["from_date"].lower().removeprefix("the "))
        if day is None:
            return period, f'"{starts[0]["from_date"]}" is not a day that exists'
        period = replace(period, from_on=day)
    elif before and before[-1].to_on:
        period = replace(period, from_on=before[-1].to_on)
    if before and period.from_on is None:
        return period, "it is not said from which day a later rate is paid"
    if (ends and ends[0]["to_maturity"]) or (thereafter and not ends):
        period = replace(period, is_to_maturity=bool(ends))
    elif ends:
        day = read_date(ends[0]["to_date"].lower().removeprefix("the "))
        if day is None:
            return period, f'"{ends[0]["to_date"]}" is not a day that exists'
        is_included = bool(ends[0]["included"]) or bool(_THROUGH.match(ends[0]["to"]))
        period = replace(period, to_on=day + timedelta(days=1) if is_included else day)
    return period, ""


def _spanned(period: RatePeriod, span: re.Match[str]) -> tuple[RatePeriod, str]:
    """Give a rate the period that is written from one day to another."""
    from_on = read_date(span["span_from"])
    if from_on is None:
        return period, f'"{span["span_from"]}" is not a day that exists'
    if span["span_maturity"]:
        return replace(period, from_on=from_on, is_to_maturity=True), ""
    to_on = read_date(span["span_to"])
    if to_on is None:
        return period, f'"{span["span_to"]}" is not a day that exists'
    if span["span_included"] or span["span_to_word"].lower() == "through":
        return replace(period, from_on=from_on, to_on=to_on + timedelta(days=1)), ""
    return replace(period, from_on=from_on, to_on=to_on, may_be_included=not span["span_excluded"]), ""
