"""Which plugins are installed: the entry points of every distribution, those of the host first."""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

GROUP = "rules_engine"
HOST = "retail-note-rules"
"""The distribution this is part of."""


class Rank(IntEnum):
    """Who goes first where two plugins claim one thing."""

    SHIPPED = 0
    CONFIGURED = 1
    STRANGER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A plugin that can be loaded: its name, its distribution's name and version, and how to load it.

    `is_source` says that it is installed as a folder that is worked in, whose files may be another thing tomorrow.
    """

    name: str
    version: str
    load: Callable[[], Any]
    distribution: str = ""
    rank: Rank = Rank.STRANGER
    is_source: bool = False


def found_plugins() -> tuple[Found, ...]:
    """List the plugins installed under the entry-point group: the host's own by name, then all others."""
    found = [_found(entry) for entry in importlib.metadata.entry_points(group=GROUP)]
    return tuple(sorted(found, key=lambda plugin: (plugin.rank, plugin.name, plugin.distribution)))


def _found(entry: importlib.metadata.EntryPoint) -> Found:
    name = entry.dist.name if entry.dist else ""
    return Found(
        name=entry.name,
        version=entry.dist.version if entry.dist else "",
        load=entry.load,
        distribution=name,
        rank=Rank.SHIPPED if name == HOST else Rank.STRANGER,
        is_source=entry.dist is not None and _is_source(entry.dist),
    )


def _is_source(distribution: importlib.metadata.Distribution) -> bool:
    """Tell whether a distribution is found in the folder it is worked on in, or installed as a link to that folder."""
    if Path(str(distribution.locate_file("pyproject.toml"))).is_file():
        return True
    written = distribution.read_text("direct_url.json")
    try:
        about = json.loads(written or "{}")
    except ValueError:
        return False
    return bool(isinstance(about, dict) and about.get("dir_info", {}).get("editable"))
