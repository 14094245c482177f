"""Drafts: working copies of some issuers' rules that are edited over HTTP, in a folder each."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from rules_engine.host.copying import NotCopied, copy_book
from rules_engine.rulebook.books import Book
from rules_engine.rulebook.nodes import MAX_BYTES
from rules_engine.service.problems import Refused

ABOUT = "draft.json"
RULES = "rules"
MOST_DRAFTS = 200
ENDINGS = (".yaml", ".txt", ".html", ".feature")
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_ID = re.compile(r"draft-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A working copy: what it is for, whose it is, and the issuers it has the rules of."""

    draft_id: str
    title: str
    by: str
    issuers: tuple[str, ...]
    folder: Path

    def to_json(self) -> dict[str, Any]:
        """Write a draft as it crosses a border."""
        return {"draft_id": self.draft_id, "title": self.title, "by": self.by, "issuers": list(self.issuers)}


class Drafts:
    """The drafts of one service, kept in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def all(self) -> list[Draft]:
        """List the drafts."""
        if not self._folder.is_dir():
            return []
        found = (self.find(path.name) for path in sorted(self._folder.iterdir()))
        return [draft for draft in found if draft is not None]

    def find(self, draft_id: str) -> Draft | None:
        """Find a draft."""
        if not _ID.fullmatch(draft_id):
            return None
        try:
            about = json.loads((self._folder / draft_id / ABOUT).read_text(encoding="utf-8"))
        except OSError:
            return None
        folder = self._folder / draft_id / RULES
        return Draft(
            draft_id=draft_id, title=about["title"], by=about["by"], issuers=tuple(about["issuers"]), folder=folder
        )

    def make(self, book: Book, *, issuers: tuple[str, ...], title: str, by: str) -> Draft:
        """Copy the rules of some issuers as they are in force; raise Refused for one there is none of."""
        with self._lock:
            if len(self.all()) >= MOST_DRAFTS:
                raise Refused(409, f"there are {MOST_DRAFTS} drafts already: take one away first")
            draft_id = f"draft-{secrets.token_hex(6)}"
            folder = self._folder / draft_id
            try:
                copy_book(book, folder / RULES, issuers=issuers)
            except NotCopied as fault:
                raise Refused(422, str(fault)) from fault
            about = {"title": title, "by": by, "issuers": sorted(issuers)}
            (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        draft = self.find(draft_id)
        assert draft is not None
        return draft

    def take_away(self, draft: Draft) -> None:
        """Take a draft away, with everything in it."""
        shutil.rmtree(draft.folder.parent, ignore_errors=True)

    # Files

    def files(self, draft: Draft) -> Iterator[dict[str, Any]]:
        """List a draft's files, each with its digest."""
        for path in sorted(draft.folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                data = path.read_bytes()
                name = path.relative_to(draft.folder).as_posix()
                yield {"path": name, "bytes": len(data), "digest": digest_of(data)}

    def read(self, draft: Draft, name: str) -> bytes:
        """Read a file; raise Refused where there is none."""
        path = _within(draft, name)
        if not path.is_file():
            raise Refused(404, f"the draft has no file `{name}`")
        return path.read_bytes()

    def write(self, draft: Draft, name: str, data: bytes, *, was: str | None) -> str:
        """Write a file whole, and give its digest; `was` is the digest of what is replaced, where somebody cares."""
        path = _within(draft, name)
        if len(data) > MAX_BYTES:
            raise Refused(413, f"a rule file has at most {MAX_BYTES:,} bytes")
        try:
            data.decode()
        except UnicodeDecodeError as fault:
            raise Refused(422, f"the file is not UTF-8 text from byte {fault.start + 1} on") from fault
        with self._lock:
            self._hold(path, was)
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
            beside.write_bytes(data)
            os.replace(beside, path)
        return digest_of(data)

    def remove(self, draft: Draft, name: str, *, was: str | None) -> None:
        """Take a file away."""
        path = _within(draft, name)
        with self._lock:
            if not path.is_file():
                raise Refused(404, f"the draft has no file `{name}`")
            self._hold(path, was)
            path.unlink()

    def _hold(self, path: Path, was: str | None) -> None:
        if was is None:
            return
        there = digest_of(path.read_bytes()) if path.is_file() else ""
        if there != was:
            raise Refused(412, "the file was changed since you read it: read it again")


def digest_of(data: bytes) -> str:
    """Give a file's digest."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _within(draft: Draft, name: str) -> Path:
    """Give the place of a file of a draft; raise Refused for a name that leads anywhere else, or is no rule file's."""
    parts = PurePosixPath(name).parts
    if not parts or not all(map(_PART.fullmatch, parts)) or "/".join(parts) != name:
        raise Refused(
            422, "a file is named by its path in the rule book, as `ally/term-notes-a/2015-08-10/redemption.yaml`"
        )
    if parts[0] not in draft.issuers or len(parts) < 2:
        raise Refused(422, f"the draft is of {', '.join(draft.issuers)}: a path begins with one of them")
    if not name.endswith(ENDINGS):
        raise Refused(422, f"a file of a rule book ends in {', '.join(ENDINGS)}")
    path = draft.folder
    for part in parts:
        path /= part
        if path.is_symlink():
            raise Refused(422, f"`{name}` leads over a link")
    return path
