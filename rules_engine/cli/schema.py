"""`rules-engine schema`: JSON Schemas for editors and programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from rules_engine.cli.options import Rules
from rules_engine.host import Host
from rules_engine.workbench.schemas import FILES, schemas

Folder = Annotated[
    Path | None,
    typer.Argument(
        metavar="[DIR]",
        file_okay=False,
        help="Where to write them, one file each. [default: all of them in one object, to standard output]",
        show_default=False,
    ),
]


def schema(folder: Folder = None, rules: Rules = None) -> None:
    """Write the JSON Schemas of rule sets, supplements, calendars, issuers, words, policies, events and decisions.

    They know the words of the plugins and working copies, and say less than `check`, never more.
    """
    made = schemas(Host.open(rules, with_durable=False).vocabulary)
    if folder is None:
        print(json.dumps(made))
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (folder / f"{name}.schema.json").write_text(f"{json.dumps(content, indent=2)}\n", encoding="utf-8")
    print(f"{len(made)} schemas in {folder}; for an editor with yaml-language-server:")
    settings = {f"{folder}/{name}.schema.json": list(files) for name, files in FILES.items() if files}
    print(json.dumps({"yaml.schemas": settings}, indent=2))
