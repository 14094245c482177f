"""Proof: every entry of a ledger decided again, from what the ledger itself holds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from rules_engine.deciding.receipt import receipt_of
from rules_engine.errors import RuleBookError, RulesEngineError
from rules_engine.host.answering import Answering
from rules_engine.host.opening import CaseOpener
from rules_engine.host.preparing import Preparing
from rules_engine.intake import read_recorded
from rules_engine.ledger.base import BEGINNING, Answer, Entry, Ledger, UnreadableEntry, entry_after
from rules_engine.matching.plans import Plan
from rules_engine.model.canonical import digest
from rules_engine.model.codes import OF_THE_BOOK, Code
from rules_engine.model.decisions import Decision
from rules_engine.model.events import Event
from rules_engine.model.issuers import Issuer, Programme
from rules_engine.model.wire import decision_from_json
from rules_engine.plugging import Plugins, PluginStatus
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.vocabulary import Vocabulary
from rules_engine.standing.kinds import advance
from rules_engine.standing.standing import Standing
from rules_engine.workbench.chain import Difference, Differs, by_event, differs, prove_chain
from rules_engine.workbench.differing import how_it_differs, made_otherwise
from rules_engine.workbench.recorded import RecordedRules

Head = tuple[int, str]
"""Where a programme ends: the position and the digest of its last entry."""

NO_HEAD: Head = (0, BEGINNING)
"""Where a programme ends of which nothing is recorded."""

RestsOn = tuple[tuple[str, str], ...]
"""What an entry rests on: of each thing, which of `rules`, `notes` and `calendars` it is one, and its digest."""


@dataclass(slots=True)
class Verification:
    """How far a verification has come; `differences` has at most one of each programme, the first.

    `heads` gives where each programme proved so far ends: kept somewhere else, they show later that no end was cut off
    since. `receipts_only` counts entries that told of a rule book as it was. `rested_on` counts entries by what they
    rest on together: a rule set, payment days, a note, a calendar. `texts` counts the texts found whole.
    """

    entries: int = 0
    decided_again: int = 0
    receipts_only: int = 0
    texts: int = 0
    rested_on: Counter[RestsOn] = field(default_factory=Counter)
    heads: dict[str, Head] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)


class _Programme:
    """One programme as verified so far: its standing, and the digest its next entry must name."""

    def __init__(self, code: str, ledger: Ledger) -> None:
        self.standing = Standing(code)
        self.previous = BEGINNING
        self.used_elsewhere: set[str] = set()
        self._ledger = ledger

    def event(self, event_id: str) -> Event | None:
        """Find an event recorded before, by its id."""
        return self._ledger.event(event_id)

    def first_answer(self, event_id: str) -> Decision | None:
        """Give the decision recorded on an event itself."""
        entries = self._ledger.entries_of(event_id)
        return decision_from_json(json.loads(entries[0].decision)) if entries else None

    def answered_by(self, event_id: str) -> tuple[str, ...]:
        """List the requests that were answered again because of an event."""
        return tuple(entry.request_id for entry in self._ledger.entries_of(event_id) if entry.part)

    def stands_under(self, request_id: str) -> str | None:
        """Give the programme a request stands under, as far as this programme's entries tell."""
        if request_id in self.used_elsewhere:
            return ""
        return self.standing.programme if self.standing.live(request_id) else None


@dataclass(slots=True)
class _Proof:
    """What is carried from entry to entry of one programme."""

    rules: RecordedRules
    vocabulary: Vocabulary
    programme: _Programme
    plugins: Mapping[str, str]
    with_durable: bool
    plans: dict[str, Plan] = field(default_factory=dict)
    answering: Answering | None = None


def verify(
    ledger: Ledger,
    vocabulary: Vocabulary,
    *,
    with_durable: bool,
    plugins: Mapping[str, str],
    earlier: Mapping[str, Head] | None = None,
) -> Iterator[Verification]:
    """Decide every entry again, programme by programme; yield how far it has come after each event.

    The chain is checked first, then the event is decided on the standing folded from the entries before it, by the
    rules kept under the digests it names. At a difference the programme is left, and the next one taken. An answer that
    told of a rule book as it was then ("note not known") cannot be decided again; its receipt is worked out anew.
    `plugins` are those of today, with their versions. Each of the `earlier` heads has to be the end of a beginning of
    this ledger. Others may record meanwhile; what they add may be left out.
    """
    done = Verification()
    yield from prove_texts(ledger, done)
    given = Given(ledger, vocabulary, with_durable, plugins, earlier or {}, ledger.heads())
    for code in given.programmes():
        yield from prove_programme(code, given, done)


@dataclass(frozen=True, slots=True)
class Given:
    """What a ledger is verified with; `before` is where each programme ended when that began."""

    ledger: Ledger
    vocabulary: Vocabulary
    with_durable: bool
    plugins: Mapping[str, str]
    earlier: Mapping[str, Head]
    before: Mapping[str, Head]

    def programmes(self) -> list[str]:
        """Name the programmes to prove, also those of which it is lost that there are any entries."""
        return sorted({*self.before, *self.earlier, *self.ledger.programmes()})


def prove_programme(code: str, given: Given, done: Verification) -> Iterator[Verification]:
    """Prove the entries of one programme; count them in what is done, and yield it after each event."""
    programme = _Programme(code, given.ledger)
    proof = _Proof(
        rules=RecordedRules(given.ledger.text, given.vocabulary.known_to(code)),
        vocabulary=given.vocabulary,
        programme=programme,
        plugins=given.plugins,
        with_durable=given.with_durable,
    )
    try:
        earlier_head = given.earlier.get(code, NO_HEAD)
        for entries in by_event(given.ledger.entries(code)):
            rested_on = _prove(proof, entries)
            _hold_against(earlier_head, entries)
            done.rested_on.update(rested_on or ())
            done.entries += len(entries)
            done.heads[code] = (entries[-1].position, entries[-1].digest)
            done.receipts_only += len(entries) if rested_on is None else 0
            done.decided_again = done.entries - done.receipts_only
            yield done
        _prove_end(code, programme, given.before.get(code, NO_HEAD), given.ledger.heads().get(code, NO_HEAD))
        _prove_reached(earlier_head, programme)
    except Differs as differs:
        done.differences.append(differs.difference)
        yield done
    except UnreadableEntry as fault:
        found = Difference(programme=fault.programme, position=fault.position, event_id="", what=fault.why)
        done.differences.append(found)
        yield done


def proved(verification: Iterable[Verification]) -> Verification:
    """Run a verification to its end, and give how it came out."""
    done = Verification()
    for so_far in verification:
        done = so_far
    return done


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedOn:
    """How many entries rest on something that a rule book has changed since, or does not have, by what it is."""

    rules: int
    notes: int
    calendars: int


def moved_on(done: Verification, book: Book) -> MovedOn:
    """Hold what the entries rest on against a rule book."""
    today = {
        "rules": {rule_set.digest for rule_set in book.rule_sets},
        "notes": {note.digest for note in book.notes.values()},
        "calendars": {calendar.digest for calendar in book.calendars.values()},
    }
    counts: Counter[str] = Counter()
    for rests_on, count in done.rested_on.items():
        for what in {what for what, named in rests_on if named and named not in today[what]}:
            counts[what] += count
    return MovedOn(rules=counts["rules"], notes=counts["notes"], calendars=counts["calendars"])


def prove_texts(ledger: Ledger, done: Verification) -> Iterator[Verification]:
    """Take the digest of every text as it is stored."""
    for named, text in ledger.texts():
        if digest(text) == named:
            done.texts += 1
        else:
            what = f"the text kept under {named} has digest {digest(text)}: it was changed"
            done.differences.append(Difference(programme="", position=0, event_id="", what=what))
            yield done


def _prove(proof: _Proof, entries: list[Entry]) -> list[RestsOn] | None:
    """Prove the entries of one event; list what they rest on, or None where they could not be decided again."""
    programme = proof.programme
    previous, position = programme.previous, programme.standing.at
    for part, entry in enumerate(entries):
        position += 1
        prove_chain(entry, previous, position, part)
        previous = entry.digest
    event, decisions = _read(entries)
    unready = bool(decisions[0].codes & OF_THE_BOOK)
    if unready:
        _prove_receipts(entries, decisions)
    else:
        _prove_answers(proof, event, entries, decisions)
    for part, (entry, decision) in enumerate(zip(entries, decisions, strict=True)):
        try:
            advance(programme.standing, event, decision, programme.event, part=part)
        except (LookupError, ValueError, AssertionError) as fault:
            raise differs(entry, f"it does not follow from the entries before it: {fault}") from fault
    programme.previous = previous
    return None if unready else [_rests_on(decision) for decision in decisions]


def _rests_on(decision: Decision) -> RestsOn:
    return (
        ("rules", decision.rules_digest),
        ("rules", decision.days_digest),
        ("notes", decision.note_digest),
        ("calendars", decision.calendar_digest),
    )


def _read(entries: list[Entry]) -> tuple[Event, list[Decision]]:
    """Read an event and the decisions on it; what cannot be read differs."""
    for entry in entries:
        if entry.event != entries[0].event:
            raise differs(entry, "it answers another event under the same id")
    try:
        return read_recorded(entries[0].event), [decision_from_json(json.loads(entry.decision)) for entry in entries]
    except (RulesEngineError, ValueError, KeyError, TypeError) as fault:
        raise differs(entries[0], f"it cannot be read: {fault}") from fault


def _prove_receipts(entries: list[Entry], decisions: list[Decision]) -> None:
    for entry, decision in zip(entries, decisions, strict=True):
        if receipt_of(decision, json.loads(entry.event)) != decision.receipt:
            raise differs(entry, "its receipt is not that of its content")


def _prove_answers(proof: _Proof, event: Event, entries: list[Entry], decisions: list[Decision]) -> None:
    """Decide an event again, with everything it means for other requests, and compare entry by entry."""
    programme = proof.programme
    request_id = decisions[0].request_id
    if Code.REQUEST_ID_USED in decisions[0].codes and programme.standing.live(request_id) is None:
        programme.used_elsewhere.add(request_id)
    try:
        answers = _answering(proof, entries, decisions).answers(event, programme.standing)
    except RulesEngineError as fault:
        cause = made_otherwise(decisions[0], proof.plugins)
        raise differs(entries[0], f"it cannot be decided again: {_in_short(fault)}", cause) from fault
    finally:
        programme.used_elsewhere.clear()
    position, previous = programme.standing.at, programme.previous
    for part, (entry, recorded, answer) in enumerate(zip(entries, decisions, answers, strict=False)):
        told = Answer(event=answer.event, decision=replace(answer.decision, made_by=recorded.made_by))
        again = entry_after(entry.programme, position + 1 + part, previous, part, told)
        if again != entry:
            cause = made_otherwise(recorded, proof.plugins)
            raise differs(entry, how_it_differs(recorded, answer.decision), cause)
        previous = entry.digest
    if len(answers) != len(entries):
        what = f"deciding again gives {len(answers)} answers, the ledger has {len(entries)}"
        raise differs(entries[-1], what, made_otherwise(decisions[0], proof.plugins))


def _in_short(fault: RulesEngineError) -> str:
    """Say what is wrong in one line; of the faults in a recorded text, which nobody can edit, the first."""
    if isinstance(fault, RuleBookError):
        return f"of the rules that were recorded, {fault.problems[0].message}"
    return str(fault)


def _answering(proof: _Proof, entries: list[Entry], decisions: list[Decision]) -> Answering:
    """Give what answers events by the rules these decisions name; made anew only when they changed."""
    moved = [proof.rules.take(decision) for decision in decisions if decision.note_digest]
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
        proof.answering = Answering(CaseOpener(preparing), proof.programme)
    return proof.answering


def _declaring(programmes: Iterable[str]) -> Plugins:
    """Stand in for the plugins: what was decided was declared then."""
    issuers = tuple(
        Issuer(code=code, name=code, programmes=tuple(Programme(code=each, name=each) for each in found))
        for code, found in groupby(sorted(programmes), key=lambda programme: programme.partition("/")[0])
    )
    return Plugins((PluginStatus(name="recorded", version="", issuers=issuers),))


def _hold_against(earlier: Head, entries: list[Entry]) -> None:
    """Hold the entry at which a programme ended earlier against the digest it had then."""
    position, known = earlier
    for entry in entries:
        if entry.position == position and entry.digest != known:
            raise differs(entry, f"the earlier head has {known} here: the ledger was written anew since")


def _prove_reached(earlier: Head, programme: _Programme) -> None:
    position, _ = earlier
    end = programme.standing.at
    if end < position:
        what = f"the earlier head has {position} entries, the ledger ends at {end}: its end was cut off"
        raise Differs(Difference(programme=programme.standing.programme, position=end + 1, event_id="", what=what))


def _prove_end(code: str, programme: _Programme, first: Head, last: Head) -> None:
    """Hold where a programme ends against its head, kept apart from the entries, as it was before and after."""
    end = (programme.standing.at, programme.previous)
    if end in (first, last) or first[0] < end[0] < last[0]:  # further on, others recorded meanwhile
        return
    what = f"the ledger's last entry is {last[0]} with digest {last[1]}, the entries end at {end[0]}"
    if last == NO_HEAD:
        what = f"the ledger has lost where it ends; its entries end at {end[0]}"
    raise Differs(Difference(programme=code, position=end[0] + 1, event_id="", what=what))
