"""Running scenarios: each at a desk of its own, on an empty ledger, by a rule book that was made ready once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rules_engine.acceptance.desk import Desk, Draft
from rules_engine.acceptance.expecting import NotAsExpected, WrongScenario
from rules_engine.acceptance.performing import perform
from rules_engine.acceptance.results import Failure, Ran, Ruled
from rules_engine.acceptance.scenarios import Line, Scenario
from rules_engine.acceptance.trials import Trial
from rules_engine.host.in_use import InUse
from rules_engine.model.decisions import Decision

Observe = Callable[[Decision, Scenario], None]
"""Told of every decision of a run, with the scenario it was made in."""


def run_all(scenarios: Iterable[Scenario], ground: InUse, observe: Observe | None = None) -> Iterator[Ran]:
    """Run scenarios in order, and give what came of each."""
    rule_sets = {
        each.digest: Ruled(
            edition=each.edition, clause=each.clause, digest=each.digest, is_draft=each.status == "draft"
        )
        for each in ground.book.rule_sets
    }
    for scenario in scenarios:
        decided: dict[str, None] = {}

        def take_in(decision: Decision, scenario: Scenario = scenario, decided: dict[str, None] = decided) -> None:
            decided[decision.rules_digest] = None
            if observe is not None:
                observe(decision, scenario)

        failure = run(scenario, ground, take_in)
        ruled = tuple(rule_sets[each] for each in decided if each in rule_sets)
        yield Ran(scenario=scenario, failure=failure, ruled=ruled)


def run(scenario: Scenario, ground: InUse, observe: Callable[[Decision], None]) -> Failure | None:
    """Run one scenario to its end, or to the first line that fails."""
    desk = Desk(Trial(ground), observe)
    for line in scenario.lines:
        step = line.step
        assert step is not None, f"{scenario.place} was never read"
        try:
            perform(step, desk, **line.places(step))
        except NotAsExpected as differs:
            return _failure(line, differs.decided, differs.why)
        except WrongScenario as wrong:
            return _failure(line, str(wrong), is_wrong=True)
    return None


def events_of(scenario: Scenario, ground: InUse) -> tuple[Draft, ...]:
    """Give the events that a scenario sends, as far as it comes."""
    desk = Desk(Trial(ground), lambda decision: None)
    for line in scenario.lines:
        step = line.step
        if step is None:
            break
        try:
            perform(step, desk, **line.places(step))
        except (NotAsExpected, WrongScenario):
            break
    return desk.events


def _failure(line: Line, decided: str, why: tuple[str, ...] = (), *, is_wrong: bool = False) -> Failure:
    return Failure(number=line.number, expected=str(line), decided=decided, why=why, is_wrong=is_wrong)
