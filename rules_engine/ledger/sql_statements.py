"""What a ledger on disk asks of its tables and adds to them, in SQLAlchemy's words for any database."""

from __future__ import annotations

import dataclasses

from sqlalchemy import bindparam, func, insert, select, text

from rules_engine.ledger.base import Entry
from rules_engine.ledger.sql_schema import ENTRIES, HEADS, TEXTS

PAGE = 500
"""How many entries are read at a time."""

FIELDS = tuple(field.name for field in dataclasses.fields(Entry))
_COLUMNS = [ENTRIES.c[name] for name in FIELDS]

AFTER = (
    select(*_COLUMNS)
    .where(ENTRIES.c.programme == bindparam("programme"), ENTRIES.c.position > bindparam("position"))
    .order_by(ENTRIES.c.position)
    .limit(PAGE)
)
ALL_AFTER = select(ENTRIES.c.seq, *_COLUMNS).where(ENTRIES.c.seq > bindparam("seq")).order_by(ENTRIES.c.seq).limit(PAGE)
OF_EVENT = select(*_COLUMNS).where(ENTRIES.c.event_id == bindparam("event_id")).order_by(ENTRIES.c.part)
PROGRAMMES_OF = (
    select(ENTRIES.c.programme)
    .where(ENTRIES.c.request_id == bindparam("request_id"))
    .group_by(ENTRIES.c.programme)
    .order_by(func.min(ENTRIES.c.seq))
)
TEXT_OF = select(TEXTS.c.text).where(TEXTS.c.digest == bindparam("digest"))
TEXTS_AFTER = (
    select(TEXTS.c.digest, TEXTS.c.text)
    .where(TEXTS.c.digest > bindparam("digest"))
    .order_by(TEXTS.c.digest)
    .limit(PAGE)
)
ALL_HEADS = select(HEADS)
HEAD_OF = select(HEADS).where(HEADS.c.programme == bindparam("programme"))
ADD_ENTRY = insert(ENTRIES).values({name: bindparam(name) for name in FIELDS}).inline()
ADD_TEXT = insert(TEXTS).inline()
MOVE_HEAD = text(
    "INSERT INTO ledger_heads (programme, position, digest) VALUES (:programme, :position, :digest) "
    "ON CONFLICT (programme) DO UPDATE SET position = excluded.position, digest = excluded.digest"
)
