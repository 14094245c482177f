"""Ally's survivor's option as one function written by hand: what a decision costs when nothing has to be explained.

It gives the outcome, the money and the dates, and no reasons, no near misses and no receipt. A test holds it
against the engine on every case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from rules_engine.dates.months import add_months
from rules_engine.model.decisions import Decision
from rules_engine.model.events import SurvivorsOptionRequested

ISSUED_ON = date(2016, 12, 1)
FIRST_COUPON_ON = date(2017, 1, 15)
RATE_AND_MATURITY = {
    "02006DLF6": (350, date(2019, 12, 15)),
    "02006DLG4": (425, date(2021, 12, 15)),
}
"""Hundredths of a per cent a year, and the last day."""

MULTIPLE = LEAST_LEFT = 1_000_00
INDIVIDUAL_LIMIT = 250_000_00
ANNUAL_LIMIT = 2_000_000_00
HELD_TOGETHER = frozenset({"joint tenants", "tenants by the entirety", "tenants in common", "community property"})
FOR_ANOTHER = frozenset({"custodian", "life tenant", "nominee", "trust"})
TO_A_BENEFICIARY = frozenset({"transfer on death", "individual retirement account"})
OF_THE_ESTATE = frozenset({"executor", "administrator", "small estate affiant"})
ALWAYS_ASKED = frozenset({"death certificate", "repayment request", "signature guarantee", "proof of ownership"})
ONLY_FOR = {
    "surviving joint owner": HELD_TOGETHER,
    "trustee": frozenset({"trust"}),
    "custodian": frozenset({"custodian"}),
    "beneficiary": TO_A_BENEFICIARY,
}
"""The registrations that some who ask may ask for; the others may ask for notes however registered."""

PAPER_FOR_REGISTRATION = {
    "trust": "trust agreement",
    "nominee": "nominee certificate",
    "transfer on death": "beneficiary designation",
    "individual retirement account": "beneficiary designation",
}
PAPER_FOR_REPRESENTATIVE = {
    "executor": "letters of authority",
    "administrator": "letters of authority",
    "small estate affiant": "small estate affidavit",
    "custodian": "proof of custodianship",
}


class Answer(NamedTuple):
    """Outcome, money in cents, and dates; None where no money moves."""

    outcome: str
    accepted: int
    carried_over: int
    not_accepted: int
    due_on: date | None = None
    pay_on: date | None = None
    interest: int | None = None
    total: int | None = None


def answer_of(decision: Decision) -> Answer:
    """Take from a decision what the function written by hand gives."""
    assert decision.accepted
    assert decision.carried_over
    assert decision.not_accepted
    paid = decision.payment
    money = decision.accepted.cents, decision.carried_over.cents, decision.not_accepted.cents
    if paid is None or paid.interest is None or paid.total is None:
        return Answer(decision.outcome.word, *money)
    return Answer(decision.outcome.word, *money, paid.due_on, paid.pay_on, paid.interest.cents, paid.total.cents)


@dataclass(frozen=True, slots=True)
class ByHand:
    """Decides requests on the two notes.

    `elected` says for each year whether the annual limit applies, and the individual one;
    `outstanding` is the principal at the end of the year before, in cents.
    """

    closed: frozenset[date]
    elected: Mapping[int, tuple[bool, bool]]
    outstanding: int

    def answer(self, asked: SurvivorsOptionRequested) -> Answer:
        """Decide a request while no other is on record."""
        rate, maturity = RATE_AND_MATURITY[asked.cusip]
        principal = asked.principal.cents
        annual, individual = self.elected[asked.received_on.year]
        outcome = _outcome(asked, principal, maturity)
        if outcome:
            return Answer(outcome, 0, 0, principal)
        share = principal
        if asked.registration == "tenants in common" and asked.co_owner_is_spouse is False:
            assert asked.deceased_share is not None
            assert asked.position is not None
            owned = asked.deceased_share
            share = asked.position.cents * owned.numerator // owned.denominator
        eligible = principal if share >= principal else share - share % MULTIPLE
        limit = eligible
        if annual:
            limit = min(limit, max(ANNUAL_LIMIT, self.outstanding * 2 // 100))
        if individual:
            limit = min(limit, INDIVIDUAL_LIMIT)
        accepted = eligible if limit == eligible else limit - limit % MULTIPLE
        if not accepted:
            return Answer("carried over" if eligible else "rejected", 0, eligible, principal - eligible)
        due_on = _interest_date(asked.received_on + timedelta(days=20), maturity)
        days = 44 if due_on == FIRST_COUPON_ON else 30
        interest = (2 * accepted * rate * days + 10_000 * 360) // (2 * 10_000 * 360)
        return Answer(
            "accepted",
            accepted,
            eligible - accepted,
            principal - eligible,
            due_on,
            self._business_day(due_on),
            interest,
            accepted + interest,
        )

    def _business_day(self, day: date) -> date:
        while day.weekday() > 4 or day in self.closed:
            day += timedelta(days=1)
        return day


def _interest_date(day: date, maturity: date) -> date:
    if day.day > 15:
        day = add_months(day.replace(day=1), 1)
    return min(max(day.replace(day=15), FIRST_COUPON_ON), maturity)


def _outcome(asked: SurvivorsOptionRequested, principal: int, maturity: date) -> str:
    """Name the outcome if it is not acceptance: the most cautious one, and a gap only where it matters."""
    died_on, bought_on, received_on = asked.occurred_on, asked.acquired_on, asked.received_on
    if (
        (died_on is not None and received_on < died_on)
        or (died_on is not None and bought_on is not None and died_on < bought_on)
        or (bought_on is not None and bought_on < ISSUED_ON)
        or asked.owner_at_death == "in doubt"
        or (died_on is not None and received_on > add_months(died_on, 12))
        or (
            asked.representative in OF_THE_ESTATE
            and asked.registration in TO_A_BENEFICIARY
            and "beneficiary designation" in (asked.documents or ())
        )
    ):
        return "referred"
    position = None if asked.position is None else asked.position.cents
    registration, representative = asked.registration, asked.representative
    if (
        asked.trigger != "death"
        or representative in ("guardian", "none", "attorney in fact")
        or (representative in ONLY_FOR and registration is not None and registration not in ONLY_FOR[representative])
        or (
            representative == "surviving joint owner"
            and registration == "tenants in common"
            and asked.co_owner_is_spouse is False
        )
        or asked.owner_at_death is False
        or (registration in FOR_ANOTHER and asked.substantially_all_beneficial_interest is False)
        or asked.held_in == "transferred"
        or (bought_on is not None and received_on < add_months(bought_on, 6))
        or received_on >= maturity
        or principal % MULTIPLE
        or (position is not None and (principal > position or 0 < position - principal < LEAST_LEFT))
    ):
        return "rejected"
    return "pended" if _something_is_missing(asked) else ""


def _something_is_missing(asked: SurvivorsOptionRequested) -> bool:
    papers, registration, representative = asked.documents, asked.registration, asked.representative
    given = (asked.occurred_on, asked.acquired_on, asked.owner_at_death, asked.held_in, asked.position, asked.owner_ref)
    if None in given or registration is None or representative is None:
        return True
    if papers is None or not papers.issuperset(ALWAYS_ASKED):
        return True
    paper = PAPER_FOR_REPRESENTATIVE.get(representative)
    if paper and paper not in papers:
        return True
    if registration == "tenants in common" and (
        asked.co_owner_is_spouse is None or (asked.co_owner_is_spouse is False and asked.deceased_share is None)
    ):
        return True
    paper = PAPER_FOR_REGISTRATION.get(registration)
    return (registration in FOR_ANOTHER and asked.substantially_all_beneficial_interest is None) or bool(
        paper and paper not in papers
    )
