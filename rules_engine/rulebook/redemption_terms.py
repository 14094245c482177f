"""What code reads of calls, lots and rescissions, once from their rule sets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rules_engine.model.money import Money
from rules_engine.model.note_words import CountedIn
from rules_engine.model.notes import Notice
from rules_engine.model.values import Value
from rules_engine.rulebook.rules import RuleSet


class Word(StrEnum):
    """The names of these terms in rule files."""

    MULTIPLE = "multiple"
    LARGEST_NOT_PARTED = "largest position not parted"
    MINIMUM_NOTICE = "minimum notice"
    MAXIMUM_NOTICE = "maximum notice"
    NOTICE_COUNTED_IN = "notice counted in"
    MAY_BE_RESCINDED = "unconditional notice may be rescinded"


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionTerms:
    """The terms of a call, a lot under it, or its rescission; each is None where the rule set does not give it.

    `notice` is what a call has to be given with where its note's supplement prints none.
    """

    multiple: Money | None = None
    notice: Notice | None = None
    may_be_rescinded: bool | None = None


def read_redemption_terms(rule_set: RuleSet) -> RedemptionTerms:
    """Read the terms of a rule set on redemption, redemption in part, or rescission."""
    terms = {name: term.value for name, term in rule_set.terms.items()}
    multiple, may = terms.get(Word.MULTIPLE), terms.get(Word.MAY_BE_RESCINDED)
    return RedemptionTerms(
        multiple=multiple if isinstance(multiple, Money) else None,
        notice=_notice(
            terms.get(Word.MINIMUM_NOTICE), terms.get(Word.MAXIMUM_NOTICE), terms.get(Word.NOTICE_COUNTED_IN)
        ),
        may_be_rescinded=None if may is None else may is True,
    )


def _notice(least: Value | None, most: Value | None, counted: Value | None) -> Notice | None:
    if not isinstance(least, int) or not isinstance(counted, str):
        return None
    return Notice(
        minimum_days=least,
        maximum_days=most if isinstance(most, int) else None,
        counted=CountedIn(counted),
    )
