"""What lies in a folder of a rule book: its folders and its YAML files, and what has no place there."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from rules_engine.rulebook.links import why_not_opened
from rules_engine.rulebook.places import Faults
from rules_engine.rulebook.rules import Place

_YAML = (".yaml", ".yml")
_HIDDEN_ENDING = re.compile(r"(.+?)[. ]ya?ml(?:[ .~_-].*|~)", re.IGNORECASE)
"""A YAML file under an ending of another program, as `survivors-option.yaml.txt` or `survivors-option.yaml~`."""


def folders_in(folder: Path, root: Path, faults: Faults, *, beside: Collection[str] = ()) -> list[Path]:
    """List a folder's folders; YAML files beside them belong nowhere, and are noted, but for those named `beside`."""
    found = []
    for path in listed_in(folder):
        if path.name in beside:
            continue
        if path.suffix.lower() in _YAML:
            file = path.relative_to(root).as_posix()
            faults.at(start_of(file), "the file stands where none is read", "move it into an edition's folder")
        if _is_opened(path, root, faults) and path.is_dir():
            found.append(path)
    return found


def files_in(folder: Path, root: Path, faults: Faults) -> list[Path]:
    """List a folder's YAML files; folders beside them, and other endings, are not read, and noted."""
    found = []
    for path in listed_in(folder):
        file = path.relative_to(root).as_posix()
        if path.suffix == ".yaml" and not path.is_dir():
            found.append(path)
        elif not _is_opened(path, root, faults):
            continue
        elif path.is_dir():
            faults.at(start_of(file), "the folder stands where none is read", "move its files one folder up")
        elif meant_as := _meant_as(path):
            faults.at(start_of(file), "the file is not read", f"name it `{meant_as}`")
    return found


def _meant_as(path: Path) -> str:
    """Give the name a file was meant to have whose ending keeps it from being read; empty where nobody can tell.

    Beside a file of that name it may be a copy that somebody kept.
    """
    if path.suffix.lower() in _YAML:
        return f"{path.stem}.yaml"
    found = _HIDDEN_ENDING.fullmatch(path.name)
    meant_as = f"{found[1]}.yaml" if found else ""
    return "" if not meant_as or path.with_name(meant_as).exists() else meant_as


def yaml_files_in(folder: Path, root: Path) -> list[Path]:
    """List what looks like a YAML file in a folder that may be opened; none where there is no such folder."""
    is_read = folder.is_dir() and why_not_opened(folder, root) is None
    return [path for path in (listed_in(folder) if is_read else ()) if path.suffix.lower() in _YAML]


def listed_in(folder: Path) -> list[Path]:
    """List what lies in a folder, by name; what is hidden, or Python's own, is left aside."""
    return sorted(path for path in folder.iterdir() if not path.name.startswith((".", "_")))


def start_of(file: str) -> Place:
    """Give the first place of a file, or of a folder."""
    return Place(file=file, line=1, column=1)


def _is_opened(path: Path, root: Path, faults: Faults) -> bool:
    """Tell whether a path may be opened, and note why not; a link to a file that is not read may lead anywhere."""
    wrong = why_not_opened(path, root)
    if wrong and (path.suffix.lower() in _YAML or not path.is_file()):
        faults.at(start_of(path.relative_to(root).as_posix()), *wrong)
    return wrong is None
