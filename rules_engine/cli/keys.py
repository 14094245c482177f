"""`rules-engine keys`: API keys for the service, of which only digests are kept."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from rules_engine.cli.ending import CommandWrong, notice

keys = typer.Typer(name="keys", help="API keys for the service, kept as digests.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="Whose key it is, without blanks.", show_default=False)]
Roles = Annotated[
    list[str],
    typer.Option("--role", metavar="ROLE", help="platform, clerk, approver or auditor; may be given more than once."),
]
File = Annotated[
    Path,
    typer.Option(
        "--file",
        envvar="RULES_ENGINE_API_KEYS",
        metavar="FILE",
        dir_okay=False,
        help="The file of keys, made where there is none.",
        show_default=False,
    ),
]


@keys.command("new", epilog="Example: rules-engine keys new servicing --role platform --file keys.txt")
def new(name: Name, role: Roles, file: File) -> None:
    """Make a key and print it, once: the file keeps its digest alone. A service takes it up without a restart."""
    if find_spec("jwt") is None or find_spec("fastapi") is None:
        raise CommandWrong("keys are for the service: pip install 'retail-note-rules[service]'")
    from rules_engine.service.callers import Role, key_line, new_key, read_keys

    known = {each.value for each in Role}
    for word in role:
        if word not in known:
            raise CommandWrong(f"`{word}` is no role: there are {', '.join(sorted(known))}")
    if len(name.split()) != 1 or name.startswith("#"):
        raise CommandWrong("a key's name is one word")
    there = file.read_text(encoding="utf-8") if file.exists() else ""
    if any(caller.name == name for caller in read_keys(there, file.name).values()):
        raise CommandWrong(f"there is a key of `{name}` already: take its line out of {file} first")
    key = new_key()
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as opened:
        opened.write(f"{'' if there.endswith(chr(10)) or not there else chr(10)}")
        opened.write(f"{key_line(name, frozenset(map(Role, role)), key)}\n")
    print(key)
    notice(f"the key of `{name}` is shown this once; {file} keeps its digest")
