"""Opening a ledger by its address."""

from __future__ import annotations

from rules_engine.errors import LedgerError
from rules_engine.ledger.base import Ledger
from rules_engine.ledger.memory import MemoryLedger


def open_ledger(url: str) -> Ledger:
    """Open the ledger at an address; raise LedgerError for an address no store answers to."""
    if url == "memory:":
        return MemoryLedger()
    raise LedgerError(f"no ledger can be opened at `{url}`: give `memory:`")
