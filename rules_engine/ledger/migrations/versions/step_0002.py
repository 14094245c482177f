"""The tables of entries and of texts, which only ever grow, and of heads, which only ever move forward."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = None
branch_labels = None
depends_on = None

REFUSED = {
    "ledger_entries": ("UPDATE", "DELETE"),
    "ledger_texts": ("UPDATE", "DELETE"),
    "ledger_heads": ("DELETE",),
}
REFUSAL = "a ledger is never changed, it only grows"


def upgrade() -> None:
    """Make the tables, and have the database itself refuse to change or delete what is in them."""
    op.create_table(
        "ledger_entries",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), sa.Identity(), primary_key=True),
        sa.Column("programme", sa.Text, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("request_id", sa.Text, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.UniqueConstraint("programme", "position", name="ledger_entries_position"),
        sa.UniqueConstraint("event_id", "part", name="ledger_entries_event"),
        sqlite_autoincrement=True,
    )
    op.create_index("ledger_entries_request", "ledger_entries", ["request_id", "seq"])
    op.create_table(
        "ledger_texts",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "ledger_heads",
        sa.Column("programme", sa.Text, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        _refuse_in_postgresql()
    else:
        _refuse_in_sqlite()


def _refuse_in_sqlite() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for table, changes in REFUSED.items():
        for change in changes:
            op.execute(f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} {refuse}")
    op.execute(
        "CREATE TRIGGER ledger_heads_forward BEFORE UPDATE ON ledger_heads "
        f"WHEN NEW.position <= OLD.position OR NEW.programme <> OLD.programme {refuse}"
    )


def _refuse_in_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    for table, changes in REFUSED.items():
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE {' OR '.join((*changes, 'TRUNCATE'))} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses()"
        )
    op.execute(
        "CREATE TRIGGER ledger_heads_forward BEFORE UPDATE ON ledger_heads FOR EACH ROW "
        "WHEN (NEW.position <= OLD.position OR NEW.programme <> OLD.programme) EXECUTE FUNCTION ledger_refuses()"
    )
