"""Yearly limits: whom each counts, and the figures it is worked out from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rules_engine.model.money import Money


class Limit(StrEnum):
    """A yearly limit, by the name rule files give it; each counts what was accepted within its own scope."""

    INDIVIDUAL = "individual limit"
    ANNUAL = "annual limit"
    SERIES = "series limit"
    ISSUE = "issue limit"


class Covers(StrEnum):
    """Whose acceptances a limit counts, and whose outstanding principal its percentage is taken of."""

    OWNER = "owner"
    PROGRAMME = "programme"
    SERIES = "series"
    ISSUE = "issue"


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitTerms:
    """One limit's figures: the greater of `amount` and `percentage` of the principal outstanding on a day binds.

    `covers` says whose acceptances count, `base` whose principal the percentage is taken of. `base_day` reads `31
    December`: the last such day before the year. What is None is not given; the edition's figure then stands.
    """

    amount: Money | None = None
    percentage: Decimal | None = None
    base_day: str = ""
    covers: Covers | None = None
    base: Covers | None = None

    def replaced_by(self, own: LimitTerms) -> LimitTerms:
        """Give these terms with what a note's own row gives in their place."""
        return LimitTerms(
            amount=self.amount if own.amount is None else own.amount,
            percentage=self.percentage if own.percentage is None else own.percentage,
            base_day=own.base_day or self.base_day,
            covers=own.covers or self.covers,
            base=own.base or self.base,
        )
