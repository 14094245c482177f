"""Which requests touch on others, by position, owner, papers or id; and which on what the ledger knows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from rules_engine.batch.days import Mask, Whole
from rules_engine.batch.hashes import Hashes, hashes, mix
from rules_engine.host import Host
from rules_engine.ledger.base import Wanted
from rules_engine.standing.standing import Standing

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


@dataclass(frozen=True, slots=True)
class _Programme:
    """The owners and accounts that a programme's standing speaks of."""

    owners: frozenset[str]
    accounts: frozenset[tuple[str, str]]


class KnownToLedger:
    """Tells which requests a ledger may know something of: of their ids, their owner, or their account."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._is_new = not host.ledger.last_number()
        self._programmes: dict[str, _Programme] = {}

    def among(self, batch: pa.RecordBatch, programme: list[str], number: Whole) -> Mask:
        """Tell which rows the ledger may know something of; `number` gives each row's programme, below nothing none."""
        known = np.zeros(batch.num_rows, dtype="bool")
        if self._is_new:
            return known
        ids = {name: _texts(batch, name) for name in ("request_id", "event_id", "owner_ref", "account_ref", "cusip")}
        events = [event or request for event, request in zip(ids["event_id"], ids["request_id"], strict=True)]
        wanted = Wanted(events=frozenset(filter(None, events)), requests=frozenset(filter(None, ids["request_id"])))
        with self._host.ledger.looking_up(wanted):
            for place in range(batch.num_rows):
                request, event = ids["request_id"][place], events[place]
                own = self._of(programme[number[place]]) if number[place] >= 0 else None
                known[place] = (
                    bool(event and self._host.ledger.entries_of(event))
                    or bool(request and self._host.ledger.programmes_of(request))
                    or (
                        own is not None
                        and (
                            ids["owner_ref"][place] in own.owners
                            or (ids["cusip"][place], ids["account_ref"][place]) in own.accounts
                        )
                    )
                )
        return known

    def _of(self, programme: str) -> _Programme:
        if programme not in self._programmes:
            self._programmes[programme] = _known_to(self._host.ledger.standing(programme))
        return self._programmes[programme]


def _known_to(standing: Standing) -> _Programme:
    keys = {*standing.positions, *standing.reports, *standing.moves.keys(), *standing.on_position.keys()}
    keys |= {*standing.lots_of.keys(), *standing.claimed, *standing.drawn_of}
    owners = {*standing.of_owner.keys(), *(owner for _, owner in standing.owners_elections)}
    owners |= {key.owner_ref for key in keys if key.owner_ref} | {lot.owner_ref for lot in standing.lots.values()}
    return _Programme(
        owners=frozenset(owners),
        accounts=frozenset((key.cusip, key.account_ref) for key in keys if key.account_ref),
    )


def _texts(batch: pa.RecordBatch, name: str) -> list[str | None]:
    if name not in batch.schema.names:
        return [None] * batch.num_rows
    found: list[str | None] = batch.column(name).to_pylist()
    return found
