"""`rules-engine check`: every fault of a rule book, with its place and a way out, and what it warns of."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

import typer

from rules_engine.cli.ending import faulty, notice
from rules_engine.cli.opening import tell_of_empty_folders, tell_of_plugins
from rules_engine.cli.options import RULES_VARIABLE, AsJson
from rules_engine.host import Host
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.rules import RuleSet
from rules_engine.rulebook.tree import calendar_file

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


def check(folders: Folders = None, as_json: AsJson = False) -> None:
    """Print every fault of a rule book, and how to mend it; warnings apart from them.

    Quotes are held against the sources they are taken from, figures against their quotes, and what a
    supplement says of a redemption against the sentence it prints.
    """
    # only here: the words of redemptions are long in loading, and no other command reads them
    from rules_engine.supplements.holding import contradicted

    host = Host.open(folders)
    book, looked_at = host.book, _LookedAt.of(host.book, folders)
    problems = sorted({*book.problems, *contradicted(book)})
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
        print(json.dumps([dataclasses.asdict(problem) for problem in problems]))
    else:
        for problem in problems:
            print(problem)
    for warning in book.warnings:
        notice(f"warning: {warning}")
    if problems:
        faulty()
    if not as_json:
        print(f"no faults: {looked_at}")


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
