"""What of a rule book's folder may be opened: its own files and folders, and links that stay within it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_ONLY_ITS_OWN = "put a copy in its place: only what stands in the rule book is read"
_A_FILE_INSTEAD = "delete it, or put a file in its place"
_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def why_not_opened(path: Path, root: Path) -> tuple[str, str] | None:
    """Say why a path of a rule book is not opened, and what to do about it; None for a file or folder that is.

    Nothing is opened to find out.
    """
    if path.is_symlink() and (wrong := _why_not_followed(path, root)):
        return wrong
    try:
        mode = path.stat().st_mode
    except OSError as fault:
        return "it cannot be looked at", fault.strerror or ""
    for is_one, name in _SPECIAL:
        if is_one(mode):
            return f"{name} is not read", _A_FILE_INSTEAD
    if stat.S_ISDIR(mode) and not os.access(path, os.R_OK | os.X_OK):
        return "the folder cannot be opened", "allow this user to read it"
    return None


def _why_not_followed(link: Path, root: Path) -> tuple[str, str] | None:
    try:
        target = Path(os.path.realpath(link, strict=True))
    except OSError as fault:
        where = "in a circle" if fault.errno == errno.ELOOP else "to nothing that is there"
        return f"the link leads {where}", "delete it, or let it lead to a file or folder of the rule book"
    if not target.is_relative_to(os.path.realpath(root)):
        return "the link leads out of the rule book", _ONLY_ITS_OWN
    if Path(os.path.realpath(link.parent)).is_relative_to(target):
        return "the link leads back to a folder it stands in", "delete it"
    return None
