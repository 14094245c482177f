"""Where events are tried on a rule set: notes of its edition, of the book or imagined, and a host that forgets them."""

from __future__ import annotations

import json
from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from rules_engine.dates.months import add_months
from rules_engine.host import Host
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.model.cusips import check_digit
from rules_engine.model.decisions import Decision
from rules_engine.model.notes import Note
from rules_engine.rulebook.nodes import read_nodes
from rules_engine.rulebook.places import Faults
from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.supplements import read_supplement

Written = dict[str, Any]
"""An event as the JSON object it is sent as."""

_IMAGINED = """\
supplement: Imagined, to try the rules on
source: Imagined
issue date: {issued}
denominations: {{minimum: "$1,000", increment: "$1,000"}}
notes:
"""
_ROW = """\
  - cusip: {cusip}
    coupon: 4 %
    type: fixed
    frequency: monthly
    maturity: {maturity}
    first coupon date: {first}
    survivors option: {option}
    {redemption}
"""
_CALL = """redemption: {{style: Bermudan, first date: {first_call}, on: monthly, price: 100 %, amount: {amount},
      printed: Imagined, notice: {{minimum: 30 days, maximum: 60 days}}}}"""
_KINDS = {
    ("yes", "part"): _CALL.replace("{amount}", "whole or part"),
    ("no", "whole"): _CALL.replace("{amount}", "whole"),
    ("yes", "none"): "",
    ("yes", "not read"): "redemption: not read",
}
_BASE = "99999A"
"""The first six characters of CUSIPs that stand for no issuer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A rule set with notes to try it on; `imagined` are those of them that no supplement gives."""

    host: Host
    rule_set: RuleSet
    programme: str
    notes: tuple[Note, ...]
    imagined: frozenset[str] = field(default_factory=frozenset)

    def decided(self, events: Sequence[Written]) -> Decision | None:
        """Decide events in order, on a ledger of their own; give the answer to the last, None where one is refused."""
        host = self.host.beside(MemoryLedger())
        answer: Decision | None = None
        for event in events:
            answer = host.answer(host.read_event(json.dumps(event)))[0]
        return answer


def stage_for(host: Host, rule_set: RuleSet) -> Stage:
    """Set the stage for a rule set: the book's own notes first, and imagined ones of every kind."""
    programme = rule_set.edition.rpartition("/")[0]
    own = [note for note in _own(host, rule_set, programme) if not note.floating]
    imagined = _imagine(rule_set, programme)
    book = replace(host.book, notes=ChainMap({note.cusip: note for note in imagined}, dict(host.book.notes)))
    trying = Host(book, host.plugins, host.vocabulary, MemoryLedger(), with_durable=False).beside(MemoryLedger())
    chosen = {(note.survivors_option, note.call is None, note.redemption_known): note for note in reversed(own)}
    return Stage(
        host=trying,
        rule_set=rule_set,
        programme=programme,
        notes=(*chosen.values(), *imagined),
        imagined=frozenset(note.cusip for note in imagined),
    )


def _own(host: Host, rule_set: RuleSet, programme: str) -> list[Note]:
    notes = (host.book.notes[cusip] for cusip in sorted(host.book.rows))
    return [
        note
        for note in notes
        if note.programme == programme
        and host.book.rule_set(programme, rule_set.clause, note.issue_date) is not None
        and host.book.rule_set(programme, rule_set.clause, note.issue_date) == rule_set
    ]


def _imagine(rule_set: RuleSet, programme: str) -> tuple[Note, ...]:
    """Imagine a note of each kind, issued on a day for which the rule set speaks."""
    issued = (rule_set.issued_from or date(2015, 1, 2)) + timedelta(days=9)
    if rule_set.issued_until and issued > rule_set.issued_until:
        issued = rule_set.issued_until
    first = add_months(date(issued.year, issued.month, 15), 2)
    days = {"issued": issued, "first": first, "maturity": add_months(first, 60), "first_call": add_months(first, 12)}
    rows = ""
    for place, ((option, _), redemption) in enumerate(_KINDS.items()):
        base = f"{_BASE}{place:02}"
        given: Mapping[str, Any] = {**days, "cusip": f"{base}{check_digit(base)}", "option": option}
        rows += _ROW.format(redemption=redemption.format(**days), **given)
    faults = Faults()
    root = read_nodes((_IMAGINED.format(**days) + rows).encode(), "imagined", faults)
    read = read_supplement(root, programme, faults) if root else ()
    assert not faults, faults
    assert all(row.note for row in read), [row.faults for row in read]
    return tuple(row.note for row in read if row.note)
