"""Proof: every entry of a ledger decided again, from what the ledger itself holds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

import pluggy

from rules_engine.deciding.receipt import receipt_of
from rules_engine.errors import RulesEngineError
from rules_engine.host.answering import Answering
from rules_engine.host.opening import CaseOpener
from rules_engine.host.preparing import UNREADY, Preparing
from rules_engine.intake import read_event
from rules_engine.ledger.base import BEGINNING, Entry, Ledger, entry_after
from rules_engine.ledger.folding import USED_BEFORE, advance
from rules_engine.matching.plans import Plan
from rules_engine.model.decisions import Decision
from rules_engine.model.events import Event
from rules_engine.model.issuers import Issuer, Programme
from rules_engine.model.standing import Standing
from rules_engine.model.wire import decision_from_json
from rules_engine.plugging import Plugins, PluginStatus
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.vocabulary import Vocabulary
from rules_engine.workbench.chain import Difference, Differs, by_event, differs, prove_chain
from rules_engine.workbench.recorded import RecordedRules

NO_HEAD = (0, BEGINNING)
"""Where a programme ends of which nothing is recorded."""


@dataclass(slots=True)
class Verification:
    """How far a verification has come; `difference` is the first entry that does not prove, or None.

    `heads` gives the position and digest of each programme's last entry proved so far: kept somewhere else, they
    show later that no end was cut off since. `receipts_only` counts entries that told of a rule book as it was.
    `rule_sets` counts, by the digest of the rule set, the entries decided again.
    """

    entries: int = 0
    decided_again: int = 0
    receipts_only: int = 0
    rule_sets: Counter[str] = field(default_factory=Counter)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    difference: Difference | None = None


@dataclass(slots=True)
class _Programme:
    """One programme as verified so far: its standing and the digest its next entry must name."""

    standing: Standing
    previous: str = BEGINNING


@dataclass(slots=True)
class _Proof:
    """What is carried from entry to entry."""

    rules: RecordedRules
    vocabulary: Vocabulary
    with_durable: bool
    plans: dict[str, Plan] = field(default_factory=dict)
    programmes: dict[str, _Programme] = field(default_factory=dict)
    made_under: dict[str, str] = field(default_factory=dict)
    answering: Answering | None = None


def verify(ledger: Ledger, vocabulary: Vocabulary, *, with_durable: bool) -> Iterator[Verification]:
    """Decide every entry again; yield how far it has come after each event, and stop at a difference.

    The chain is checked first, then the event is decided on the standing folded from the entries
    before it, by the rules kept under the digests it names. An answer that told of a rule book as
    it was then ("note not known") cannot be decided again; its receipt is worked out anew. Others may
    record meanwhile; what they add may be left out.
    """
    done = Verification()
    heads = ledger.heads()
    proof = _Proof(rules=RecordedRules(ledger.text, vocabulary), vocabulary=vocabulary, with_durable=with_durable)
    try:
        for entries in by_event(ledger.entries()):
            used = _prove(proof, entries)
            done.rule_sets.update(used)
            done.entries += len(entries)
            done.heads[entries[-1].programme] = (entries[-1].position, entries[-1].digest)
            done.decided_again += len(used)
            done.receipts_only = done.entries - done.decided_again
            yield done
        _prove_heads(heads, ledger.heads(), proof.programmes)
    except Differs as differs:
        done.difference = differs.difference
        yield done


def proved(verification: Iterable[Verification]) -> Verification:
    """Run a verification to its end, and give how it came out."""
    done = Verification()
    for so_far in verification:
        done = so_far
    return done


def moved_on(done: Verification, book: Book) -> int:
    """Count the entries decided again whose rule set a rule book does not have as it was."""
    current = {"", *(rule_set.digest for rule_set in book.rule_sets)}
    return sum(count for used, count in done.rule_sets.items() if used not in current)


def _prove(proof: _Proof, entries: list[Entry]) -> list[str]:
    """Prove the entries of one event; list the digests of the rule sets by which they were decided again."""
    first = entries[0]
    programme = proof.programmes.setdefault(first.programme, _Programme(Standing(first.programme)))
    previous, position = programme.previous, programme.standing.position
    for part, entry in enumerate(entries):
        position += 1
        prove_chain(entry, previous, position, part)
        previous = entry.digest
    event, decisions = _read(entries)
    unready = decisions[0].findings[0].rule in UNREADY
    if unready:
        _prove_receipts(entries, decisions)
    else:
        _prove_answers(proof, programme, event, entries, decisions)
    for decision in decisions:
        advance(programme.standing, event, decision)
        if decision.request_id:
            proof.made_under.setdefault(decision.request_id, first.programme)
    programme.previous = previous
    return [] if unready else [decision.rules_digest for decision in decisions]


def _read(entries: list[Entry]) -> tuple[Event, list[Decision]]:
    """Read an event and the decisions on it; what cannot be read differs."""
    for entry in entries:
        if entry.event != entries[0].event:
            raise differs(entry, "it answers another event under the same id")
    try:
        return read_event(entries[0].event), [decision_from_json(json.loads(entry.decision)) for entry in entries]
    except (RulesEngineError, ValueError, KeyError, TypeError) as fault:
        raise differs(entries[0], f"it cannot be read: {fault}") from fault


def _prove_receipts(entries: list[Entry], decisions: list[Decision]) -> None:
    for entry, decision in zip(entries, decisions, strict=True):
        if receipt_of(decision, json.loads(entry.event)) != decision.receipt:
            raise differs(entry, "its receipt is not that of its content")


def _prove_answers(
    proof: _Proof, programme: _Programme, event: Event, entries: list[Entry], decisions: list[Decision]
) -> None:
    """Decide an event again, with everything it means for other requests, and compare entry by entry."""
    if decisions[0].findings[0].rule == USED_BEFORE:
        proof.made_under.setdefault(decisions[0].request_id, "")  # by another programme, perhaps
    try:
        answers = _answering(proof, entries, decisions).answers(event, programme.standing)
    except RulesEngineError as fault:
        raise differs(entries[0], f"it cannot be decided again: {fault}") from fault
    position, previous = programme.standing.position, programme.previous
    for part, (entry, answer) in enumerate(zip(entries, answers, strict=False)):
        again = entry_after(entry.programme, position + 1 + part, previous, part, answer)
        if again != entry:
            raise differs(entry, _how_it_differs(entry, answer.decision))
        previous = entry.digest
    if len(answers) != len(entries):
        raise differs(entries[-1], f"deciding again gives {len(answers)} answers, the ledger has {len(entries)}")


def _answering(proof: _Proof, entries: list[Entry], decisions: list[Decision]) -> Answering:
    """Give what answers events by the rules these decisions name; made anew only when they changed."""
    ruled = [decision for decision in decisions if decision.rules_digest]
    moved = [proof.rules.take(decision) for decision in ruled]
    programme = entries[0].programme
    if programme not in proof.rules.programmes:
        proof.rules.programmes = {*proof.rules.programmes, programme}
        moved.append(True)
    if proof.answering is None or any(moved):
        preparing = Preparing(
            proof.rules,
            _declaring(proof.rules.programmes),
            proof.vocabulary,
            with_durable=proof.with_durable,
            plans=proof.plans,
        )
        proof.answering = Answering(CaseOpener(preparing), proof.made_under.get)
    return proof.answering


def _declaring(programmes: Iterable[str]) -> Plugins:
    """Stand in for the plugins: what was decided was declared then."""
    issuers = tuple(
        Issuer(code=code, name=code, programmes=tuple(Programme(code=each, name=each) for each in found))
        for code, found in groupby(sorted(programmes), key=lambda programme: programme.partition("/")[0])
    )
    return Plugins(pluggy.PluginManager("recorded"), (PluginStatus(name="recorded", version="", issuers=issuers),))


def _how_it_differs(entry: Entry, again: Decision) -> str:
    recorded = decision_from_json(json.loads(entry.decision))
    if recorded.receipt != again.receipt:
        return (
            f"decided again it is {again.outcome.word} with receipt {again.receipt}; "
            f"the ledger has {recorded.outcome.word} with receipt {recorded.receipt}"
        )
    return "decided again it has the same receipt, but other words"


def _prove_heads(
    before: Mapping[str, tuple[int, str]], after: Mapping[str, tuple[int, str]], programmes: Mapping[str, _Programme]
) -> None:
    """Hold where each programme ends against its head, kept apart from the entries, as it was before and after."""
    for code in sorted({*before, *after, *programmes}):
        programme = programmes.get(code)
        end = (programme.standing.position, programme.previous) if programme else NO_HEAD
        first, last = before.get(code, NO_HEAD), after.get(code, NO_HEAD)
        if end in (first, last) or first[0] < end[0] < last[0]:  # further on, others recorded meanwhile
            continue
        what = f"the ledger's last entry is {last[0]} with digest {last[1]}, the entries end at {end[0]}"
        if last == NO_HEAD:
            what = f"the ledger has lost where it ends; its entries end at {end[0]}"
        raise Differs(Difference(programme=code, position=end[0] + 1, event_id="", what=what))
