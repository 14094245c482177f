"""When survivors are repaid, and at what, in columns: `clauses/repayment.py` for many requests at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rules_engine.batch.day_counts import DAYS_OF_A_YEAR, days_between
from rules_engine.batch.days import NOT_COVERED, Days, Mask, Whole, day_of, used
from rules_engine.batch.notes import DAY_COUNTS
from rules_engine.batch.questions import LONGEST
from rules_engine.batch.shelf import Shelf
from rules_engine.clauses import SURVIVORS_OPTION
from rules_engine.deciding.establishing import FAULTS
from rules_engine.host.cases import Prepared
from rules_engine.host.read_only import ReadOnly
from rules_engine.model.note_words import Convention
from rules_engine.rulebook.option_terms import OptionTerms, RepaidOn


@dataclass(slots=True, kw_only=True)
class Repaid:
    """How each request is repaid if it is accepted; one that is not `carried` has to be worked out by itself.

    `part` and `of` are the interest on one cent; `price` is the number of what is paid in per cent, `price_part` and
    `price_of` the same as a fraction. `period` is the interest period, `rate_known` whether its rate is set.
    """

    carried: Mask
    due_on: Days
    pay_on: Days
    part: Whole
    of: Whole
    price: Whole
    price_part: Whole
    price_of: Whole
    period: Whole
    rate_known: Mask


class Repayments:
    """Works repayments out on the schedules of notes."""

    def __init__(self, host: ReadOnly, shelf: Shelf) -> None:
        self._host = host
        self._shelf = shelf
        self._prices: dict[tuple[int, int], tuple[int, int, int] | None] = {}

    def of(self, note: Whole, counts_from: Days, terms: OptionTerms) -> Repaid:
        """Work out the repayment of requests under one set of terms, were they accepted on the days they count from."""
        shelf = self._shelf
        earliest = counts_from + terms.days_after_acceptance
        on_interest_date = terms.repaid_on is RepaidOn.INTEREST_DATE
        carried: Mask = shelf.periods.carried[note].copy()
        by_interest = np.full(len(note), on_interest_date) & ~(on_interest_date & shelf.columns.no_interest[note])
        if on_interest_date and terms.repaid_without_interest_dates is None:
            carried &= by_interest
        places = np.where(carried, note, -1)
        due_on, pay_on, period, part, of = (np.zeros(len(note), dtype="int64") for _ in range(5))
        of += 1
        some = np.flatnonzero(carried & by_interest)
        self._on_interest_dates(places[some], earliest[some], some, due_on, pay_on, period)
        some = np.flatnonzero(carried & ~by_interest)
        off = self._on_business_days(places[some], earliest[some], some, due_on, pay_on, period, carried)
        periods, rates = shelf.periods, shelf.kept.rates
        rate = np.where(carried, periods.rate[period], -1) if len(periods.rate) else np.full(len(note), -1)
        if len(periods.part):
            part[:], of[:] = periods.part[period], np.maximum(periods.of[period], 1)
        self._partly(off, due_on, period, part, of, carried)
        price = np.full(len(note), rates.number(terms.price), dtype="int64")
        price_part, price_of = (np.full(len(note), each, dtype="int64") for each in terms.price.as_integer_ratio())
        for place in np.flatnonzero(carried & shelf.columns.discounted[note]):
            found = self._early_price(int(note[place]), int(due_on[place]), terms)
            carried[place] = found is not None
            if found is not None:
                price[place], price_part[place], price_of[place] = found
        numerators, denominators = rates.numerators[rate], rates.denominators[rate]
        return Repaid(
            carried=carried & (pay_on != NOT_COVERED),
            due_on=due_on,
            pay_on=pay_on,
            part=part * numerators,
            of=of * denominators * 100,
            price=price,
            price_part=price_part,
            price_of=price_of,
            period=period,
            rate_known=rate >= 0,
        )

    def _on_interest_dates(
        self, note: Whole, earliest: Days, some: Whole, due_on: Days, pay_on: Days, period: Whole
    ) -> None:
        """Repay on the first interest date; on the printed maturity where none is left before it."""
        shelf = self._shelf
        if not len(some):
            return
        place = shelf.first_ending(note, earliest)
        ends = shelf.periods.end[place]
        is_maturity = (ends == shelf.periods.matures[note]) | (ends == shelf.columns.maturity[note])
        due_on[some] = np.where(is_maturity, shelf.columns.maturity[note], ends)
        period[some] = place
        pay_on[some] = shelf.periods.pay_on[place]
        late = np.flatnonzero(is_maturity)
        pay_on[some[late]] = self._paid_at_maturity(note[late])

    def _on_business_days(
        self,
        note: Whole,
        earliest: Days,
        some: Whole,
        due_on: Days,
        pay_on: Days,
        period: Whole,
        carried: Mask,
    ) -> Whole:
        """Repay on the first business day; gives the rows whose interest is that of a part of a period."""
        shelf = self._shelf
        if not len(some):
            return some
        maturity = shelf.columns.maturity[note]
        following = earliest.copy()
        of_terms = shelf.columns.terms[note]
        for number in used(of_terms):
            own = of_terms == number
            following[own] = shelf.terms[number].business_days.adjusted(earliest[own], Convention.FOLLOWING)
        is_late = earliest >= maturity
        carried[some] &= is_late | (following != NOT_COVERED)
        due = np.where(is_late, maturity, np.minimum(following, maturity))
        is_maturity = (due == maturity) | (due == shelf.periods.matures[note])
        place, accrues = shelf.accruing(note, due)
        scheduled, is_due = shelf.period_ending(note, due)
        last = shelf.periods.first[note] + shelf.periods.count[note] - 1
        place = np.where(is_maturity, last, np.where(is_due, scheduled, place))
        carried[some] &= is_maturity | is_due | accrues
        due_on[some], period[some] = due, place
        pay_on[some] = np.where(is_maturity, self._paid_at_maturity(note), due)
        return some[~is_maturity & ~is_due]

    def _paid_at_maturity(self, note: Whole) -> Days:
        """Give the day cash moves for each note's maturity."""
        shelf = self._shelf
        maturity = shelf.columns.maturity[note]
        paid = maturity.copy()
        of_terms = shelf.columns.terms[note]
        for number in used(of_terms):
            terms, own = shelf.terms[number], of_terms == number
            paid[own] = terms.business_days.adjusted(maturity[own], terms.schedule.terms.maturity_convention)
        return paid

    def _partly(self, rows: Whole, due_on: Days, period: Whole, part: Whole, of: Whole, carried: Mask) -> None:
        """Count the part of a year from the start of a period to a day within it; `actual/actual ICMA` not here."""
        if not len(rows):
            return
        periods = self._shelf.periods
        place, due = period[rows], due_on[rows]
        whole = due == periods.accrues_to[place]
        kinds = periods.day_count[place]
        for number in used(kinds):
            kind, own = DAY_COUNTS[number], (kinds == number) & ~whole
            if kind not in DAYS_OF_A_YEAR:
                carried[rows[own]] = False
                continue
            part[rows[own]] = days_between(kind, periods.accrues_from[place[own]], due[own])
            of[rows[own]] = DAYS_OF_A_YEAR[kind]

    def _early_price(self, note: int, due_on: int, terms: OptionTerms) -> tuple[int, int, int] | None:
        """Give a discount note's price on a day, worked out by the definition once for each note and day."""
        key = (note, due_on)
        if key not in self._prices:
            self._prices[key] = self._worked_out(note, due_on, terms)
        return self._prices[key]

    def _worked_out(self, note: int, due_on: int, terms: OptionTerms) -> tuple[int, int, int] | None:
        prepared = self._host.prepared(self._shelf.notes[note].cusip, SURVIVORS_OPTION)
        if not isinstance(prepared, Prepared):
            return None
        try:
            price = prepared.schedule.early_price(day_of(due_on), terms.price)
        except FAULTS:
            return None
        part, of = price.as_integer_ratio()
        return None if max(part, of * 100) >= LONGEST else (self._shelf.kept.rates.number(price), part, of)
