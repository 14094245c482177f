"""`rules-engine mutate`: the rule book changed one thing at a time, and what no scenario notices."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from rules_engine.acceptance.feature_files import read_features
from rules_engine.acceptance.imagined import with_imagined
from rules_engine.acceptance.mutating import Fate, Tried, mutation_of
from rules_engine.acceptance.survivors import Mutated, Survivor, mutated_to_json
from rules_engine.acceptance.survivors import mutate as try_mutants
from rules_engine.acceptance.unnoticed import read_explained
from rules_engine.cli.accept import Jobs, features_folder
from rules_engine.cli.ending import CommandWrong, did_you_mean, faulty, notice
from rules_engine.cli.options import AsJson, Rules
from rules_engine.cli.page import Page
from rules_engine.cli.progress import counted
from rules_engine.host.bookshelf import installed_plugins
from rules_engine.rulebook.books import Book

ProgrammeCode = Annotated[
    str,
    typer.Argument(
        metavar="[PROGRAMME]",
        help="The programme, as `ally/term-notes-a`, with the standard wording it rests on. [default: the whole book]",
        show_default=False,
    ),
]
FeaturesOption = Annotated[
    Path | None,
    typer.Option(
        "--features",
        metavar="FEATURES",
        exists=True,
        readable=True,
        help="The folder of features. [default: features]",
        show_default=False,
    ),
]
WithoutNotes = Annotated[
    bool, typer.Option("--rules-only", help="Leave the pricing supplements as they are, and change rules alone.")
]


def mutate(
    programme: ProgrammeCode = "",
    features: FeaturesOption = None,
    rules: Rules = None,
    rules_only: WithoutNotes = False,
    jobs: Jobs = None,
    as_json: AsJson = False,
) -> None:
    """Change each figure, word, comparison, outcome, rule and line in turn; name what no scenario notices.

    Each stands with an event that would tell, where one is found. What no scenario can notice is explained in
    `unnoticed.yaml`, beside the features.

    Ends with 0 when every change is noticed or explained, and with 1 when one is not.
    """
    folder = features_folder(features)
    read = read_features(folder)
    for problem in read.problems:
        notice(str(problem))
    with with_imagined(folder if folder.is_dir() else folder.parent, rules) as beside:
        plugins = installed_plugins(beside.copies)
        mutation = mutation_of(plugins, beside, read.scenarios)
    _refuse(mutation.book, programme)
    if mutation.failing:
        first = mutation.failing[0]
        raise CommandWrong(f"{len(mutation.failing)} scenarios fail as the rules are: mend them first, as {first}")
    mutants = list(mutation.mutants(programme=programme, with_notes=not rules_only))
    explained, problems = read_explained(folder)
    mutated = try_mutants(
        mutation, mutants, explained=explained, problems=problems, jobs=jobs or os.cpu_count() or 1, watch=_watched
    )
    if as_json:
        print(json.dumps(mutated_to_json(mutated)))
    else:
        _print(Page(), mutated)
    if mutated.unexplained or mutated.problems or read.problems:
        faulty()


def _watched(tried: Iterable[Tried], total: int) -> Iterable[Tried]:
    return counted(tried, "changing the rules", total=total)


def _refuse(book: Book, programme: str) -> None:
    if programme and programme not in book.programmes:
        raise CommandWrong(f"there is no programme `{programme}`{did_you_mean(programme, book.programmes)}")
    if book.problems:
        raise CommandWrong(f"the rule book has faults: mend them first: {book.problems[0]}")


def _print(page: Page, mutated: Mutated) -> None:
    """Print each change that no scenario notices, and how many there are of each kind."""
    for survivor in mutated.unexplained:
        _print_survivor(page, survivor)
    for problem in mutated.problems:
        page.say(str(problem))
    counts, explained = mutated.counts, len(mutated.survivors) - len(mutated.unexplained)
    tried = len(mutated.tried) - counts[Fate.MEANS_NOTHING]
    page.say("")
    page.say(
        f"{tried:,} changes: {counts[Fate.NOTICED]:,} noticed by a scenario, {counts[Fate.REFUSED]:,} by `check`, "
        f"{explained:,} explained, {len(mutated.unexplained):,} not noticed"
    )


def _print_survivor(page: Page, survivor: Survivor) -> None:
    mutant, telling = survivor.mutant, survivor.telling
    page.say("")
    page.say(f"{mutant.file}:{mutant.line}: {mutant}", style="bold")
    if telling is None:
        tried = "no event that was tried tells" if survivor.was_looked_for else "no event was looked for"
        page.say(f"no scenario notices, and {tried}", indent=4)
        return
    after = f", after {_earlier(telling.events)} of {telling.scenario}" if len(telling.events) > 1 else ""
    page.say(f"no scenario notices; this event would tell{after}:", indent=4)
    page.say(json.dumps(telling.events[-1]), indent=8)
    _print_answer(page, "decided:  ", telling.decided, telling.otherwise)
    _print_answer(page, "otherwise:", telling.otherwise, telling.decided)


def _earlier(events: Sequence[object]) -> str:
    return "the event before it" if len(events) == 2 else f"the {len(events) - 1} events before it"


def _print_answer(page: Page, heading: str, lines: Sequence[str], others: Sequence[str]) -> None:
    """Print the outcome, and what the other answer does not say."""
    told = [lines[0], *(line for line in lines[1:] if line not in others)]
    for number, line in enumerate(told):
        page.say(f"{heading if not number else ' ' * len(heading)} {line}", indent=8)
