"""`rules-engine check`: every fault of a rule book, with its place and a way out, and what it warns of."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from rules_engine.cli.ending import faulty, notice
from rules_engine.cli.opening import tell_of_an_empty_book, tell_of_plugins
from rules_engine.cli.options import RULES_VARIABLE, AsJson
from rules_engine.host import Host

Folder = Annotated[
    Path | None,
    typer.Argument(
        envvar=RULES_VARIABLE,
        metavar="[DIR]",
        exists=True,
        file_okay=False,
        readable=True,
        help="The rule book to check. [default: the one shipped]",
        show_default=False,
    ),
]


def check(folder: Folder = None, as_json: AsJson = False) -> None:
    """Print every fault of a rule book, and how to mend it; warnings apart from them."""
    host = Host.open(folder)
    book = host.book
    tell_of_plugins(host)
    tell_of_an_empty_book(host)
    _tell_of_programmes(host)
    drafts = [rule_set for rule_set in book.rule_sets if rule_set.status == "draft"]
    if drafts:
        notice(f"notice: {len(drafts)} of {_counted(len(book.rule_sets), 'rule set')} are drafts, not yet approved:")
        for edition, count in Counter(rule_set.edition for rule_set in drafts).items():
            notice(f"  {edition}: {count}")
    if as_json:
        print(json.dumps([dataclasses.asdict(problem) for problem in book.problems]))
    else:
        for problem in book.problems:
            print(problem)
    for warning in book.warnings:
        notice(f"warning: {warning}")
    if book.problems:
        faulty()
    if not as_json:
        counted = ((book.rule_sets, "rule set"), (book.notes, "note"), (book.calendars, "calendar"))
        print(f"no faults: {', '.join(_counted(len(things), word) for things, word in counted)}")


def _tell_of_programmes(host: Host) -> None:
    """Tell of each programme that no plugin declares: its rules are read, and never applied."""
    for programme in host.book.programmes:
        if not host.plugins.programme_declared(programme):
            notice(f"notice: its cases are referred: {host.plugins.why_not_declared(programme)}")


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
