"""What features have beside the rule book: notes that nobody ever sold, and issuers that exist in features alone.

<features>/<issuer>/imagined/<name>.yaml      a supplement of the issuer's programme
<features>/<issuer>/imagined/<programme>/<name>.yaml      where the issuer has more than one
<features>/<issuer>/rules/      the folder of an issuer that nothing else has, with its `issuer.yaml`
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rules_engine.errors import RulesEngineError
from rules_engine.host.bookshelf import folders_of, installed_plugins, shipped_rules
from rules_engine.rulebook.folders import RulesFolder
from rules_engine.rulebook.tree import SUPPLEMENTS

IMAGINED, RULES = "imagined", "rules"


class CannotBeImagined(RulesEngineError):
    """Features have notes or rules of their own that have no place in the rule book; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithImagined:
    """The working copies that features are run on, and which of their files and issuers exist in features alone."""

    copies: Sequence[Path] | None
    files: frozenset[str] = frozenset()
    issuers: frozenset[str] = frozenset()


@contextmanager
def with_imagined(features: Path, rules: Sequence[Path] | None) -> Iterator[WithImagined]:
    """Give the working copies that features are run on: those given, with what the features have beside them.

    The copies given are left as they are; what is added stands in a folder that is gone afterwards. Raises
    CannotBeImagined where an issuer's notes have no programme to stand in, or its rules are there already.
    """
    notes, issuers = _notes_of(features), _issuers_of(features)
    if not (notes or issuers):
        yield WithImagined(copies=rules)
        return
    with TemporaryDirectory(prefix="imagined-") as made:
        copies = _copied(folders_of(rules), notes, Path(made))
        folders = installed_plugins(rules).folders(shipped_rules(), copies)
        beside = Path(made) / "beside"
        added: set[str] = set()
        for issuer, files in notes.items():
            to = _writable(issuer, folders, copies, beside)
            added |= {path.relative_to(to.parent).as_posix() for path in _add_notes(to, issuer, files)}
        for issuer, folder in issuers.items():
            if _standing(issuer, folders):
                raise CannotBeImagined(f"{folder}: the rule book has rules of `{issuer}` already: rename the folder")
            shutil.copytree(folder, beside / issuer)
        made_up = [*copies, *([beside] if beside.exists() else [])]
        yield WithImagined(copies=made_up, files=frozenset(added), issuers=frozenset(issuers))


def _notes_of(features: Path) -> Mapping[str, Sequence[Path]]:
    found: dict[str, list[Path]] = {}
    for path in sorted(features.glob(f"*/{IMAGINED}/**/*.yaml")):
        found.setdefault(path.relative_to(features).parts[0], []).append(path)
    return found


def _issuers_of(features: Path) -> Mapping[str, Path]:
    return {path.parent.name: path for path in sorted(features.glob(f"*/{RULES}")) if path.is_dir()}


def _copied(copies: Sequence[Path], issuers: Iterable[str], to: Path) -> list[Path]:
    """Copy those working copies that notes are added to."""
    kept = []
    for number, copy in enumerate(copies):
        if any((copy / issuer).is_dir() for issuer in issuers):
            kept.append(Path(shutil.copytree(copy, to / f"copy-{number}", ignore=_NOT_READ)))
        else:
            kept.append(copy)
    return kept


_NOT_READ = shutil.ignore_patterns("__pycache__", "*.py")


def _standing(issuer: str, folders: Iterable[RulesFolder]) -> Path | None:
    """Give the folder of an issuer's rules, from the first of a book's folders that has one."""
    read = (each.root for each in folders if each.issuers is None or issuer in each.issuers)
    return next((root / issuer for root in read if (root / issuer).is_dir()), None)


def _writable(issuer: str, folders: Sequence[RulesFolder], copies: Sequence[Path], beside: Path) -> Path:
    """Give an issuer's folder in a working copy, made of what is plugged in where no copy has one."""
    standing = _standing(issuer, folders)
    if standing is None:
        raise CannotBeImagined(f"the features imagine notes of `{issuer}`, and the rule book has no rules of it")
    if any(standing.is_relative_to(copy) for copy in copies):
        return standing
    return Path(shutil.copytree(standing, beside / issuer, ignore=_NOT_READ))


def _add_notes(to: Path, issuer: str, files: Sequence[Path]) -> Iterator[Path]:
    programmes = sorted(path.name for path in to.iterdir() if path.is_dir())
    for path in files:
        named = path.parent.name if path.parent.name != IMAGINED else ""
        if named not in (*programmes, "") or (not named and len(programmes) != 1):
            has = f"`{issuer}` has {', '.join(f'`{each}`' for each in programmes) or 'no programme'}"
            raise CannotBeImagined(f"{path}: {has}: put the file into a folder named for one of them")
        supplements = to / (named or programmes[0]) / SUPPLEMENTS
        supplements.mkdir(exist_ok=True)
        if (supplements / path.name).exists():
            raise CannotBeImagined(f"{path}: the programme has a supplement of that name: rename the file")
        yield Path(shutil.copy(path, supplements))
