"""The figures of a rule set: the terms of the prospectus and the payment words, each typed by its word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from rules_engine.model.values import Kind, Value
from rules_engine.rulebook.literals import LiteralFault, read_literal
from rules_engine.rulebook.places import (
    Entries,
    Faults,
    Items,
    Node,
    Text,
    as_entries,
    as_text,
    check_keys,
    choice_of,
    entries_of,
    entry_of,
    meant,
    text_of,
    texts_of,
)
from rules_engine.rulebook.rules import PaymentLine, Place, Term
from rules_engine.rulebook.vocabulary import ClauseWords, TermWord

STANDARD_WORDING = "standard wording"
MARKS = ("read", "inferred", STANDARD_WORDING)
TERMS = "terms"
SIGNED = "signed for by"
_WHERE = ("cite", "mark", "quote", SIGNED)


class Where(NamedTuple):
    """Where something stands: its cite, how sure we are of it, its very words, and who signs for it without them."""

    cite: str
    mark: str
    quotes: tuple[str, ...] = ()
    signed_by: str = ""


NOWHERE = Where("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What a rule set says of payment, by its words; `where` is what its section gives beside them.

    A section without lines of its own speaks of its base's.
    """

    lines: Mapping[str, PaymentLine] = field(default_factory=dict)
    where: Where = NOWHERE
    place: Place | None = None

    @property
    def values(self) -> dict[str, Value]:
        """What each word says."""
        return {name: line.value for name, line in self.lines.items()}

    @property
    def cites(self) -> str:
        """Where the lines are written, each place once."""
        return "; ".join(dict.fromkeys(line.cite for line in self.lines.values() if line.cite))

    @property
    def least_sure(self) -> str:
        """The mark of the line we are least sure of."""
        return max((line.mark for line in self.lines.values() if line.mark), key=MARKS.index, default="")

    @property
    def signers(self) -> str:
        """Who signs for lines, each once."""
        return "; ".join(dict.fromkeys(line.signed_by for line in self.lines.values() if line.signed_by))

    @property
    def quoted(self) -> tuple[str, ...]:
        """The very words of the source, each once."""
        return tuple(dict.fromkeys(quote for line in self.lines.values() for quote in line.quotes))


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTerm:
    """A term as a file gives it, before its word is known: its value, and where that was read."""

    name: Text
    value: Node
    where: Where


def date_of(entries: Entries, key: str, faults: Faults, *, required: bool = False) -> date | None:
    """Read the date under a key; None, with the fault noted, when it is none."""
    value = value_of(entries, key, Kind.DATE, faults, required=required)
    return value if isinstance(value, date) else None


def value_of(
    entries: Entries, key: str, kind: Kind, faults: Faults, words: Collection[str] = (), *, required: bool = False
) -> Value | None:
    """Read the literal under a key as a value of a kind; None, with the fault noted, when it is none."""
    text = text_of(entries, key, faults, required=required)
    return literal_at(text, kind, faults, words) if text else None


def literal_at(text: Text, kind: Kind, faults: Faults, words: Collection[str] = ()) -> Value | None:
    """Read a text as a value of a kind; None, with the fault noted at its place, when it is none."""
    try:
        return read_literal(text.text, kind, words)
    except LiteralFault as fault:
        faults.at(text.place, fault.message, fault.help)
        return None


def read_terms(root: Entries, clause: ClauseWords, faults: Faults, *, unmarked: str = "") -> dict[str, Term]:
    """Read the `terms` of a rule set; a term that cannot be read is noted and left out.

    `unmarked` is the mark of what has none of its own.
    """
    terms: dict[str, Term] = {}
    for given in given_terms(root, faults, unmarked=unmarked):
        word = clause.terms.get(given.name.text)
        if word is None:
            faults.at(given.name.place, f"unknown term `{given.name.text}`", meant(given.name.text, clause.terms))
            continue
        term = typed(given, word, faults)
        if term:
            terms[term.name] = term
    return terms


def given_terms(root: Entries, faults: Faults, *, unmarked: str = "") -> tuple[GivenTerm, ...]:
    """List the terms under `terms`: each by its name, or in a list of paragraphs with all that each of them gives."""
    node = entry_of(root, TERMS, faults)
    if node is None:
        return ()
    read = _by_paragraph(node, faults, unmarked) if isinstance(node, Items) else _by_name(node, faults, unmarked)
    first: dict[str, GivenTerm] = {}
    for each in read:
        earlier = first.setdefault(each.name.text, each)
        if earlier is not each:
            hint = f"it stands in line {earlier.name.place.line} already"
            faults.at(each.name.place, f"the term `{each.name.text}` is given twice", hint)
    return tuple(first.values())


def _by_name(node: Node, faults: Faults, unmarked: str) -> Iterator[GivenTerm]:
    section = as_entries(node, TERMS, faults)
    for name, entry in section.entries.items() if section else ():
        given = as_entries(entry.value, name, faults)
        if given is None:
            continue
        check_keys(given, ("value", *_WHERE), faults)
        value = entry_of(given, "value", faults, required=True)
        where = _where(given, faults, unmarked)
        if value is not None and where:
            yield GivenTerm(name=entry.key, value=value, where=where)


def _by_paragraph(node: Items, faults: Faults, unmarked: str) -> Iterator[GivenTerm]:
    for item in node.items:
        given = as_entries(item, "a paragraph", faults)
        where = _where(given, faults, unmarked) if given else None
        if given is None or where is None:
            continue
        named = [entry for name, entry in given.entries.items() if name not in _WHERE]
        if not named:
            faults.at(given.place, "the paragraph gives no term", "write `<term>: <value>` lines beside its `cite`")
        for entry in named:
            yield GivenTerm(name=entry.key, value=entry.value, where=where)


def _where(given: Entries, faults: Faults, unmarked: str, *, cited: bool = True) -> Where | None:
    """Read where something stands; None, with the fault noted, where it has to be `cited` and is not."""
    cite = text_of(given, "cite", faults, required=cited)
    mark, signed_by = choice_of(given, "mark", MARKS, faults), text_of(given, SIGNED, faults)
    quotes = as_written(texts_of(given, "quote", faults))
    if cite is None and cited:
        return None
    return Where(
        cite=cite.text if cite else "",
        mark=mark.text if mark else unmarked,
        quotes=quotes,
        signed_by=signed_by.text if signed_by else "",
    )


def as_written(quotes: Iterable[Text]) -> tuple[str, ...]:
    """Give quotes without their places."""
    return tuple(quote.text for quote in quotes)


def typed(given: GivenTerm, word: TermWord, faults: Faults) -> Term | None:
    """Read a given term as its word wants it; None, with the fault noted, when it cannot be."""
    value = _term_value(given.value, word, faults)
    if value is None:
        return None
    return Term(
        name=word.name,
        value=value,
        cite=given.where.cite,
        mark=given.where.mark,
        quotes=given.where.quotes,
        signed_by=given.where.signed_by,
        place=given.name.place,
    )


def _term_value(node: Node, word: TermWord, faults: Faults) -> Value | None:
    if word.kind is Kind.WORDS and isinstance(node, Items):
        texts = [text for text in (as_text(item, "value", faults) for item in node.items) if text]
        read = [literal_at(text, Kind.WORD, faults, word.words) for text in texts]
        return frozenset(str(value) for value in read if value is not None)
    text = as_text(node, "value", faults)
    return literal_at(text, word.kind, faults, word.words) if text else None


def read_payment(root: Entries, clause: ClauseWords, faults: Faults, *, unmarked: str = "") -> Payment:
    """Read the `payment` of a rule set; words that cannot be read are noted and left out."""
    section = entries_of(root, "payment", faults)
    if section is None:
        return Payment()
    check_keys(section, (*clause.payment, *_WHERE), faults)
    values = {
        name: value_of(section, name, word.kind, faults, word.words)
        for name, word in clause.payment.items()
        if name in section.entries
    }
    where = _where(section, faults, unmarked, cited=False)
    assert where is not None
    lines = {
        name: PaymentLine(
            value=value,
            cite=where.cite,
            mark=where.mark,
            quotes=where.quotes,
            signed_by=where.signed_by,
            place=section.entries[name].key.place,
        )
        for name, value in values.items()
        if value is not None
    }
    return Payment(lines=lines, where=where, place=section.place)


def merge_payment(base: Payment, own: Payment) -> Payment:
    """Override a base's payment words one by one; a cite and a mark without words of their own speak for the base's."""
    if own.lines:
        inherited = {name: line for name, line in base.lines.items() if name not in own.lines}
        return replace(own, lines={**own.lines, **inherited})
    said = own.where
    spoken_for = {
        name: replace(
            line,
            cite=said.cite or line.cite,
            mark=said.mark or line.mark,
            quotes=said.quotes or line.quotes,
            signed_by=said.signed_by or line.signed_by,
        )
        for name, line in base.lines.items()
    }
    return replace(base, lines=spoken_for, place=own.place or base.place)
