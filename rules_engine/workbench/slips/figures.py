"""Figures out of the usual range: a zero too many, a unit taken for another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rules_engine.dates.months import months_between
from rules_engine.model.money import Money
from rules_engine.model.values import Kind, Value
from rules_engine.rulebook.literals import LiteralFault, read_literal, write_literal
from rules_engine.rulebook.nodes import read_nodes
from rules_engine.rulebook.places import Entries, Faults, Node, Text
from rules_engine.rulebook.rules import Place
from rules_engine.workbench.slips.looking import Looking, Slip, slip

UNUSUAL = "unusual figure"

KINDS = {UNUSUAL: "a figure out of the range that such programmes usually keep to, or two that contradict each other"}


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most that is usual; both are."""

    kind: Kind
    least: Any
    most: Any

    def holds(self, value: Any) -> bool:
        """Tell whether a figure is usual."""
        return bool(self.least <= value <= self.most)

    def __str__(self) -> str:
        return f"{write_literal(self.least, self.kind)} to {write_literal(self.most, self.kind)}"


@cache
def usual() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Read what is usual: by kind of word, each word with the least and the most."""
    text = files("rules_engine.workbench.slips").joinpath("usual.yaml").read_text(encoding="utf-8")
    root = read_nodes(text.encode(), "usual.yaml", Faults())
    assert root is not None, "the file is ours"
    return {
        of: {name: _ends(each.value) for name, each in ranges.value.entries.items()}
        for of, ranges in root.entries.items()
        if isinstance(ranges.value, Entries)
    }


def _ends(said: Node) -> tuple[str, str]:
    least, _, most = (said.text if isinstance(said, Text) else "").partition(" to ")
    return least, most


def _range(of: str, name: str, kind: Kind) -> Range | None:
    given = usual()[of].get(name)
    return Range(kind, read_literal(given[0], kind), read_literal(given[1], kind)) if given else None


def _judged(of: str, name: str, kind: Kind, value: Value, place: Place) -> Iterator[Slip]:
    found = _range(of, name, kind)
    if found and not found.holds(value):
        message = f"`{name}` is `{write_literal(value, kind)}`, and usually {found}"
        yield slip(place, UNUSUAL, message, "hold it against the paper: figure, unit and zeros", about=name)


def unusual_terms(looking: Looking) -> Iterator[Slip]:
    """Warn of terms, payment lines and figures of rules that are out of the usual range."""
    for clauses in looking.book.clause_files.values():
        for clause in clauses:
            words, rule_set = clause.written.clause if clause.written else None, clause.rule_set
            if words is None or rule_set is None:
                continue
            for name, term in rule_set.terms.items():
                if term.place and looking.is_own(term.place):
                    yield from _judged("terms", name, words.terms[name].kind, term.value, term.place)
            for name, line in rule_set.payment_lines.items():
                if line.place and looking.is_own(line.place):
                    yield from _judged("payment", name, words.payment[name].kind, line.value, line.place)
            for rule in rule_set.rules:
                for condition in rule.conditions:
                    kind = words.facts[condition.fact].kind
                    if condition.place and not (condition.term or condition.against):
                        for value in condition.values:
                            yield from _judged("facts", condition.fact, kind, value, condition.place)
            yield from _contradicting(rule_set.terms)


def unusual_standard_terms(looking: Looking) -> Iterator[Slip]:
    """Warn of figures of the standard wording that are out of the usual range, whoever takes them over."""
    for file in looking.files.values():
        words = looking.book.vocabulary.clauses.get(file.text_under("clause")) if not file.issuer else None
        for key, text in file.texts() if words else ():
            for of, known in (("terms", words.terms), ("payment", words.payment)) if words else ():
                kind = known[key].kind if key in known else None
                value = _read(text.text, kind) if kind else None
                if kind and value is not None:
                    yield from _judged(of, key, kind, value, text.place)


def _read(text: str, kind: Kind) -> Value | None:
    try:
        return read_literal(text, kind)
    except LiteralFault:
        return None


def _contradicting(terms: Mapping[str, Any]) -> Iterator[Slip]:
    """Warn of a limit of one owner that is more than the limit of all."""
    one, everybody = terms.get("individual limit"), terms.get("annual limit amount")
    if one and everybody and isinstance(one.value, Money) and one.value > everybody.value:
        for term in (one, everybody):
            message = f"`individual limit` is {one.value}, and `annual limit amount` only {everybody.value}"
            hint = "one owner's limit is hardly more than everybody's: hold both against the paper"
            if term.place:
                yield slip(term.place, UNUSUAL, message, hint, about=term.name)


def unusual_notes(looking: Looking) -> Iterator[Slip]:
    """Warn of figures of notes that are out of the usual range."""
    for cusip, row in looking.book.rows.items():
        note = looking.book.notes[cusip]
        months = months_between(note.accrues_from, note.maturity).completed
        first = months_between(note.accrues_from, note.first_coupon_date).begun
        given: list[tuple[str, str, Kind, Value | None]] = [
            ("coupon", "coupon", Kind.PERCENT, note.coupon),
            ("issue price", "issue price", Kind.PERCENT, note.issue_price),
            ("term of the note", "maturity", Kind.MONTHS, months),
            ("first coupon after", "first coupon date", Kind.MONTHS, None if note.pays_no_interest else first),
            ("minimum denomination", "denominations", Kind.MONEY, note.minimum_denomination),
            ("increment", "denominations", Kind.MONEY, note.increment),
            ("issued after the trade", "trade date", Kind.DAYS, _days(note.issue_date, note.trade_date)),
        ]
        notice = note.call.notice if note.call else None
        if note.call:
            given.append(("notice", "redemption", Kind.DAYS, notice.minimum_days if notice else None))
            given.append(("call price", "redemption", Kind.PERCENT, note.call.price))
            started = months_between(note.accrues_from, note.call.first_on) if note.call.first_on else None
            given.append(("first call after", "redemption", Kind.MONTHS, started.completed if started else None))
        for name, key, kind, value in given:
            if value is not None:
                yield from _judged("notes", name, kind, value, row.place_of(key))


def _days(later: Any, earlier: Any) -> int | None:
    return (later - earlier).days if later and earlier else None


CHECKS = (unusual_terms, unusual_standard_terms, unusual_notes)
