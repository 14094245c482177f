"""Rule sets in memory: what a rule file says once every word in it is known and typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rules_engine.model.values import Value
from rules_engine.rulebook.vocabulary import Comparison, Rest, Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a file something stands; line and column count from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One line of a `when`: a fact held against values, or against another fact.

    `values` are already of the fact's kind; ONE_OF and NOT_ONE_OF have one or more, all others
    exactly one. WITH and WITHOUT name one word of a list of words. MONTHS values are whole months.
    `term` names the term the value was taken from, and `against` the other fact, of which the case
    gives the value; each is empty where there is none.
    """

    fact: str
    comparison: Comparison
    values: tuple[Value, ...]
    term: str = ""
    against: str = ""
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When every condition holds, then the ruling, because of the reason, as cited.

    `at_most` names the money fact or term that caps an ACCEPT_AT_MOST rule; `rest` says what
    becomes of the principal above it. `waits_for` says what a pended answer waits for, and may hold
    placeholders as `because` does. `may_be_waived` says that the issuer may lift the rule, or allow
    more than its limit. `quotes` are the very words of the source.
    """

    name: str
    conditions: tuple[Condition, ...]
    ruling: Ruling
    because: str
    cite: str
    at_most: str = ""
    rest: Rest | None = None
    waits_for: str = ""
    may_be_waived: bool = False
    mark: str = ""
    quotes: tuple[str, ...] = ()
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A figure or choice of the prospectus, with the paragraph it stands in.

    `mark` is `read`, `inferred` or `standard wording`: how sure we are of it. `quotes` are the very words of the
    source; `signed_by` is whoever signs for it without them.
    """

    name: str
    value: Value
    cite: str
    mark: str = ""
    quotes: tuple[str, ...] = ()
    signed_by: str = ""
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentLine:
    """One line under `payment`, with where it is written and how sure we are of it."""

    value: Value
    cite: str = ""
    mark: str = ""
    quotes: tuple[str, ...] = ()
    signed_by: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """One clause of one edition, resolved: what it is based on has been read into it.

    `status` is `draft` or `approved`. `issued_from` is included, `issued_until` is too; None
    leaves an end open. `payment_cite`, `payment_mark`, `payment_quotes` and `payment_signers` say where the payment
    words stand, how sure we are of them and who signs for them, all together, and `payment_lines` of each of them.
    `text` is the resolved rule set in canonical form, and `digest` is `sha256:` over it; the file's own path is in
    neither.
    """

    name: str
    clause: str
    status: str
    source: str
    edition: str
    file: str = field(compare=False)
    issued_from: date | None
    issued_until: date | None
    terms: Mapping[str, Term]
    rules: tuple[Rule, ...]
    payment: Mapping[str, Value]
    approved_by: str = ""
    payment_cite: str = ""
    payment_mark: str = ""
    payment_quotes: tuple[str, ...] = ()
    payment_signers: str = ""
    payment_lines: Mapping[str, PaymentLine] = field(default_factory=dict, compare=False, repr=False)
    digest: str = ""
    text: str = field(default="", repr=False)
