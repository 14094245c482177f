"""What a ledger on disk asks of its tables and adds to them, in SQLAlchemy's words for any database.

Lists of names go in as one JSON text, which both databases take apart themselves: so a statement is worded once.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ClauseElement,
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    func,
    insert,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import NullType

from rules_engine.ledger.packing import FIELDS
from rules_engine.ledger.sql_schema import BASES, ENTRIES, HEADS, LISTENERS, SNAPSHOTS, TEXTS

PAGE = 500
"""How many entries are read at a time."""

PAGE_OF_BASES = 64
"""How many texts that entries are packed against are read when a ledger is opened."""

LAID_DOWN = (*FIELDS, "packed", "against")
"""What a row holds of an entry, in this order; `Packing` reads it."""

_COLUMNS = [ENTRIES.c[name] for name in LAID_DOWN]


@dataclass(frozen=True, slots=True)
class Step:
    """A statement with the rows it is carried out for; `refuses` if nothing may follow where it finds anything."""

    statement: ClauseElement
    rows: Sequence[Mapping[str, Any]] = ({},)
    refuses: bool = False


class OneOf(ColumnElement[bool]):
    """Whether a column holds one of the names in a list that is given as one JSON text."""

    inherit_cache = True

    def __init__(self, column: ColumnElement[Any], parameter: str) -> None:
        self.type: Any = NullType()  # a Boolean is compared with 1 in SQLite, which then looks nothing up in an index
        self.column = column
        self.parameter = bindparam(parameter, type_=Text())


@compiles(OneOf, "sqlite")
def _in_sqlite(element: OneOf, compiler: SQLCompiler, **options: Any) -> str:
    column, given = (compiler.process(each, **options) for each in (element.column, element.parameter))
    return f"{column} IN (SELECT value FROM json_each({given}))"


@compiles(OneOf, "postgresql")
def _in_postgresql(element: OneOf, compiler: SQLCompiler, **options: Any) -> str:
    # an array, which the server works out once and looks up in an index; it would join a list of rows
    column, given = (compiler.process(each, **options) for each in (element.column, element.parameter))
    return f"{column} = ANY (ARRAY(SELECT json_array_elements_text(CAST({given} AS json))))"


def names(several: Collection[str]) -> str:
    """Write a list of names as `OneOf` takes it."""
    return json.dumps(sorted(several))


_NUMBERED = select(ENTRIES.c.seq, *_COLUMNS)
_IN_ORDER = _NUMBERED.order_by(ENTRIES.c.seq).limit(bindparam("limit"))

AFTER = (
    _NUMBERED.where(ENTRIES.c.programme == bindparam("programme"), ENTRIES.c.position > bindparam("position"))
    .order_by(ENTRIES.c.position)
    .limit(PAGE)
)
FEED = _IN_ORDER.where(ENTRIES.c.seq > bindparam("seq"))
FEED_OF_PROGRAMME = FEED.where(ENTRIES.c.programme == bindparam("programme"))
_SINCE = _NUMBERED.where(ENTRIES.c.seq > bindparam("seq")).order_by(ENTRIES.c.seq).offset(0).subquery("since")
"""The few entries after a number. The offset keeps a planner from looking up all entries of a programme instead."""

_GIVEN = bindparam("ends", type_=Text())
_ENDS = {
    "sqlite": func.json_each(_GIVEN).table_valued("key", "value"),
    "postgresql": func.json_each_text(cast(_GIVEN, JSON)).table_valued("key", "value"),
}
CATCH_UP = {
    dialect: select(_SINCE)
    .join_from(_SINCE, ends, _SINCE.c.programme == ends.c.key)
    .where(_SINCE.c.position > cast(ends.c.value, BigInteger))
    .order_by(_SINCE.c.seq)
    .limit(PAGE)
    for dialect, ends in _ENDS.items()
}
"""Of the entries after a number those of some programmes, each after the position at which it ended."""

PROGRAMMES = select(ENTRIES.c.programme).distinct()
LAST_NUMBER = select(func.coalesce(func.max(ENTRIES.c.seq), 0))
OF_EVENTS = select(*_COLUMNS).where(OneOf(ENTRIES.c.event_id, "events")).order_by(ENTRIES.c.event_id, ENTRIES.c.part)
ABOUT = _NUMBERED.where(ENTRIES.c.request_id == bindparam("request_id")).order_by(ENTRIES.c.seq)
PROGRAMMES_OF = (
    select(ENTRIES.c.request_id, ENTRIES.c.programme)
    .where(OneOf(ENTRIES.c.request_id, "requests"))
    .group_by(ENTRIES.c.request_id, ENTRIES.c.programme)
    .order_by(func.min(ENTRIES.c.seq))
)
_MOVED: Select[Any] = (
    select(literal_column("1").label("moved"))
    .select_from(_SINCE)
    .where(
        or_(
            OneOf(_SINCE.c.event_id, "events"),
            OneOf(_SINCE.c.request_id, "requests"),
            OneOf(_SINCE.c.programme, "programmes"),
        )
    )
    .limit(1)
)
REFUSE_IF_MOVED = {"sqlite": _MOVED, "postgresql": select(func.ledger_moved()).select_from(_MOVED.subquery())}
"""Find whether anything looked at was recorded about since; in PostgreSQL its server raises at once where it was."""

TEXT_OF = select(TEXTS.c.text).where(TEXTS.c.digest == bindparam("digest"))
TEXTS_AFTER = (
    select(TEXTS.c.digest, TEXTS.c.text)
    .where(TEXTS.c.digest > bindparam("digest"))
    .order_by(TEXTS.c.digest)
    .limit(PAGE)
)
ALL_HEADS = select(HEADS)
HEAD_OF = select(HEADS).where(HEADS.c.programme == bindparam("programme"))
ADD_ENTRY = insert(ENTRIES).values({name: bindparam(name) for name in LAID_DOWN}).inline()
BASE_OF = select(BASES.c.number, BASES.c.about, BASES.c.text).where(BASES.c.number == bindparam("number"))
FIRST_BASES = select(BASES.c.number, BASES.c.about, BASES.c.text).order_by(BASES.c.number).limit(PAGE_OF_BASES)
BASE_ABOUT = (
    select(BASES.c.number, BASES.c.about, BASES.c.text)
    .where(BASES.c.about == bindparam("about"))
    .order_by(BASES.c.number)
    .limit(1)
)
ADD_BASE = text(
    "INSERT INTO ledger_bases (number, about, text) VALUES (:number, :about, :text) ON CONFLICT (number) DO NOTHING"
)
SNAPSHOT_OF = (
    select(SNAPSHOTS.c.position, SNAPSHOTS.c.digest, ENTRIES.c.seq, SNAPSHOTS.c.state)
    .join(
        ENTRIES,
        and_(
            ENTRIES.c.programme == SNAPSHOTS.c.programme,
            ENTRIES.c.position == SNAPSHOTS.c.position,
            ENTRIES.c.digest == SNAPSHOTS.c.digest,
        ),
    )
    .where(SNAPSHOTS.c.programme == bindparam("programme"), SNAPSHOTS.c.shape == bindparam("shape"))
)
"""Where a programme stood after an entry that is there still, and the number of that entry."""

KEEP_SNAPSHOT = text(
    "INSERT INTO ledger_snapshots (programme, position, digest, shape, state) "
    "VALUES (:programme, :position, :digest, :shape, :state) ON CONFLICT (programme) DO UPDATE "
    "SET position = excluded.position, digest = excluded.digest, shape = excluded.shape, state = excluded.state"
)
ADD_TEXT = text("INSERT INTO ledger_texts (digest, text) VALUES (:digest, :text) ON CONFLICT (digest) DO NOTHING")
MOVE_HEAD = text(
    "INSERT INTO ledger_heads (programme, position, digest) VALUES (:programme, :position, :digest) "
    "ON CONFLICT (programme) DO UPDATE SET position = excluded.position, digest = excluded.digest"
)
SERVED_TO = select(LISTENERS.c.number).where(LISTENERS.c.listener == bindparam("listener"))
ADD_LISTENER = text(
    "INSERT INTO ledger_listeners (listener, number) "
    "SELECT :listener, coalesce(max(seq), 0) FROM ledger_entries WHERE true ON CONFLICT (listener) DO NOTHING"
)
SERVE_TO = (
    update(LISTENERS)
    .where(LISTENERS.c.listener == bindparam("of"), LISTENERS.c.number < bindparam("to"))
    .values(number=bindparam("to"))
)
