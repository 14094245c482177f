"""What notes pay on days: each question answered once, whoever asks it for however much.

A question is a note, a day, a kind of payment, and whether it is dated before the latest event on record. Its rules are
matched in columns; of the questions whose rules come to the same, one is decided as it would be by itself, and says
what is said of all. Where more than rules can tell questions apart (rates and prices that the ledger or a formula
gives, notices on record) each question is decided by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from rules_engine.batch.answers import Said, Words, said_of
from rules_engine.batch.conditions import NO, FactColumn, States, patterns, states_of
from rules_engine.batch.days import FIRST_DAY, NOT_COVERED, Days, Mask, Whole, day_of, number_of, used
from rules_engine.batch.notes import Terms
from rules_engine.batch.shelf import Shelf, at
from rules_engine.clauses.payment_days import price_of
from rules_engine.dates.record_dates import record_date
from rules_engine.dates.redemptions import is_call_date
from rules_engine.deciding.case import PaymentCase
from rules_engine.deciding.deciding import NOTHING_BESIDES
from rules_engine.deciding.schedule import WHOEVER_GETS_THE_PRINCIPAL, Schedule
from rules_engine.host import Host
from rules_engine.host.cases import Opened
from rules_engine.host.opening import Scheduled
from rules_engine.model.codes import OURS, Code
from rules_engine.model.decisions import Decision
from rules_engine.model.event_words import PaymentKind
from rules_engine.model.events import PaymentDue
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Missing
from rules_engine.rulebook.rules import Rule

KINDS = tuple(PaymentKind)
INTEREST, MATURITY, REDEMPTION, REPAYMENT = map(KINDS.index, PaymentKind)

PAR = Decimal(100)

ONE_NOTE = Money.parse("1000.00")
"""The principal a question is decided on; what is said of it does not depend on how much it is."""

LONGEST = 2**61
"""Fractions of longer numbers are left to the way line by line."""

_OF_AMOUNTS = OURS | {Code.AMOUNT_NOT_KNOWN}
"""What is found where an amount cannot be worked out: it says nothing of other days."""

IN_COLUMNS = frozenset(
    {
        "kind of payment",
        "due date",
        "due date is an interest date",
        "due date is the maturity date",
        "due date is a call date",
        "redemption terms are known",
        "due date is a business day",
        "note was redeemed before",
        "rate of interest",
        "price paid",
    }
)
"""The facts that columns work out; a rule set that asks for others has its questions decided one by one."""


@dataclass(slots=True, kw_only=True)
class Answered:
    """Answers to questions. Of each: what is `saying`, by its number in `said`; and, where it `is_paid`, when and how.

    `part` and `of` are the interest on one cent of principal, `price_part` and `price_of` the price in per cent, and
    `price` its number; `interest_goes` is a number in `interest_to`. A question that is not `carried` has to be
    answered row by row.
    """

    carried: Mask
    said: list[Said]
    saying: Whole
    is_paid: Mask
    due_on: Days
    pay_on: Days
    part: Whole
    of: Whole
    price: Whole
    price_part: Whole
    price_of: Whole
    only_interest: Mask
    interest_to: list[str]
    interest_goes: Whole


class Questions:
    """Answers questions about notes by a host's rule book, on the standing of its ledger as it is."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self.shelf = Shelf(host)
        self._said = Words()
        self._patterns: dict[tuple[object, ...], Decision] = {}
        self._by_itself: dict[int, tuple[Decision, _Amounts | None]] = {}
        self._latest: dict[str, int] = {}

    def answered(self, note: Whole, due_on: Days, kind: Whole, received_on: Days) -> tuple[Answered, Whole]:
        """Answer questions given row by row; gives each distinct one's answer, and for each row which one is its."""
        dated = received_on < self._latest_received(note)
        keys = (at(note, due_on) * len(KINDS) + kind) * 2 + dated
        distinct, first, places = np.unique(keys, return_index=True, return_inverse=True)
        asked = _Asked(
            keys=distinct, note=note[first], due_on=due_on[first], kind=kind[first], received_on=received_on[first]
        )
        return self._answers(asked), places

    def _latest_received(self, note: Whole) -> Days:
        """Give the latest day of any event on each note's programme; a day before all where there is none."""
        programmes = [each.programme for each in self.shelf.notes]
        for programme in {*programmes} - self._latest.keys():
            latest = self._host.ledger.standing(programme).latest_received_on
            self._latest[programme] = FIRST_DAY if latest is None else number_of(latest)
        by_note = np.array([self._latest[programme] for programme in programmes], dtype="int64")
        found: Days = by_note[note]
        return found

    def _answers(self, asked: _Asked) -> Answered:
        count = len(asked.keys)
        answered = Answered(
            carried=np.ones(count, dtype="bool"),
            said=self._said.said,
            saying=np.zeros(count, dtype="int64"),
            is_paid=np.zeros(count, dtype="bool"),
            interest_to=[""],
            **{
                name: np.zeros(count, dtype="int64")
                for name in ("due_on", "pay_on", "part", "price", "price_part", "interest_goes")
            },
            of=np.ones(count, dtype="int64"),
            price_of=np.ones(count, dtype="int64"),
            only_interest=asked.kind == INTEREST,
        )
        by_itself = self._tell_apart(asked)
        shelf = self.shelf
        of_terms = np.where(by_itself, -1, shelf.columns.terms[asked.note])
        for number in used(of_terms[of_terms >= 0]):
            some = np.flatnonzero(of_terms == number)
            by_itself[some] = self._by_rules(shelf.terms[number], asked, some, answered)
        destinations = Words()
        destinations.number("")
        for place in np.flatnonzero(by_itself):
            self._decide_by_itself(asked, int(place), answered, destinations)
        answered.interest_to = destinations.said
        self._destinations(asked, answered, ~by_itself & answered.is_paid, destinations)
        return answered

    def _tell_apart(self, asked: _Asked) -> Mask:
        """Tell which questions rules alone do not answer: each of them is decided by itself."""
        shelf = self.shelf
        called = np.array([self._is_called(place) for place in range(len(shelf.notes))], dtype="bool")
        found: Mask = (asked.kind == REDEMPTION) | ~shelf.periods.carried[asked.note] | called[asked.note]
        return found

    def _is_called(self, number: int) -> bool:
        note = self.shelf.notes[number]
        return note.cusip in self._host.ledger.standing(note.programme).calls

    def _by_rules(self, terms: Terms, asked: _Asked, some: Whole, answered: Answered) -> Mask:
        """Answer questions under one set of terms in columns; tells which of them have to be decided by themselves."""
        shelf, plan = self.shelf, terms.prepared.plan
        own = {name for name, _ in plan.facts}
        if not own <= IN_COLUMNS:
            return np.ones(len(some), dtype="bool")
        note, due_on, kind = asked.note[some], asked.due_on[some], asked.kind[some]
        period, is_due = shelf.period_ending(note, due_on)
        is_maturity = (due_on == shelf.columns.maturity[note]) | (due_on == shelf.periods.matures[note])
        period = np.where(is_maturity, shelf.periods.first[note] + shelf.periods.count[note] - 1, period)
        is_due |= is_maturity
        rate = np.where(is_due, shelf.periods.rate[np.minimum(period, len(shelf.periods.rate) - 1)], -1)
        unsure = is_due & (rate < 0)
        if "rate of interest" in own:
            unsure |= ~is_due
        if "due date is a business day" in own:
            unsure |= ~terms.business_days.covers(due_on)
        facts = self._facts(own, terms, note, due_on, kind, is_due, is_maturity, rate)
        states = states_of(plan.compared, facts, len(some))
        dated = asked.keys[some] % 2
        numbers, examples = patterns(states, [dated, kind, is_due.astype("int64")])
        decisions = [
            self._decided(
                (terms.number, states[:, each].tobytes(), *(int(column[each]) for column in (dated, kind, is_due))),
                asked,
                int(some[each]),
            )
            for each in examples
        ]
        agrees = np.array(
            [
                _as_matched(decision, states[:, example], plan.rule_set.rules)
                for decision, example in zip(decisions, examples, strict=True)
            ],
            dtype="bool",
        )
        said = np.array([self._said.number(said_of(decision)) for decision in decisions], dtype="int64")
        is_paid = np.array([decision.payment is not None for decision in decisions], dtype="bool")[numbers]
        rests_on_amounts = np.array(
            [bool(each.payment or each.codes & _OF_AMOUNTS) for each in decisions], dtype="bool"
        )
        unsure |= ~agrees[numbers] | (rests_on_amounts[numbers] & ~is_due)
        answered.saying[some] = said[numbers]
        answered.is_paid[some] = is_paid
        answered.due_on[some] = np.where((kind != INTEREST) & is_maturity, shelf.columns.maturity[note], due_on)
        at_maturity = is_maturity | (kind == MATURITY)
        convention = terms.schedule.terms.maturity_convention
        pay_on = shelf.periods.pay_on[np.minimum(period, len(shelf.periods.pay_on) - 1)]
        answered.pay_on[some] = np.where(at_maturity, terms.business_days.adjusted(due_on, convention), pay_on)
        unsure |= is_paid & (answered.pay_on[some] == NOT_COVERED)
        rates = shelf.kept.rates
        answered.part[some] = rates.numerators[rate] * shelf.periods.part[period % max(len(shelf.periods.part), 1)]
        answered.of[some] = np.maximum(
            rates.denominators[rate] * shelf.periods.of[period % max(len(shelf.periods.of), 1)] * 100, 1
        )
        answered.price[some], answered.price_part[some] = rates.number(PAR), 100
        return unsure

    def _facts(
        self,
        own: set[str],
        terms: Terms,
        note: Whole,
        due_on: Days,
        kind: Whole,
        is_due: Mask,
        is_maturity: Mask,
        rate: Whole,
    ) -> dict[str, FactColumn]:
        """Work out, in columns, the facts that rules on payment days look at."""
        shelf = self.shelf
        count = len(note)
        rates = [Decimal(text) for text in shelf.kept.rates.texts]
        known = {
            "kind of payment": lambda: FactColumn(kind=Kind.WORD, values=kind, among=[str(each) for each in KINDS]),
            "due date": lambda: FactColumn(kind=Kind.DATE, values=due_on),
            "due date is an interest date": lambda: _yes_no(
                is_due & ~((kind == INTEREST) & shelf.columns.no_interest[note])
            ),
            "due date is the maturity date": lambda: _yes_no(is_maturity),
            "due date is a call date": lambda: _yes_no(self._call_dates(note, due_on)),
            "redemption terms are known": lambda: _yes_no(
                np.array([each.redemption_known for each in shelf.notes], dtype="bool")[note]
            ),
            "due date is a business day": lambda: _yes_no(terms.business_days.is_business_day(due_on)),
            "note was redeemed before": lambda: _yes_no(np.zeros(count, dtype="bool")),
            "rate of interest": lambda: FactColumn(kind=Kind.PERCENT, values=np.maximum(rate, 0), among=rates),
            "price paid": lambda: FactColumn(kind=Kind.PERCENT, values=np.zeros(count, dtype="int64"), among=[PAR]),
        }
        return {name: known[name]() for name in own}

    def _call_dates(self, note: Whole, due_on: Days) -> Mask:
        """Tell which days a note may be called for; of a note without a call none is."""
        found = np.zeros(len(note), dtype="bool")
        can_be_called = np.array([each.call is not None for each in self.shelf.notes], dtype="bool")
        for place in np.flatnonzero(can_be_called[note]):
            own = self.shelf.notes[note[place]]
            schedule = self._schedule(own.cusip)
            if own.call is not None and schedule is not None:
                found[place] = is_call_date(
                    own.call,
                    day_of(due_on[place]),
                    coupon_dates=schedule.interest_dates,
                    maturity=schedule.called_before,
                    calendar=schedule.calendar,
                    roll_day=own.roll_day,
                )
        return found

    def _decided(self, key: tuple[object, ...], asked: _Asked, place: int) -> Decision:
        """Decide one of the questions whose rules come to the same, once."""
        if key not in self._patterns:
            self._patterns[key] = self._decide(asked.event(self.shelf, place))
        return self._patterns[key]

    def _decide(self, event: PaymentDue) -> Decision:
        standing = self._host.ledger.standing(self._host.programme_of(event))
        (answer,) = self._host.decide(event, standing)
        return answer.decision

    def _decide_by_itself(self, asked: _Asked, place: int, answered: Answered, destinations: Words) -> None:
        """Decide one question, and work out what it pays by the definition."""
        key = int(asked.keys[place])
        if key not in self._by_itself:
            event = asked.event(self.shelf, place)
            decision = self._decide(event)
            self._by_itself[key] = (decision, None if decision.payment is None else self._amounts(event))
        decision, amounts = self._by_itself[key]
        answered.saying[place] = self._said.number(said_of(decision))
        payment = decision.payment
        answered.is_paid[place] = payment is not None
        if payment is None:
            return
        if amounts is None:
            answered.carried[place] = False
            return
        answered.due_on[place], answered.pay_on[place] = number_of(payment.due_on), number_of(payment.pay_on)
        answered.part[place], answered.of[place] = amounts.interest.as_integer_ratio()
        answered.price_part[place], answered.price_of[place] = amounts.price.as_integer_ratio()
        answered.price[place] = self.shelf.kept.rates.number(payment.price)
        answered.interest_goes[place] = destinations.number(payment.interest_to)

    def _amounts(self, event: PaymentDue) -> _Amounts | None:
        """Give what a question pays on each cent; None where that is no fraction columns can hold."""
        standing = self._host.ledger.standing(self._host.programme_of(event))
        opened = self._host.cases.payment(event, standing, NOTHING_BESIDES, principal=ONE_NOTE)
        assert isinstance(opened, Opened)
        assert isinstance(opened.case, PaymentCase)
        price, rate = price_of(opened.case), opened.case.schedule.rate(event.due_on)
        if isinstance(price, Missing) or isinstance(rate, Missing):
            return None
        interest = Fraction(rate) / 100 * opened.case.schedule.part_of_year(event.due_on)
        exact = Fraction(price)
        longest = max(interest.numerator, interest.denominator, exact.numerator, exact.denominator * 100)
        return None if longest >= LONGEST else _Amounts(interest=interest, price=exact)

    def _destinations(self, asked: _Asked, answered: Answered, some: Mask, destinations: Words) -> None:
        """Say who gets the interest, as `Schedule.interest_to` has it."""
        shelf = self.shelf
        places = np.flatnonzero(some & ~shelf.columns.no_interest[asked.note])
        note, due_on = asked.note[places], asked.due_on[places]
        is_maturity = (due_on == shelf.columns.maturity[note]) | (due_on == shelf.periods.matures[note])
        principal = (asked.kind[places] != INTEREST) | is_maturity
        answered.interest_goes[places[principal]] = destinations.number(WHOEVER_GETS_THE_PRINCIPAL)
        places, note, due_on = places[~principal], note[~principal], due_on[~principal]
        period, _ = shelf.period_ending(note, due_on)
        of_terms = shelf.columns.terms[note]
        for number in used(of_terms):
            terms = shelf.terms[number]
            written = terms.schedule.terms.record_date
            if written is None:
                continue
            own = of_terms == number
            ends, at_end = np.unique(shelf.periods.accrues_to[period[own]], return_inverse=True)
            recorded = [record_date(written, day_of(end), terms.schedule.calendar) for end in ends]
            goes = np.array([destinations.number(f"holder of record on {day}") for day in recorded], dtype="int64")
            answered.interest_goes[places[own]] = goes[at_end]

    def _schedule(self, cusip: str) -> Schedule | None:
        scheduled = self._host.schedule(cusip)
        return scheduled.schedule if isinstance(scheduled, Scheduled) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Distinct questions, with a number that each is known by."""

    keys: Whole
    note: Whole
    due_on: Days
    kind: Whole
    received_on: Days

    def event(self, shelf: Shelf, place: int) -> PaymentDue:
        """Put one question as the event that asks it."""
        return PaymentDue(
            event_id="question",
            received_on=day_of(self.received_on[place]),
            cusip=shelf.notes[self.note[place]].cusip,
            due_on=day_of(self.due_on[place]),
            kind=KINDS[self.kind[place]],
            principal=ONE_NOTE,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Amounts:
    """The interest on one cent of principal, and the price in per cent, exactly."""

    interest: Fraction
    price: Fraction


def _yes_no(values: Mask) -> FactColumn:
    return FactColumn(kind=Kind.YES_NO, values=values)


def _as_matched(decision: Decision, states: States, rules: Sequence[Rule]) -> bool:
    """Tell whether a decision speaks by just the rules that the columns say it speaks by."""
    spoke = {finding.rule for finding in decision.findings if finding.rule}
    return spoke == {rule.name for rule, state in zip(rules, states, strict=True) if state != NO}
