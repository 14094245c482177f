"""The words a rule may use: facts, terms and payment words with their kinds; comparisons and outcomes.

The vocabulary is data. Clauses and plugins declare words; the rule book reads every scalar as text
and types it by the word it stands under.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from rules_engine.model.values import Kind


class Comparison(enum.Enum):
    """How a fact is held against a value; the value is the phrase a rule file uses."""

    IS = "is"
    IS_NOT = "not"
    LESS_THAN = "less than"
    AT_MOST = "at most"
    MORE_THAN = "more than"
    AT_LEAST = "at least"
    BEFORE = "before"
    ON_OR_BEFORE = "on or before"
    AFTER = "after"
    ON_OR_AFTER = "on or after"
    ONE_OF = "one of"
    NOT_ONE_OF = "not one of"
    WITH = "with"
    WITHOUT = "without"


class Ruling(enum.Enum):
    """What a rule does when it matches; the value is the phrase after `then:`."""

    ENTITLE = "entitle"
    ACCEPT = "accept"
    ACCEPT_AT_MOST = "accept at most"
    PEND = "pend"
    REJECT = "reject"
    REFER = "refer"


class Rest(enum.StrEnum):
    """What becomes of the principal above a cap; the value is the phrase after `rest:`."""

    CARRIED_OVER = "carried over"
    NOT_ACCEPTED = "not accepted"
    PENDED = "pended"


_ALWAYS = (Comparison.IS, Comparison.IS_NOT)
_LISTED = (Comparison.ONE_OF, Comparison.NOT_ONE_OF)
_ORDERED = (Comparison.LESS_THAN, Comparison.AT_MOST, Comparison.MORE_THAN, Comparison.AT_LEAST)
_DATED = (Comparison.BEFORE, Comparison.ON_OR_BEFORE, Comparison.AFTER, Comparison.ON_OR_AFTER)

COMPARISONS_FOR: Mapping[Kind, tuple[Comparison, ...]] = MappingProxyType(
    {
        Kind.YES_NO: (Comparison.IS,),
        Kind.WORD: _ALWAYS + _LISTED,
        Kind.WORDS: (Comparison.WITH, Comparison.WITHOUT),
        Kind.MONEY: _ALWAYS + _ORDERED,
        Kind.MONTHS: _ORDERED,
        Kind.DAYS: _ALWAYS + _ORDERED,
        Kind.BUSINESS_DAYS: _ALWAYS + _ORDERED,
        Kind.DATE: _ALWAYS + _DATED,
        Kind.PERCENT: _ALWAYS + _ORDERED,
        Kind.NUMBER: _ALWAYS + _ORDERED,
        Kind.SHARE: _ALWAYS + _ORDERED,
        Kind.DAY_OF_THE_YEAR: (),
        Kind.RECORD_DATE: (),
        Kind.TEXT: (),
    }
)
"""Which comparisons make sense for a fact of each kind."""

BETWEEN_FACTS = frozenset({Kind.MONEY, Kind.DAYS, Kind.BUSINESS_DAYS, Kind.DATE, Kind.PERCENT, Kind.NUMBER, Kind.SHARE})
"""The kinds of fact that can be held against another fact of their kind; a period has two counts, and is not one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A word for something an event, a note or the standing tells.

    `meaning` is its glossary entry. `words` lists what a WORD or WORDS fact may be. `about` is
    `event`, `note` or `standing`. `terms` names the terms it is worked out with: a rule set that
    uses the fact must give them; of `terms_any` it must give one, and `terms_optional` it may. `limit`
    names the yearly limit that the fact is what is left of. `lists` names the event field that holds its words, where
    an issuer may add some. `work_out` takes the case and returns a value or `Missing`.
    """

    name: str
    kind: Kind
    meaning: str
    work_out: Callable[[Any], Any] = field(compare=False, repr=False)
    words: tuple[str, ...] = ()
    about: str = "event"
    terms: tuple[str, ...] = ()
    terms_any: tuple[str, ...] = ()
    terms_optional: tuple[str, ...] = ()
    limit: str = ""
    lists: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermWord:
    """A word for a figure or choice that a prospectus sets; `words` lists what a WORD term may be.

    `applied` marks a term that days and amounts are worked out by, whether or not a rule names it.
    """

    name: str
    kind: Kind
    meaning: str
    words: tuple[str, ...] = ()
    required: bool = False
    applied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseWords:
    """The words of one kind of clause: its facts, its terms, and what its `payment` may say."""

    clause: str
    facts: Mapping[str, Fact]
    terms: Mapping[str, TermWord]
    payment: Mapping[str, TermWord]


ListedWords = Mapping[str, Mapping[str, str]]
"""Words an issuer adds to lists, each with its meaning, by the event field whose words they are."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every clause's words; what the rule book is read with and `rules-engine words` prints.

    `clauses` are those that the rules of every issuer may use. `of_issuers` has, by an issuer's code, the clauses to
    which its plugin adds words, with these words in them: nobody else's rules know those. `listed` has, by an issuer's
    code, the words it adds to lists.
    """

    clauses: Mapping[str, ClauseWords]
    of_issuers: Mapping[str, Mapping[str, ClauseWords]] = field(default_factory=lambda: _NOTHING)
    listed: Mapping[str, ListedWords] = field(default_factory=lambda: _NOTHING)

    @classmethod
    def of(cls, clauses: Iterable[ClauseWords]) -> Vocabulary:
        """Gather clauses into one vocabulary, by name."""
        return cls(MappingProxyType({clause.clause: clause for clause in clauses}))

    def known_to(self, programme: str) -> Vocabulary:
        """Give the words that the rules of one programme, or of one issuer, may use."""
        issuer = programme.partition("/")[0]
        own, listed = self.of_issuers.get(issuer, _NOTHING), self.listed.get(issuer, _NOTHING)
        if not (own or listed):
            return self
        return Vocabulary(MappingProxyType({**self.clauses, **own})).listing(listed)

    def listing(self, words: ListedWords) -> Vocabulary:
        """Add words to the lists that facts are one of."""
        if not words:
            return self
        extended = {name: _listing(clause, words) for name, clause in self.clauses.items()}
        return Vocabulary(MappingProxyType(extended), self.of_issuers, self.listed)

    @property
    def added(self) -> frozenset[tuple[str, str]]:
        """The words that issuers add to lists, each with the event field it stands in."""
        return frozenset(
            (field, word) for words in self.listed.values() for field, added in words.items() for word in added
        )


def _listing(clause: ClauseWords, words: ListedWords) -> ClauseWords:
    facts = dict(clause.facts)
    for name, fact in clause.facts.items():
        if fact.lists in words:
            facts[name] = replace(fact, words=tuple(dict.fromkeys((*fact.words, *words[fact.lists]))))
    return replace(clause, facts=MappingProxyType(facts))
