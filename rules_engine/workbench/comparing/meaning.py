"""Two rule books beside each other, by meaning: figures, rules, notes, calendars and plugins, not lines of files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rules_engine.dates.calendars import Calendar
from rules_engine.host import Host
from rules_engine.rulebook.literals import write_literal
from rules_engine.rulebook.phrases import write_condition
from rules_engine.rulebook.places import listed
from rules_engine.rulebook.rules import Rule, RuleSet
from rules_engine.rulebook.vocabulary import ClauseWords

_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Change:
    """One difference in meaning: of what, in which clause and edition, from what to what, for which notes."""

    programme: str
    edition: str
    clause: str
    what: str
    before: str
    after: str
    notes: str = ""

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.notes, self.clause, self.programme) if part)
        if self.before and self.after:
            said = f"{self.what} {self.before} to {self.after}"
        else:
            said = f"{self.what} {self.after or self.before} {'added' if self.after else 'removed'}"
        return f"{said}, {where}" if where else said


def changes(before: Host, after: Host) -> tuple[Change, ...]:
    """List what two rule books say otherwise, programme by programme."""
    found = [*_rule_sets(before, after), *_notes(before, after), *_calendars(before, after), *_plugins(before, after)]
    return tuple(sorted(found))


def _rule_sets(before: Host, after: Host) -> Iterator[Change]:
    old, new = ({(each.edition, each.clause): each for each in host.book.rule_sets} for host in (before, after))
    for key in sorted({*old, *new}):
        one, other = old.get(key), new.get(key)
        if one and other and one.digest != other.digest:
            host = before if one else after
            yield from _within(one, other, host.vocabulary.known_to(one.edition).clauses[one.clause])
        elif one is None or other is None:
            given = one or other
            assert given is not None
            name = f"`{given.name}`"
            yield _change(given, "rule set", name if one else "", name if other else "")


def _change(rule_set: RuleSet, what: str, before: str, after: str) -> Change:
    return Change(
        programme=rule_set.edition.rpartition("/")[0],
        edition=rule_set.edition,
        clause=rule_set.clause,
        what=what,
        before=before,
        after=after,
        notes=_issued(rule_set),
    )


def _issued(rule_set: RuleSet) -> str:
    first = f"notes issued from {rule_set.issued_from}" if rule_set.issued_from else "notes"
    return f"{first} until {rule_set.issued_until}" if rule_set.issued_until else first


def _within(one: RuleSet, other: RuleSet, words: ClauseWords) -> Iterator[Change]:
    """List what two rule sets of one clause and edition say otherwise."""
    for name in sorted({*one.terms, *other.terms}):
        said = [
            write_literal(each.terms[name].value, words.terms[name].kind) if name in each.terms else ""
            for each in (one, other)
        ]
        if said[0] != said[1]:
            yield _change(other, name, *said)
    for name in sorted({*one.payment, *other.payment}):
        said = [
            write_literal(each.payment[name], words.payment[name].kind) if name in each.payment else ""
            for each in (one, other)
        ]
        if said[0] != said[1]:
            yield _change(other, name, *said)
    yield from _rules(one, other, words)
    headings: Mapping[str, Callable[[RuleSet], str]] = {
        "status": lambda each: each.status,
        "first day of issue": lambda each: str(each.issued_from or ""),
        "last day of issue": lambda each: str(each.issued_until or ""),
        "source": lambda each: each.source,
        "name": lambda each: each.name,
        "approved by": lambda each: each.approved_by,
    }
    for what, said_by in headings.items():
        if said_by(one) != said_by(other):
            yield _change(other, what, said_by(one), said_by(other))


def _rules(one: RuleSet, other: RuleSet, words: ClauseWords) -> Iterator[Change]:
    old, new = ({rule.name: rule for rule in each.rules} for each in (one, other))
    for name in dict.fromkeys([*old, *new]):
        was, now = old.get(name), new.get(name)
        if was is None or now is None:
            given = was or now
            assert given is not None
            said = f"`{name}` ({given.ruling.value})"
            yield _change(other, "rule", said if was else "", said if now else "")
            continue
        said_of: Mapping[str, Callable[[Rule], str]] = {
            "tests": lambda rule: _tests(rule, words),
            "outcome": lambda rule: f"{rule.ruling.value}{f' the {rule.at_most}' if rule.at_most else ''}",
            "rest": lambda rule: str(rule.rest or "none"),
            "waiting": lambda rule: rule.waits_for or "for nothing named",
            "waiver": lambda rule: "may be waived" if rule.may_be_waived else "may not be waived",
            "sentence": lambda rule: f'"{rule.because}"',
            "cite": lambda rule: f'"{rule.cite}"',
        }
        for what, said_by in said_of.items():
            before, after = said_by(was), said_by(now)
            if before != after:
                yield _change(other, f"{what} of `{name}`", before, after)


def _tests(rule: Rule, words: ClauseWords) -> str:
    said = (f"{each.fact}: {write_condition(each, words.facts[each.fact])}" for each in rule.conditions)
    return " and ".join(f"`{each}`" for each in said) or "always"


def _notes(before: Host, after: Host) -> Iterator[Change]:
    for cusip in sorted({*before.book.notes, *after.book.notes}):
        one, other = before.book.note(cusip), after.book.note(cusip)
        given = other or one
        assert given is not None
        if one is None or other is None:
            said = f"{cusip} ({given.supplement})"
            yield _of_note(given.programme, "note", said if one else "", said if other else "")
        elif one.digest != other.digest:
            old, new = json.loads(one.text), json.loads(other.text)
            for key in sorted({*old, *new}):
                if old.get(key) != new.get(key):
                    yield _of_note(given.programme, f"{key} of {cusip}", _said(old.get(key)), _said(new.get(key)))


def _of_note(programme: str, what: str, before: str, after: str) -> Change:
    return Change(programme=programme, edition="", clause="", what=what, before=before, after=after)


def _said(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _calendars(before: Host, after: Host) -> Iterator[Change]:
    old, new = before.book.calendars, after.book.calendars
    for code in sorted({*old, *new}):
        one, other = old.get(code), new.get(code)
        if one is None or other is None:
            yield _of_note("", "calendar", code if one else "", code if other else "")
        elif one.digest != other.digest:
            yield from _days(code, one, other)


def _days(code: str, one: Calendar, other: Calendar) -> Iterator[Change]:
    years = [f"{each.first_year} to {each.last_year}" for each in (one, other)]
    if years[0] != years[1]:
        yield _of_note("", f"years of calendar {code}", *years)
    common = {
        day
        for day in one.closed ^ other.closed
        if one.first_year <= day.year <= one.last_year and other.first_year <= day.year <= other.last_year
    }
    for closed, is_new in ((one.closed, False), (other.closed, True)):
        days = sorted(str(day) for day in common & closed)
        if days:
            more = f" and {len(days) - _NAMED} more" if len(days) > _NAMED else ""
            said = f"{listed(days[:_NAMED], 'and').replace('`', '')}{more}"
            yield _of_note("", f"days closed of calendar {code}", "" if is_new else said, said if is_new else "")


def _plugins(before: Host, after: Host) -> Iterator[Change]:
    old, new = (
        {status.name: (status.version, status.cause) for status in host.plugins.statuses} for host in (before, after)
    )
    for name in sorted({*old, *new}):
        one, other = old.get(name), new.get(name)
        if one != other:
            said = [(each and (each[1] or f"{name} {each[0]}".strip())) or "" for each in (one, other)]
            yield _of_note("", "plugin", *said)
