"""What the rule files on the survivor's option say of one request, apart from positions and limits.

The files are read line by line, as a person reads them aloud. A rule whose lines all hold speaks. One with a line that
fails is silent. One that hangs on something unknown leaves the request waiting for that. Rules that accept, or cap what
is accepted, are left to the ledger; so are those on what others asked for and on what was repaid.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from .terms import OPTION, Note, Terms, cents, months_later

Told = Mapping[str, Any]

OF_THE_LEDGER = ("principal tendered in other requests", "position was repaid before")


@dataclass(frozen=True)
class Rule:
    """A rule as its file words it."""

    name: str
    then: str
    when: tuple[tuple[str, str], ...]
    may_be_waived: bool


@dataclass(frozen=True)
class Case:
    """One request as the rules see it on the day it is decided."""

    told: Told
    papers: Set[str] | None
    asked: int
    received_on: date
    decided_as_of: date
    due_on: date
    called_for: date | None
    note: Note
    terms: Terms


@dataclass(frozen=True)
class Verdict:
    """What the rules say together."""

    rejecting: frozenset[str]
    asking: frozenset[tuple[str, str]]
    """The rules that refer, each with the values it looked at."""
    missing: frozenset[str]


def _read(text: str) -> dict[str, Rule]:
    rules = {}
    for part in _one_by_one(text).split("\n  - rule: ")[1:]:
        name, _, body = part.partition("\n")
        line = dict(re.findall(r"^    (then|may be waived): (.+)$", body, re.MULTILINE))
        when = re.findall(r"^      ([^:]+): (.+)$", body.partition("    then:")[0], re.MULTILINE)
        rules[name.strip()] = Rule(name.strip(), line["then"], tuple(when), line.get("may be waived") == "yes")
    return rules


def _one_by_one(text: str) -> str:
    """Write every rule of a paragraph as it would stand alone: at its indent, with what the paragraph says of all."""
    blocks = text.split("\n  - ")
    for place, block in enumerate(blocks):
        said, is_paragraph, rules = block.partition("\n    rules:\n")
        if is_paragraph:
            of_all = "\n".join(re.findall(r"^    (?:then|may be waived): .+$", f"    {said}", re.MULTILINE))
            alone = rules.replace("\n    ", "\n").removeprefix("    ").split("\n  - ")
            blocks[place] = "\n  - ".join(f"{rule.removeprefix('  - ').rstrip()}\n{of_all}" for rule in alone)
    return "\n  - ".join(blocks)


@cache
def rules() -> tuple[Rule, ...]:
    """Read the programme's rules on the option: the standard wording, less what it leaves out, and its own."""
    own, standard = (path.read_text(encoding="utf-8") for path in OPTION)
    left_out = re.search(r"^leaves out:\n((?:  - .+\n)+)", own, re.MULTILINE)
    names = set(re.findall(r"- (.+)", left_out[1])) if left_out else set()
    kept = {name: rule for name, rule in _read(standard).items() if name not in names}
    return tuple((kept | _read(own)).values())


Fact = tuple[tuple[str, ...], Callable[..., Any]]
"""The fields a fact rests on, and its value where they are known; `case` is the request itself."""


def _word(field: str) -> Fact:
    return ((field,), lambda value: {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value)


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


FACTS: Mapping[str, Fact] = {
    "trigger": _word("trigger"),
    "representative": _word("representative"),
    "registration": _word("registration"),
    "held in": _word("held_in"),
    "acquired": _word("acquired"),
    "beneficial owner at death": _word("owner_at_death"),
    "co-owner is the spouse": _word("co_owner_is_spouse"),
    "substantially all of the beneficial interest": _word("substantially_all_beneficial_interest"),
    "documents": (("documents",), lambda papers: papers),
    "survivor's option on the note": ((), lambda: "yes"),
    "note has matured": (("case",), lambda case: _yes(case.decided_as_of >= case.note.matures_on)),
    "note is redeemed before the repayment": (
        ("case",),
        lambda case: _yes(case.called_for is not None and case.called_for <= case.due_on),
    ),
    "asked for in whole multiples": (("case",), lambda case: _yes(case.asked % case.terms.multiple == 0)),
    "principal asked for": (("case",), lambda case: case.asked),
    "position": (("position",), cents),
    "leaves too little": (
        ("position", "case"),
        lambda position, case: _yes(0 < cents(position) - case.asked < case.terms.least_left),
    ),
    "months held": (("acquired_on", "case"), lambda bought, case: (bought, case.received_on)),
    "months since death": (("occurred_on", "case"), lambda died, case: (died, case.received_on)),
    "day of receipt": (("case",), lambda case: case.received_on),
    "day of death": (("occurred_on",), lambda died: died),
    "day acquired": (("acquired_on",), lambda bought: bought),
    "day of issue": (("case",), lambda case: case.note.issued_on),
}


def _field(case: Case, field: str) -> Any:
    if field == "case":
        return case
    if field == "documents":
        return case.papers
    value = case.told.get(field, "death" if field == "trigger" else None)
    return date.fromisoformat(value) if value is not None and field in ("acquired_on", "occurred_on") else value


@cache
def _way(wanted: str) -> tuple[str, str]:
    """Split what a line wants into how it compares, and with what."""
    amounts, days = ("less than", "more than", "at least", "at most"), ("before", "after")
    for way in ("not one of", "one of", "with", "without", *amounts, *days, "not"):
        if wanted.startswith(f"{way} "):
            return way, wanted[len(way) + 1 :]
    return "is", wanted


def _facts_of(rule: Rule) -> list[str]:
    """List the facts that a rule looks at: those its lines are about, and those they are compared with."""
    others = (_way(wanted)[1].removeprefix("the ") for _, wanted in rule.when)
    named = [fact for line, other in zip(rule.when, others, strict=True) for fact in (line[0], other)]
    return ["documents" if fact == "papers for the registration" else fact for fact in named]


def _number(case: Case, text: str) -> Any:
    """Read what a fact is compared with: another fact or a term by its name, money, days or months."""
    fields, work_out = FACTS.get(text.removeprefix("the "), ((), None))
    if work_out:
        return work_out(*(_field(case, field) for field in fields))
    named = {"the holding period": case.terms.holding_months, "the filing period": case.terms.filing_months}
    if text in named:
        return named[text]
    return cents(text) if text.startswith("$") else int(text.split()[0])


def _holds(case: Case, value: Any, wanted: str) -> bool:
    """Whether a fact's value is as a rule's line wants it."""
    way, other = _way(wanted)
    if way in ("is", "not"):
        return bool((value == other) == (way == "is"))
    if way in ("one of", "not one of"):
        return (value in other.split(", ")) == (way == "one of")
    if way in ("with", "without"):
        return (other in value) == (way == "with")
    number = _number(case, other)
    # Months are counted by corresponding days: completed ones from below, begun ones from above.
    one, two = (value[1], months_later(value[0], number)) if isinstance(value, tuple) else (value, number)
    if way in ("less than", "before", "at least"):
        return bool((one < two) == (way != "at least"))
    return bool((one > two) == (way != "at most"))


def _speaks(case: Case, rule: Rule) -> bool | frozenset[str]:
    """Say whether the rule speaks, or name what it hangs on."""
    missing: set[str] = set()
    for fact, wanted in rule.when:
        fields, work_out = FACTS["documents" if fact == "papers for the registration" else fact]
        values = {field: _field(case, field) for field in fields}
        others = FACTS.get(_way(wanted)[1].removeprefix("the "), ((), None))[0]
        unknown = {field for field in (*fields, *others) if _field(case, field) is None}
        if unknown:
            missing |= unknown
        elif not _holds(case, work_out(*values.values()), wanted):
            return False
    return frozenset(missing) or True


def _looked_at(case: Case, rule: Rule) -> str:
    """Write the values that a rule looked at, so that it is not asked again about the same ones."""
    fields = [field for fact in _facts_of(rule) if fact in FACTS for field in FACTS[fact][0] if field != "case"]
    return "; ".join(f"{field} {_field(case, field)}" for field in dict.fromkeys(fields))


def judge(case: Case, lifted: Set[str] = frozenset()) -> Verdict:
    """Hear every rule that is not lifted by a waiver."""
    rejecting: set[str] = set()
    asking: set[tuple[str, str]] = set()
    missing = _missing_for_the_share(case.told)
    for rule in rules():
        if (
            rule.name in lifted
            or rule.then.startswith(("entitle", "accept"))
            or any(fact in OF_THE_LEDGER for fact, _ in rule.when)
        ):
            continue
        spoke = _speaks(case, rule)
        if isinstance(spoke, frozenset):
            missing |= spoke
        elif spoke and rule.then == "reject":
            rejecting.add(rule.name)
        elif spoke and rule.then == "refer":
            asking.add((rule.name, _looked_at(case, rule)))
        elif spoke:
            missing |= {wanted.removeprefix("without ") for _, wanted in rule.when if wanted.startswith("without ")}
    return Verdict(frozenset(rejecting), frozenset(asking), frozenset(missing))


def is_capped_at_a_share(told: Told) -> bool:
    """Whether only the deceased's share of the position counts."""
    return told.get("registration") == "tenants in common" and told.get("co_owner_is_spouse") is False


def _missing_for_the_share(told: Told) -> set[str]:
    """What the rule on a tenant in common's share hangs on."""
    if told.get("registration") != "tenants in common":
        return set()
    if told.get("co_owner_is_spouse") is None:
        return {"co_owner_is_spouse"}
    return {"deceased_share"} if is_capped_at_a_share(told) and told.get("deceased_share") is None else set()


@cache
def may_be_waived() -> frozenset[str]:
    """Name the rules of which the rule set says `may be waived: yes`."""
    return frozenset(rule.name for rule in rules() if rule.may_be_waived)
