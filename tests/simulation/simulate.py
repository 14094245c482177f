"""Random histories, answered by the engine and held against the model and the invariants.

python -m tests.simulation.simulate --events 1000000 --seed 1 --processes 2
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

from .engine import Engine, knows, run
from .expected import differences
from .histories import Author, Event
from .invariants import Ledger, asking_changes_nothing, every_request_can_end, faults, the_same_again
from .model import Model
from .shrinking import shrink, way

LENGTH = 45
ASKED_MORE_OFTEN = 20
"""Every so many histories, the invariants that answer a history several times are looked at too."""


@dataclass
class Outcome:
    """What came of one history."""

    seed: int
    events: int = 0
    compared: int = 0
    left_open: str = ""
    faults: list[str] = field(default_factory=list)
    history: list[Event] = field(default_factory=list)


class Trial:
    """One history on its way through engine, model and invariants."""

    def __init__(self, model: Model, with_model: bool = True) -> None:
        self.model = model
        self.ledger = Ledger()
        self.engine = Engine()
        self.with_model = with_model
        self.first_answers: dict[str, list[dict[str, Any]]] = {}
        self.compared = 0

    def faults_after(self, event: Event, expected: Sequence[Any]) -> list[str]:
        """Answer one more event, and name all that is wrong with the answer."""
        decisions = self.engine.answer(event)
        found = faults(self.ledger, event, decisions)
        if self.with_model and expected and event["event_id"] not in self.first_answers:
            self.compared += 1
            found += differences(event, expected, decisions, self.model.states)
        first = self.first_answers.setdefault(event["event_id"], decisions)
        if "error" not in decisions[0] and first != decisions:
            found.append(f"{event['event_id']} is answered otherwise the second time")
        return found


def simulate(seed: int, length: int = LENGTH, with_model: bool = True, without: Sequence[str] = ()) -> Outcome:
    """Write one history, without some kinds of events, and answer it until something is wrong."""
    author = Author(seed, lambda kind: kind not in without and knows(kind))
    trial = Trial(author.model, with_model)
    outcome = Outcome(seed)
    after = 0
    while len(author.events) < length and after < 4 and not outcome.faults:
        event, expected = author.write()
        after += bool(author.model.left_open)
        outcome.faults = trial.faults_after(event, expected)
    outcome.history = author.events
    if not outcome.faults and seed % ASKED_MORE_OFTEN == 0:
        outcome.faults = asked_again(author.events, seed)
    outcome.events, outcome.compared = len(author.events), trial.compared
    outcome.left_open = author.model.left_open
    return outcome


def asked_again(events: Sequence[Event], seed: int) -> list[str]:
    """Name what is wrong when the same history is answered several times, with questions and with ends put in."""
    found = the_same_again(run, events) + asking_changes_nothing(run, events, seed)
    return found + (every_request_can_end(run, events) if knows("person_decided") else [])


def check(events: Sequence[Event], with_model: bool = True) -> list[str]:
    """Answer a given history from its start, and name the first things that are wrong."""
    trial = Trial(Model(), with_model)
    for event in events:
        if found := trial.faults_after(event, trial.model.answer(event)):
            return found
    return []


def explain(history: Sequence[Event]) -> Iterator[str]:
    """Write a history as JSON lines, and what was expected and given at its last event."""
    model, engine = Model(), Engine()
    for event in history:
        expected, decisions = model.answer(event), engine.answer(event)
        yield json.dumps(event)
    yield "expected:"
    yield from (f"  {json.dumps(each.as_json())}" for each in expected)
    if model.left_open:
        yield f"  nothing from here on: {model.left_open}"
    yield "got:"
    for decision in decisions:
        names = ("request_id", "outcome", "requested", "accepted", "taken_back", "carried_over", "pended")
        short = {name: decision[name] for name in ("error", *names, "not_accepted", "payment") if decision.get(name)}
        short["findings"] = [each.get("code") or each.get("rule") for each in decision.get("findings", ())]
        short["questions"] = [each.get("code") for each in decision.get("questions", ())]
        yield f"  {json.dumps({name: value for name, value in short.items() if value})}"


def tell(outcome: Outcome, with_model: bool = True) -> None:
    """Print a failure: its seed, what is wrong, and the smallest history that fails the same way."""
    fault = outcome.faults[0]
    print(f"\nhistory {outcome.seed}, event {len(outcome.history)}: {fault}")
    for other in outcome.faults[1:]:
        print(f"  and {other}")

    def failing(events: Sequence[Event]) -> list[str]:
        found = check(events, with_model)
        return found or (asked_again(events, outcome.seed) if is_asked_again else [])

    is_asked_again = not check(outcome.history, with_model)
    for line in explain(shrink(outcome.history, failing, fault)):
        print(line)


def seeds(seed: int) -> Iterator[int]:
    """The seeds of the histories of one run."""
    number = 0
    while True:
        yield seed * 10_000_000 + number
        number += 1


def _outcomes(options: argparse.Namespace) -> Iterable[Outcome]:
    if options.history is not None:
        return iter([simulate(options.history, LENGTH, not options.invariants_only, options.without)])
    work = ((each, LENGTH, not options.invariants_only, options.without) for each in seeds(options.seed))
    if options.processes == 1:
        return (simulate(*each) for each in work)
    return _in_processes(options, work)


def _in_processes(
    options: argparse.Namespace, work: Iterator[tuple[int, int, bool, Sequence[str]]]
) -> Iterator[Outcome]:
    with get_context("fork").Pool(options.processes) as pool:
        while True:
            # In rounds, so that what is under way when a failure is found stays bounded.
            yield from pool.starmap(simulate, [next(work) for _ in range(64 * options.processes)], chunksize=8)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simulate", description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000, help="answer at least so many events")
    parser.add_argument("--seed", type=int, default=1, help="the run's seed; a history's is printed when it fails")
    parser.add_argument("--history", type=int, help="answer the one history with this seed")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--all", action="store_true", help="go on after a failure; list each way of failing once")
    parser.add_argument("--without", nargs="+", default=[], metavar="KIND", help="leave out these kinds of events")
    parser.add_argument("--invariants-only", action="store_true", help="leave the model out")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run histories until enough events are answered; 1 when one fails."""
    options = _options(arguments)
    started = time.monotonic()
    ways: Counter[str] = Counter()
    left_open: Counter[str] = Counter()
    examples: dict[str, Outcome] = {}
    events = compared = histories = 0
    for outcome in _outcomes(options):
        histories, events, compared = histories + 1, events + outcome.events, compared + outcome.compared
        left_open.update([outcome.left_open] if outcome.left_open else [])
        if outcome.faults:
            ways[way(outcome.faults[0])] += 1
            examples.setdefault(way(outcome.faults[0]), outcome)
        if (outcome.faults and not options.all) or events >= options.events or options.history is not None:
            break
    pace = events / (time.monotonic() - started)
    print(f"{histories:,} histories, {events:,} events, {pace:,.0f} a second; {compared:,} held against the model")
    for why, times in left_open.most_common():
        print(f"  {times:,} histories compared no further: {why}")
    for name, times in ways.most_common():
        print(f"\n{times:,} times: {name}", end="")
        tell(examples[name], not options.invariants_only)
    sys.stdout.flush()
    return 1 if ways else 0


if __name__ == "__main__":
    sys.exit(main())
