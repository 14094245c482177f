"""What code reads of a survivor's option, once from its rule set: terms, and how a survivor is repaid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rules_engine.model.limits import Limit, LimitTerms
from rules_engine.model.money import Money
from rules_engine.model.values import Value
from rules_engine.rulebook.limit_terms import limit_terms
from rules_engine.rulebook.rules import RuleSet


class LimitsApply(StrEnum):
    """In which years yearly limits bind."""

    ELECTED = "if the issuer elects"
    ALWAYS = "always"


class PartialFit(StrEnum):
    """What becomes of a tender that fits a limit in part."""

    PART = "the part that fits"
    WHOLE = "whole tender or nothing"


class RepaidOn(StrEnum):
    """On which kind of day, so many days after acceptance, a survivor is repaid."""

    INTEREST_DATE = "interest date"
    BUSINESS_DAY = "business day"


class Settlement(StrEnum):
    """Whether the note is repaid, or may be purchased instead."""

    REPAY = "repay"
    REPAY_OR_REPURCHASE = "repay or repurchase"


class Word(StrEnum):
    """The names of these terms and payment words in rule files."""

    HOLDING_PERIOD = "holding period"
    FILING_PERIOD = "filing period"
    MULTIPLE = "multiple"
    LEAST_LEFT = "least principal left"
    LIMITS_APPLY = "limits apply"
    PARTIAL_FIT = "partial fit"
    LATER_MAY_PASS = "later tender may pass"
    DAYS_AFTER_ACCEPTANCE = "days after acceptance"
    PRICE = "price"
    SETTLEMENT = "settlement"
    REPAID_ON = "repaid on"
    REPAID_WITHOUT_INTEREST_DATES = "repaid without interest dates on"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionTerms:
    """A survivor's option's figures and choices; what no rule set has to give is None where it gives none.

    `days_after_acceptance` are calendar days. `price` is in per cent of principal. `repaid_without_interest_dates` is
    the kind of day for a note that has no interest dates.
    """

    multiple: Money
    partial_fit: PartialFit
    days_after_acceptance: int
    price: Decimal
    repaid_on: RepaidOn
    repaid_without_interest_dates: RepaidOn | None
    settlement: Settlement | None
    least_left: Money | None
    limits_apply: LimitsApply | None
    later_may_pass: bool | None
    limits: Mapping[Limit, LimitTerms]


def read_option_terms(rule_set: RuleSet) -> OptionTerms:
    """Read the terms of a survivor's option; raise KeyError for one that the rule book would not let be left out."""
    terms: Mapping[str, Value] = {name: term.value for name, term in rule_set.terms.items()}
    payment = rule_set.payment
    later, apply, settlement = (
        terms.get(Word.LATER_MAY_PASS),
        terms.get(Word.LIMITS_APPLY),
        payment.get(Word.SETTLEMENT),
    )
    least, without = terms.get(Word.LEAST_LEFT), payment.get(Word.REPAID_WITHOUT_INTEREST_DATES)
    return OptionTerms(
        multiple=_money(terms[Word.MULTIPLE]),
        partial_fit=PartialFit(_text(terms[Word.PARTIAL_FIT])),
        days_after_acceptance=_number(payment[Word.DAYS_AFTER_ACCEPTANCE]),
        price=_per_cent(payment[Word.PRICE]),
        repaid_on=RepaidOn(_text(payment.get(Word.REPAID_ON, RepaidOn.INTEREST_DATE))),
        repaid_without_interest_dates=None if without is None else RepaidOn(_text(without)),
        settlement=None if settlement is None else Settlement(_text(settlement)),
        least_left=None if least is None else _money(least),
        limits_apply=None if apply is None else LimitsApply(_text(apply)),
        later_may_pass=None if later is None else later is True,
        limits=limit_terms(terms),
    )


def _money(value: Value) -> Money:
    assert isinstance(value, Money)
    return value


def _text(value: Value) -> str:
    assert isinstance(value, str)
    return value


def _number(value: Value) -> int:
    assert isinstance(value, int)
    return value


def _per_cent(value: Value) -> Decimal:
    assert isinstance(value, Decimal)
    return value
