"""Which folders a rule book is read from, and which of them speaks for what.

An issuer's rules stand in one folder: a working copy goes before what is plugged in, issuer by issuer; standard sets
and calendars go so file by file. Two working copies that speak for one thing contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Origin(Enum):
    """How a folder comes into the rule book."""

    WORKING_COPY = "working copy"
    SHIPPED = "shipped"
    PLUGGED_IN = "plugged in"


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesFolder:
    """A folder of rule files, and the issuers it is read for; None where it is read for each it has a folder of.

    Standard sets are read from working copies and from what ships: a plugin brings none. `brought_by` names the
    plugins that bring the folder.
    """

    root: Path
    issuers: frozenset[str] | None = None
    origin: Origin = Origin.WORKING_COPY
    brought_by: tuple[str, ...] = ()

    @property
    def has_standard_sets(self) -> bool:
        """Whether standard sets are read from it."""
        return self.origin is not Origin.PLUGGED_IN


def in_order(folders: Iterable[RulesFolder]) -> tuple[RulesFolder, ...]:
    """Set folders in the order they are asked in: working copies, what ships, what else is plugged in."""
    return tuple(sorted(folders, key=lambda folder: list(Origin).index(folder.origin)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaks:
    """The folder that speaks for an issuer or a file; `against` is the working copy that speaks for it too."""

    folder: RulesFolder
    against: RulesFolder | None = None


def spoken_for(having: Iterable[tuple[RulesFolder, Iterable[str]]]) -> Mapping[str, Speaks]:
    """Say, of each name that folders have, which one speaks for it; folders come in the order they are asked in."""
    speaking: dict[str, Speaks] = {}
    for folder, names in having:
        for name in names:
            first = speaking.setdefault(name, Speaks(folder=folder))
            both = folder.origin is first.folder.origin is Origin.WORKING_COPY
            if first.folder is not folder and both and first.against is None:
                speaking[name] = Speaks(folder=first.folder, against=folder)
    return speaking
