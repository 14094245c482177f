"""The figures of yearly limits: the words for them, read from an edition's terms and from a note's own row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from rules_engine.model.limits import Covers, Limit, LimitTerms
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Value
from rules_engine.rulebook.figures import value_of
from rules_engine.rulebook.literals import write_literal
from rules_engine.rulebook.places import Entries, Faults, check_keys, entries_of
from rules_engine.rulebook.vocabulary import TermWord

LIMITS = "limits"
"""The key of a note's row under which its own figures stand."""

BASES = (Covers.PROGRAMME, Covers.SERIES, Covers.ISSUE)
COVERED = MappingProxyType(
    {
        Limit.INDIVIDUAL: Covers.OWNER,
        Limit.ANNUAL: Covers.PROGRAMME,
        Limit.SERIES: Covers.SERIES,
        Limit.ISSUE: Covers.ISSUE,
    }
)
"""Whose acceptances each limit counts where no term says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitWords:
    """The words for one limit's figures; `covers` is empty where only one thing can be covered."""

    amount: str
    percentage: str
    base_day: str
    base: str
    covers: str = ""

    @property
    def all(self) -> tuple[str, ...]:
        """Every word."""
        return tuple(filter(None, (self.amount, self.percentage, self.base_day, self.base, self.covers)))


def _words(limit: Limit) -> LimitWords:
    return LimitWords(
        amount=limit.value if limit is Limit.INDIVIDUAL else f"{limit.value} amount",
        percentage=f"{limit.value} percentage",
        base_day=f"{limit.value} base day",
        base=f"{limit.value} base",
        covers=f"{limit.value} covers" if limit is Limit.ANNUAL else "",
    )


WORDS: Mapping[Limit, LimitWords] = MappingProxyType({limit: _words(limit) for limit in Limit})

_COUNTS = {
    Limit.INDIVIDUAL: "for one deceased owner, over all notes of the programme,",
    Limit.ANNUAL: "for all notes of the programme together",
    Limit.SERIES: "for all notes of one series, or trust, together",
    Limit.ISSUE: "for one note",
}


def _term_words(limit: Limit) -> tuple[TermWord, ...]:
    words, counts = WORDS[limit], _COUNTS[limit]
    declared = [
        TermWord(
            name=words.amount,
            kind=Kind.MONEY,
            meaning=f"The most accepted {counts} in one calendar year; with a percentage, the least it may be.",
        ),
        TermWord(
            name=words.percentage,
            kind=Kind.PERCENT,
            meaning=f"The {limit.value} in per cent of the outstanding principal; the greater of it and the amount "
            "binds.",
        ),
        TermWord(
            name=words.base_day,
            kind=Kind.DAY_OF_THE_YEAR,
            meaning="The day of the year before whose outstanding principal the percentage is taken of.",
        ),
        TermWord(
            name=words.base,
            kind=Kind.WORD,
            words=tuple(base.value for base in BASES),
            meaning=f"Whose outstanding principal the percentage of the {limit.value} is taken of, where it is not "
            "what the limit covers.",
        ),
    ]
    if words.covers:
        covers = TermWord(
            name=words.covers,
            kind=Kind.WORD,
            words=tuple(base.value for base in BASES),
            meaning="Whose principal and acceptances the yearly limit counts: all notes, a series, or one note.",
        )
        declared.append(covers)
    return tuple(declared)


TERM_WORDS: Mapping[Limit, tuple[TermWord, ...]] = MappingProxyType({limit: _term_words(limit) for limit in Limit})
"""The terms of each limit."""


def limit_terms(values: Mapping[str, Value]) -> Mapping[Limit, LimitTerms]:
    """Gather the figures of each limit from terms by name; a limit nobody gives a figure of is left out."""
    found = {limit: _gathered(WORDS[limit], values.get) for limit in Limit}
    return MappingProxyType({limit: terms for limit, terms in found.items() if terms != LimitTerms()})


def _gathered(words: LimitWords, value: Callable[[str], Value | None]) -> LimitTerms:
    amount, percentage, base_day = value(words.amount), value(words.percentage), value(words.base_day)
    base, covers = value(words.base), value(words.covers) if words.covers else None
    return LimitTerms(
        amount=amount if isinstance(amount, Money) else None,
        percentage=percentage if isinstance(percentage, Decimal) else None,
        base_day=base_day if isinstance(base_day, str) else "",
        base=Covers(base) if isinstance(base, str) else None,
        covers=Covers(covers) if isinstance(covers, str) else None,
    )


def read_note_limits(row: Entries, faults: Faults) -> Mapping[Limit, LimitTerms]:
    """Read a row's `limits`; empty where it has none, or, with the faults noted, it cannot be read."""
    given = entries_of(row, LIMITS, faults)
    if given is None:
        return {}
    known = {word.name: word for words in TERM_WORDS.values() for word in words}
    check_keys(given, known, faults)
    read = {
        name: value
        for name, word in known.items()
        if name in given.entries and (value := value_of(given, name, word.kind, faults, word.words)) is not None
    }
    return limit_terms(read)


def note_limits_content(limits: Mapping[Limit, LimitTerms]) -> dict[str, str]:
    """Write a note's own figures as its row would."""
    kinds = {word.name: word.kind for words in TERM_WORDS.values() for word in words}
    content: dict[str, str] = {}
    for limit, terms in limits.items():
        words = WORDS[limit]
        given: dict[str, Value | None] = {
            words.amount: terms.amount,
            words.percentage: terms.percentage,
            words.base_day: terms.base_day or None,
            words.base: terms.base,
            words.covers: terms.covers,
        }
        content |= {name: write_literal(value, kinds[name]) for name, value in given.items() if value is not None}
    return content
