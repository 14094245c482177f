"""The ways that are timed, each proved to give the same on every case before it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from benchmarks import matched_by_hand
from benchmarks.by_hand import ByHand, answer_of
from benchmarks.cases import (
    ELECTED,
    OUTSTANDING,
    background,
    host_with_background,
    requests,
    with_twenty_four_rules,
)
from benchmarks.peers import BusinessRules, Told, Zen, installed
from benchmarks.timing import Way
from rules_engine.deciding.deciding import NOTHING_BESIDES
from rules_engine.deciding.establishing import CaseFacts, establish
from rules_engine.host import Host
from rules_engine.host.cases import Asking, Opened
from rules_engine.host.opening import CaseOpener
from rules_engine.host.preparing import Preparing
from rules_engine.intake import event_to_json, read_event
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.matching import durable
from rules_engine.matching.durable import DurableMatcher
from rules_engine.matching.plans import Plan
from rules_engine.model.events import SurvivorsOptionRequested
from rules_engine.model.wire import decision_text

ALLY, TWENTY_FOUR = "ally", "twenty-four"
SETS = (TWENTY_FOUR, ALLY)


@dataclass(frozen=True, slots=True)
class Measured:
    """One rule set with its cases: the host, the events asked for, and each one's facts."""

    name: str
    host: Host
    asked: list[SurvivorsOptionRequested]
    open: Callable[[SurvivorsOptionRequested], Opened]
    plan: Plan
    facts: list[CaseFacts]

    @classmethod
    def of(cls, name: str, folder: Path, count: int) -> Measured:
        """Open one of the two rule sets; `folder` is one to copy a rule book into."""
        rules = with_twenty_four_rules(folder) if name == TWENTY_FOUR else None
        host = host_with_background(with_durable=False, rules=rules)
        asked = requests(count)
        opened = opening(host)
        cases = [opened(each) for each in asked]
        plan = cases[0].plan
        return cls(name, host, asked, opened, plan, [establish(case.case, plan) for case in cases])


def opening(host: Host) -> Callable[[SurvivorsOptionRequested], Opened]:
    """Make what opens the case of a request, on the standing that a host's ledger has."""
    opener = CaseOpener(Preparing(host.book, host.plugins, host.vocabulary, with_durable=host.with_durable))

    def opened(asked: SurvivorsOptionRequested) -> Opened:
        asking = Asking(asked=asked, principal=asked.principal, on=asked.received_on)
        standing = host.ledger.standing(host.programme_of(asked))
        case = opener.request(asked, asking, standing, NOTHING_BESIDES)
        assert isinstance(case, Opened)
        return case

    return opened


def matching(of: Measured) -> dict[str, Way]:
    """Lay out the ways to name the rules that match, on facts worked out before."""
    plan, facts = of.plan, of.facts
    by_hand = getattr(matched_by_hand, of.name.replace("-", "_"))
    found: dict[str, Way] = {"by hand": (by_hand, facts), "plain": (plan.generated.match, facts)}
    same: dict[str, Callable[[CaseFacts], Any]] = {}
    if durable.available():
        from benchmarks.as_documented import AsDocumented

        held = DurableMatcher(plan.compared.rules, plan.compared.facts)

        def with_nothing_remembered_at_first(case: CaseFacts) -> frozenset[str]:
            if case is facts[0]:
                held.forget()
            return held.match(case)

        documented = AsDocumented(plan.compared.rules, plan.compared.facts)
        found |= {
            "asked": (held.ask, facts),
            "held": (with_nothing_remembered_at_first, facts),
            "documented": (documented.match, facts),
        }
        same |= {"asked": held.ask, "held": held.match, "documented": documented.match}
    told = Told(plan)
    values = [told.values(each) for each in facts]
    if zen := installed("zen"):
        peer = Zen(zen, plan)
        found |= {
            "zen expression": (peer.expression, values),
            "zen table": (peer.table, values),
            "zen trace": (lambda case: peer.answer(case, trace=True), values),
        }
        same |= {"zen expression": lambda case: peer.expression(told.values(case))}
        same |= {"zen table": lambda case: peer.table(told.values(case))}
    if installed("business_rules"):
        other = BusinessRules(plan)
        found |= {"business-rules": (other.match, values)}
        same |= {"business-rules": lambda case: other.match(told.values(case))}
    for case in facts:
        matched, undetermined = plan.plain.match(case)
        assert plan.generated.match(case) == (matched, undetermined)
        known, unknown = by_hand(case)
        meant = set(matched)
        assert (set(known), unknown) == (meant, undetermined)
        for name, match in same.items():
            assert set(match(case)) == meant, name
    return found


def from_a_line(of: Measured) -> dict[str, Way]:
    """Lay out the ways from a line of JSON to a line of JSON.

    Peers get a line of facts worked out before, and, beside that, the same line of an event as we get.
    """
    lines = [orjson.dumps(event_to_json(each)).decode() for each in of.asked]
    alone = of.host
    found: dict[str, Way] = {"line plain": (lambda line: decision_text(alone.preview(read_event(line))[0]), lines)}
    if durable.available():
        both = _with_both(alone)
        found["line both"] = (lambda line: decision_text(both.preview(read_event(line))[0]), lines)
        for line in lines:
            event = read_event(line)
            assert both.preview(event)[0] == alone.preview(event)[0]
    if of.name == ALLY:
        by_hand = ByHand(of.host.book.calendar("USNY").closed, ELECTED, OUTSTANDING.cents)
        for each in of.asked:
            assert isinstance(each, SurvivorsOptionRequested)
            assert by_hand.answer(each) == answer_of(alone.preview(each)[0]), each.event_id
        found["line by hand"] = (lambda line: by_hand.answer(read_event(line)), lines)  # type: ignore[arg-type]
    return found | _peers_from_a_line(of, lines)


def _peers_from_a_line(of: Measured, lines: list[str]) -> dict[str, Way]:
    told = Told(of.plan)
    given = [orjson.dumps(told.values(each)).decode() for each in of.facts]
    found: dict[str, Way] = {}
    if zen := installed("zen"):
        peer = Zen(zen, of.plan)

        def from_the_event(line: str) -> bytes:
            case = of.open(read_event(line))  # type: ignore[arg-type]  # every line is a request
            return orjson.dumps(peer.answer(told.values(establish(case.case, of.plan)), trace=True))

        found |= {
            "line zen": (lambda line: orjson.dumps(peer.answer(orjson.loads(line))), given),
            "line zen trace": (lambda line: orjson.dumps(peer.answer(orjson.loads(line), trace=True)), given),
            "event zen trace": (from_the_event, lines),
        }
    if installed("business_rules"):
        other = BusinessRules(of.plan)
        found["line business-rules"] = (lambda line: orjson.dumps(other.match(orjson.loads(line))), given)
    return found


def _with_both(alone: Host) -> Host:
    host = Host(alone.book, alone.plugins, alone.vocabulary, MemoryLedger(), with_durable=True)
    for event in background():
        host.answer(event)
    return host
