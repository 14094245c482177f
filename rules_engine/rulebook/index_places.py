"""Where a folder's index of notes is kept: beside a working copy, and for installed rules in this user's own cache."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from rules_engine.rulebook.folders import Origin, RulesFolder

NAME = ".notes.index"
"""The index's file, in the folder of a working copy; a name with a dot in front is no part of the book."""


def place_of(folder: RulesFolder) -> Path:
    """Give the path of a folder's index; what is installed is never written into.

    The cache is `rules-engine` in `XDG_CACHE_HOME`, by default `~/.cache`.
    """
    if folder.origin is Origin.WORKING_COPY:
        return folder.root / NAME
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    name = hashlib.sha256(os.fsencode(folder.root.absolute())).hexdigest()[:16]
    return Path(cache) / "rules-engine" / f"{name}{NAME}"
