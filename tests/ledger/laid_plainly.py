"""Entries unpacked by nothing of ours: what zlib reads that everybody has."""

from __future__ import annotations

import sqlite3
import zlib


def unpacked(packed: bytes, text: str) -> tuple[str, str]:
    """Give an event and the decision on it, as the page on stores shows how to."""
    event, decision = zlib.decompressobj(zdict=text.encode()).decompress(packed).decode().split("\n")
    return event, decision


def lay_plainly(file: sqlite3.Connection) -> int:
    """Lay every entry of a file down in plain text, as all did once; count them. Its guards have to be gone."""
    select = (
        "SELECT seq, packed, text FROM ledger_entries JOIN ledger_bases ON against = number WHERE packed IS NOT NULL"
    )
    found = file.execute(select).fetchall()
    for seq, packed, text in found:
        laid = "UPDATE ledger_entries SET event = ?, decision = ?, packed = NULL, against = NULL WHERE seq = ?"
        file.execute(laid, (*unpacked(packed, text), seq))
    file.commit()
    return len(found)
