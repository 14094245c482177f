"""`rules-engine check`: every fault of a rule book, with its place and a way out, and what it warns of."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Self

import typer

from rules_engine.cli.check_telling import findings_as_json, told
from rules_engine.cli.ending import faulty, notice
from rules_engine.cli.opening import tell_of_empty_folders, tell_of_plugins
from rules_engine.cli.options import RULES_VARIABLE, AsJson
from rules_engine.host import Host, shipped_rules
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.tree import calendar_file
from rules_engine.workbench.analysis.deep import SECONDS
from rules_engine.workbench.checked import check_book, check_deeply

Folders = Annotated[
    list[Path] | None,
    typer.Argument(
        envvar=RULES_VARIABLE,
        metavar="[DIR]...",
        exists=True,
        file_okay=False,
        readable=True,
        help="The working copies to check, on top of what is plugged in. [default: what is plugged in]",
        show_default=False,
    ),
]


Deep = Annotated[
    bool,
    typer.Option(
        "--deep",
        help="Look at the rules for all cases: gaps, overlaps, what never matters, policies; each with an event.",
    ),
]

Seconds = Annotated[float, typer.Option("--seconds", min=1, help="How long to look deep before stopping.")]

Examples = Annotated[
    Path | None,
    typer.Option(
        "--examples",
        metavar="DIR",
        file_okay=False,
        help="Write the events of each finding into a file of this folder, for `decide`.",
        show_default=False,
    ),
]


def check(
    folders: Folders = None,
    deep: Deep = False,
    seconds: Seconds = SECONDS,
    examples: Examples = None,
    as_json: AsJson = False,
) -> None:
    """Print every fault of a rule book, and how to mend it; warnings apart from them.

    Quotes are held against the sources they are taken from, figures against their quotes, and what a
    supplement says of a redemption against the sentence it prints.
    """
    host = Host.open(folders)
    book, looked_at = host.book, _LookedAt.of(host.book, folders)
    hidden = _hidden_by(folders, host)
    if deep:
        checked = check_deeply(host, hidden=hidden, seconds=seconds)
    else:
        checked = check_book(book, host.plugins, hidden=hidden)
    if examples:
        examples.mkdir(parents=True, exist_ok=True)
    tell_of_plugins(host)
    tell_of_empty_folders(host, folders)
    _tell_of_programmes(host)
    drafts = [rule_set for rule_set in looked_at.rule_sets if rule_set.status == "draft"]
    if drafts:
        all_sets = _counted(len(looked_at.rule_sets), "rule set")
        notice(f"notice: {len(drafts)} of {all_sets} are drafts, not yet approved:")
        for edition, count in Counter(rule_set.edition for rule_set in drafts).items():
            notice(f"  {edition}: {count}")
    if as_json:
        warned = [{**asdict(slip.problem), "warning": slip.name, "switch": slip.switch} for slip in checked.slips]
        found = findings_as_json(checked.analysis) if checked.analysis else []
        print(json.dumps([*map(asdict, checked.faults), *warned, *found]))
    else:
        for problem in checked.faults:
            print(problem)
        if not checked.faults:
            print(f"no faults: {looked_at}")
        for line in told(checked.analysis, examples) if checked.analysis else ():
            print(line)
    for warning in (*checked.warnings, *checked.slips):
        notice(f"warning: {warning}")
    broken = checked.analysis and any(answer.verdict == "broken" for answer in checked.analysis.answers)
    if checked.faults or broken:
        faulty()


def _hidden_by(folders: Sequence[Path] | None, host: Host) -> list[Path]:
    """List the folders that working copies go before."""
    return [folder.root for folder in host.plugins.folders(shipped_rules(), ())] if folders else []


@dataclass(frozen=True, slots=True)
class _LookedAt:
    """What of a rule book is looked at: what working copies give to it, or all of it."""

    rule_sets: list[RuleSet]
    notes: int
    calendars: int

    @classmethod
    def of(cls, book: Book, folders: Sequence[Path] | None) -> Self:
        def is_in_it(file: str) -> bool:
            found = book.folder_of(file)
            return not folders or (found is not None and found.root in folders)

        return cls(
            rule_sets=[rule_set for rule_set in book.rule_sets if is_in_it(rule_set.file)],
            notes=sum(is_in_it(note.programme) for note in book.notes.values()),
            calendars=sum(is_in_it(calendar_file(code)) for code in book.calendars),
        )

    def __str__(self) -> str:
        counted = ((len(self.rule_sets), "rule set"), (self.notes, "note"), (self.calendars, "calendar"))
        return ", ".join(_counted(count, word) for count, word in counted)


def _tell_of_programmes(host: Host) -> None:
    """Tell of each programme that no plugin declares: its rules are read, and never applied."""
    for programme in host.book.programmes:
        if not host.plugins.programme_declared(programme):
            notice(f"notice: its cases are referred: {host.plugins.why_not_declared(programme)}")


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
