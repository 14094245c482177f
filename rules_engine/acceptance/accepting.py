"""Running features against a rule book, several files at a time: what `rules-engine accept` does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rules_engine.acceptance.coverage import Coverage, Reached
from rules_engine.acceptance.results import Acceptance, Failure, Ran, Ruled
from rules_engine.acceptance.scenario_runs import run_all
from rules_engine.acceptance.scenarios import Features, Scenario
from rules_engine.acceptance.sharing import shared_out
from rules_engine.host.in_use import InUse
from rules_engine.model.decisions import Decision
from rules_engine.rulebook.books import Book

WORTH_SHARING = 200
"""How many scenarios there have to be before other processes are begun for them."""

Watch = Callable[[Iterable[Ran], int], Iterable[Ran]]
"""Passes on what is done of so many scenarios, for somebody who watches."""


def accept(
    features: Features,
    ground: InUse,
    *,
    issuers: Collection[str] = (),
    jobs: int = 1,
    coverage: Coverage | None = None,
    watch: Watch = lambda ran, total: ran,
) -> Acceptance:
    """Run the scenarios of features, or those of some issuers, by up to `jobs` processes.

    `coverage` takes in which rules they reach. The answer is the same however many processes there are.
    """
    book = ground.book
    scenarios = [each for each in features.scenarios if not issuers or issuers_of(each, book) & set(issuers)]
    is_asked = {each.file for each in scenarios} | {
        problem.file for problem in features.problems if not issuers or problem.file.partition("/")[0] in issuers
    }
    problems = tuple(problem for problem in features.problems if problem.file in is_asked)
    ran = watch(_shared(scenarios, ground, jobs, coverage), len(scenarios))
    return Acceptance(
        ran=tuple(sorted(ran, key=lambda each: (each.scenario.file, each.scenario.number))),
        problems=problems,
        unread=sum(count for file, count in features.unread.items() if file in is_asked),
    )


def issuers_of(scenario: Scenario, book: Book) -> set[str]:
    """Name the issuers a scenario is about: that of its folder, or else those of the notes and programmes it names."""
    codes = {programme.partition("/")[0] for programme in book.programmes}
    if scenario.folder in codes:
        return {scenario.folder}
    notes = (book.note(cusip) for cusip in scenario.notes)
    named = {note.programme for note in notes if note} | set(scenario.programmes)
    return {programme.partition("/")[0] for programme in named}


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of one scenario, by its place among all of them: what another process sends back."""

    place: int
    failure: Failure | None
    ruled: tuple[Ruled, ...]


def _shared(scenarios: Sequence[Scenario], ground: InUse, jobs: int, coverage: Coverage | None) -> Iterator[Ran]:
    """Run scenarios file by file, here or by other processes where there are enough of them."""
    if jobs < 2 or len(scenarios) < WORTH_SHARING:
        yield from run_all(scenarios, ground, _observing(coverage))
        return

    def run_some(places: Sequence[int]) -> tuple[list[_Came], Reached]:
        own = coverage.anew() if coverage else None
        ran = run_all([scenarios[place] for place in places], ground, _observing(own))
        came = [_Came(place, each.failure, each.ruled) for place, each in zip(places, ran, strict=True)]
        return came, own.reached if own else {}

    files = [list(group) for _, group in groupby(range(len(scenarios)), key=lambda place: scenarios[place].file)]
    files.sort(key=len, reverse=True)
    for came, reached in shared_out(run_some, files, jobs=jobs):
        if coverage is not None:
            coverage.add(reached)
        for each in came:
            yield Ran(scenario=scenarios[each.place], failure=each.failure, ruled=each.ruled)


def _observing(coverage: Coverage | None) -> Callable[[Decision, Scenario], None] | None:
    if coverage is None:
        return None
    return lambda decision, scenario: coverage.observe(decision, scenario.place)
