"""Which requests touch on others, by position, owner, papers or id; and which on what the ledger knows."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from rules_engine.batch.days import Mask
from rules_engine.batch.hashes import Hashes, among, hashes, mix
from rules_engine.host import Host
from rules_engine.ledger.base import Wanted
from rules_engine.standing.standing import Standing

LONG = 50_000
"""The most entries of a ledger whose ids are all gathered at once."""

_NONE = np.zeros(0, dtype="uint64")

_SALT = {name: np.uint64(number) for number, name in enumerate(("account", "owner", "papers", "request", "event"), 1)}


KEY_FIELDS = ("received_on", "cusip", "owner_ref", "account_ref", "request_id", "event_id", "registration")
"""The fields that say in which order requests came, and on which others they touch."""


def keys_of(batch: pa.RecordBatch, shares_papers: Mask) -> list[Hashes]:
    """Give, row by row, the keys under which a request may touch on another, as numbers; nothing where it has none.

    Two requests touch that name the same account of a note, the same owner of a note, or share an id; and, under
    programmes whose rules count papers once for a registration, those of one owner and registration.
    """
    cusip, owner, request = _column(batch, "cusip"), _column(batch, "owner_ref"), _column(batch, "request_id")
    event = _column(batch, "event_id")
    keys = [
        _key("account", _column(batch, "account_ref"), cusip),
        _key("owner", owner, cusip),
        _key("request", request),
        _key("event", np.where(event == 0, request, event)),
    ]
    if shares_papers.any():
        papers = _key("papers", owner, _column(batch, "registration"))
        keys.append(np.where(shares_papers, papers, np.uint64(0)))
    return keys


def _column(batch: pa.RecordBatch, name: str) -> Hashes:
    if name not in batch.schema.names:
        return np.zeros(batch.num_rows, dtype="uint64")
    return hashes(batch.column(name))


def _key(kind: str, *of: Hashes) -> Hashes:
    mixed = np.full(len(of[0]), _SALT[kind], dtype="uint64")
    given = np.ones(len(of[0]), dtype="bool")
    for each in of:
        mixed = mix(mixed, each)
        given &= each != 0
    return np.where(given, mixed, np.uint64(0))


class KnownToLedger:
    """Tells which requests a ledger may know something of: of their ids, their owner, or their account.

    Owners and accounts count in whatever programme of the rule book. Of a short ledger all ids are gathered at once; of
    a long one those of the rows are looked up.
    """

    def __init__(self, host: Host) -> None:
        self._ledger = host.ledger
        self._programmes = host.book.programmes
        self._is_new = not host.ledger.last_number()
        self._is_long = host.ledger.last_number() > LONG
        self._owners = self._accounts = self._requests = self._events = _NONE
        self._gathered = self._is_new

    def among(self, batch: pa.RecordBatch) -> Mask:
        """Tell which rows the ledger may know something of."""
        if self._is_new:
            return np.zeros(batch.num_rows, dtype="bool")
        if not self._gathered:
            self._gather()
        cusip, owner, account = (_column(batch, name) for name in ("cusip", "owner_ref", "account_ref"))
        known = among(owner, self._owners) | among(mix(cusip, account), self._accounts)
        if self._is_long:
            return known | self._looked_up(batch)
        request, event = _column(batch, "request_id"), _column(batch, "event_id")
        return known | among(request, self._requests) | among(np.where(event == 0, request, event), self._events)

    def _gather(self) -> None:
        """Gather the owners and accounts that standings speak of, and the ids of a short ledger."""
        self._gathered = True
        found = [_known_to(self._ledger.standing(programme)) for programme in self._programmes]
        self._owners = _numbers({owner for owners, _ in found for owner in owners})
        accounts = sorted({account for _, accounts in found for account in accounts})
        cusips, names = [cusip for cusip, _ in accounts], [name for _, name in accounts]
        self._accounts = np.sort(mix(hashes(pa.array(cusips, pa.string())), hashes(pa.array(names, pa.string()))))
        if not self._is_long:
            entries = list(self._ledger.entries())
            self._events = _numbers({entry.event_id for entry in entries})
            self._requests = _numbers({entry.request_id for entry in entries})

    def _looked_up(self, batch: pa.RecordBatch) -> Mask:
        requests = _texts(batch, "request_id")
        events = [event or request for event, request in zip(_texts(batch, "event_id"), requests, strict=True)]
        wanted = Wanted(events=frozenset(filter(None, events)), requests=frozenset(filter(None, requests)))
        with self._ledger.looking_up(wanted):
            found = [
                bool(event and self._ledger.entries_of(event)) or bool(request and self._ledger.programmes_of(request))
                for event, request in zip(events, requests, strict=True)
            ]
        return np.array(found, dtype="bool")


def _numbers(texts: set[str]) -> Hashes:
    return np.sort(hashes(pa.array(sorted(filter(None, texts)), pa.string())))


def _known_to(standing: Standing) -> tuple[set[str], set[tuple[str, str]]]:
    """Give the owners, and the accounts with their notes, that a programme's standing speaks of."""
    keys = {*standing.positions, *standing.reports, *standing.moves.keys(), *standing.on_position.keys()}
    keys |= {*standing.lots_of.keys(), *standing.claimed, *standing.drawn_of}
    owners = {*standing.of_owner.keys(), *(owner for _, owner in standing.owners_elections)}
    owners |= {key.owner_ref for key in keys if key.owner_ref} | {lot.owner_ref for lot in standing.lots.values()}
    return owners, {(key.cusip, key.account_ref) for key in keys if key.account_ref}


def _texts(batch: pa.RecordBatch, name: str) -> list[str | None]:
    if name not in batch.schema.names:
        return [None] * batch.num_rows
    found: list[str | None] = batch.column(name).to_pylist()
    return found
