"""Requests in columns: what survivor's option requests report, read once for all rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pyarrow as pa

from rules_engine.batch.days import Days, Mask, Whole
from rules_engine.batch.reading import ColumnFault, Numbered, Rows
from rules_engine.intake.values import read_share
from rules_engine.model.event_words import LISTS

FIELDS = {
    "event_id": "text",
    "received_on": "day",
    "request_id": "text",
    "cusip": "text",
    "principal": "money",
    "owner_ref": "text",
    "account_ref": "text",
    "position": "money",
    "trigger": "text",
    "occurred_on": "day",
    "acquired_on": "day",
    "acquired": "text",
    "registration": "text",
    "co_owner_is_spouse": "yes or no",
    "deceased_share": "text",
    "substantially_all_beneficial_interest": "yes or no",
    "owner_at_death": "yes, no or in doubt",
    "held_in": "text",
    "representative": "text",
    "documents": "list",
}
"""The fields of a request, as events have them."""

REQUIRED = ("received_on", "request_id", "cusip", "principal")
WORDS = ("trigger", "acquired", "registration", "held_in", "representative")
DAYS = ("occurred_on", "acquired_on")
IN_DOUBT = ("yes", "no", "in doubt")

MOST_DOCUMENTS = 62
"""So many kinds of papers have a bit each in a whole number."""

_MOST = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A field of each row: its value, and where it is given."""

    values: Whole
    known: Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """Some requests, field by field; `carried` are those that columns read for certain.

    Words are by number in `among`, by the field's name. Papers are bits of `documents_known`.
    """

    rows: Rows
    carried: Mask
    cusip: Numbered
    received_on: Days
    principal: Whole
    position: Given
    words: dict[str, Given]
    among: Mapping[str, Sequence[str]]
    days: dict[str, Given]
    spouse: Given
    substantially_all: Given
    owner_at_death: Given
    share: Given
    shares: Sequence[Fraction]
    documents: Given
    documents_known: Sequence[str]
    owner: Numbered
    has_account: Mask

    @classmethod
    def read(cls, batch: pa.RecordBatch, added: frozenset[tuple[str, str]]) -> Requests:
        """Read requests; `added` are the words that issuers add to the usual lists."""
        rows = Rows(batch, FIELDS)
        if absent := [name for name in REQUIRED if not rows.has(name)]:
            raise ColumnFault(f"column `{absent[0]}` is missing: a survivor's option request needs it")
        listed = {
            name: (*usual, *sorted(word for where, word in added if where == name)) for name, usual in LISTS.items()
        }
        received_on, received = rows.days("received_on")
        principal, asked = rows.money("principal")
        position, positioned = rows.money("position", nothing=True)
        cusip, request_id = rows.texts("cusip"), rows.texts("request_id")
        for name in ("event_id", "account_ref"):
            rows.texts(name)
        papers, brought = rows.lists("documents", listed["documents"][:MOST_DOCUMENTS])
        share, shares = _shares(rows, position, positioned)
        words = {name: _words(rows, name, listed[name]) for name in WORDS}
        days = {name: Given(values=found, known=known) for name in DAYS for found, known in [rows.days(name)]}
        owner = rows.texts("owner_ref")
        given = received & asked & (cusip.numbers >= 0) & (request_id.numbers >= 0)
        return cls(
            rows=rows,
            cusip=cusip,
            received_on=received_on,
            principal=principal,
            position=Given(values=position, known=positioned),
            among=listed,
            spouse=_yes_no(rows, "co_owner_is_spouse"),
            substantially_all=_yes_no(rows, "substantially_all_beneficial_interest"),
            owner_at_death=_in_doubt(rows),
            share=share,
            shares=shares,
            documents=Given(values=papers, known=brought),
            documents_known=listed["documents"][:MOST_DOCUMENTS],
            has_account=rows.texts("account_ref").numbers >= 0,
            words=words,
            days=days,
            owner=owner,
            carried=given & ~rows.unread,
        )


def _words(rows: Rows, name: str, listed: Sequence[str]) -> Given:
    found = rows.words(name, listed.__contains__)
    by_word = np.array([listed.index(word) if word in listed else 0 for word in found.words] + [0], dtype="int64")
    return Given(values=by_word[found.numbers], known=found.numbers >= 0)


def _yes_no(rows: Rows, name: str) -> Given:
    values, known = rows.yes_no(name)
    return Given(values=values, known=known)


def _in_doubt(rows: Rows) -> Given:
    """Read whether the deceased owned the notes at death: `true`, `false`, or `in doubt`."""
    name = "owner_at_death"
    if rows.has(name) and pa.types.is_boolean(rows.batch.column(name).type):
        values, known = rows.yes_no(name)
        return Given(values=np.where(values, 0, 1), known=known)
    written = {"true": 0, "false": 1, "in doubt": 2}
    found = rows.words(name, written.__contains__)
    by_word = np.array([*(written.get(word, 0) for word in found.words), 0], dtype="int64")
    return Given(values=by_word[found.numbers], known=found.numbers >= 0)


def _shares(rows: Rows, position: Whole, positioned: Mask) -> tuple[Given, Sequence[Fraction]]:
    """Read shares; one of a position too large to be multiplied here is left unread."""
    found = rows.texts("deceased_share", plain=False)
    read = [_share(text) for text in found.words]
    unread = np.array([*(each is None for each in read), False], dtype="bool")
    rows.unread |= unread[found.numbers]
    shares = [Fraction(1) if each is None else each for each in read]
    most = np.array([*(_MOST // each.numerator for each in shares), _MOST], dtype="int64")
    rows.unread |= positioned & (position > most[found.numbers])
    return Given(values=np.maximum(found.numbers, 0), known=found.numbers >= 0), shares or [Fraction(1)]


def _share(text: str) -> Fraction | None:
    try:
        return read_share(text)
    except ValueError:
        return None
