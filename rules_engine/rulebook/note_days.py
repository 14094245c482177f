"""Terms on payment days in which one note differs from its programme, as its supplement prints them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rules_engine.dates.accretion import COMPOUNDING
from rules_engine.dates.conventions import CONVENTIONS
from rules_engine.dates.day_counts import DAY_COUNTS
from rules_engine.dates.schedules import ACCRUALS
from rules_engine.model.notes import Note
from rules_engine.model.values import Kind, Value
from rules_engine.rulebook.figures import value_of
from rules_engine.rulebook.places import Entries, Faults, check_keys, entries_of
from rules_engine.rulebook.rules import RuleSet

PAYMENT_DAYS = "payment days"
"""The clause whose terms they are, and the key of a row that they stand under."""

WORDS: Mapping[str, tuple[Kind, tuple[str, ...]]] = MappingProxyType(
    {
        "calendar": (Kind.TEXT, ()),
        "interest convention": (Kind.WORD, CONVENTIONS),
        "maturity convention": (Kind.WORD, CONVENTIONS),
        "redemption convention": (Kind.WORD, CONVENTIONS),
        "accrual": (Kind.WORD, ACCRUALS),
        "accrual at maturity": (Kind.WORD, ACCRUALS),
        "day count": (Kind.WORD, DAY_COUNTS),
        "floating interest convention": (Kind.WORD, CONVENTIONS),
        "floating accrual": (Kind.WORD, ACCRUALS),
        "floating day count": (Kind.WORD, DAY_COUNTS),
        "record date": (Kind.RECORD_DATE, ()),
        "amortised face compounds": (Kind.WORD, tuple(COMPOUNDING)),
    }
)
"""The kind of each term, and the words it may be; a rule set on payment days gives the same ones."""


def read_note_days(row: Entries, faults: Faults) -> Mapping[str, str]:
    """Read a row's `payment days`; empty where it has none, or, with the faults noted, it cannot be read."""
    given = entries_of(row, PAYMENT_DAYS, faults)
    if given is None:
        return {}
    check_keys(given, WORDS, faults)
    read = {
        name: value_of(given, name, kind, faults, words)
        for name, (kind, words) in WORDS.items()
        if name in given.entries
    }
    return MappingProxyType({name: str(value) for name, value in read.items() if value is not None})


def terms_for(note: Note, payment_days: RuleSet) -> Mapping[str, Value]:
    """Give the terms on payment days that a note follows: its programme's, but its own where it has them."""
    return {**{name: term.value for name, term in payment_days.terms.items()}, **note.payment_days}
