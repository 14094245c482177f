"""Hosts on the rule book that ships, which is read once for all tests that are not about its reading."""

from __future__ import annotations

from functools import cache

from rules_engine.host import Host
from rules_engine.ledger.base import Ledger
from rules_engine.ledger.memory import MemoryLedger
from rules_engine.matching import durable


@cache
def _read() -> Host:
    return Host.open(with_durable=False)


def shipped(ledger: Ledger | None = None, *, with_durable: bool | None = None) -> Host:
    """Open a host as `Host.open` does, but on a rule book that was read before; nothing else is shared."""
    read = _read()
    matchers = durable.available() if with_durable is None else with_durable
    return Host(read.book, read.plugins, read.vocabulary, ledger or MemoryLedger(), with_durable=matchers)
