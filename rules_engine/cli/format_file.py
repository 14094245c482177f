"""`rules-engine format`: rule files laid out the usual way, comments kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rules_engine.cli.ending import faulty, notice
from rules_engine.errors import RuleBookError

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...", exists=True, dir_okay=False, readable=True, help="The files.", show_default=False
    ),
]
OnlyCheck = Annotated[
    bool, typer.Option("--check", help="Write nothing; name the files that are not laid out so, and end with 1.")
]


def format_files(files: Files, check: OnlyCheck = False) -> None:
    """Lay rule files out the usual way: indentation and blanks change, comments and all that is said stay."""
    # only here: what lays files out is long in loading
    from rules_engine.rulebook.laying_out import laid_out

    is_amiss = False
    for file in files:
        text = file.read_bytes().decode("utf-8-sig", "replace")
        try:
            result = laid_out(text, str(file))
        except RuleBookError as fault:
            is_amiss = True
            for problem in fault.problems:
                notice(str(problem))
            continue
        if result == text:
            continue
        if check:
            is_amiss = True
            print(f"{file}: not laid out")
        else:
            file.write_text(result, encoding="utf-8")
            print(f"{file}: laid out")
    if is_amiss:
        faulty()
