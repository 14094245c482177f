"""How far each listener was served; and, on a server, what refuses an answer that others have made old."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOVED = "LS001"
"""The state by which `ledger_moved` is known; no state of the server's own begins with `LS`."""


def upgrade() -> None:
    """Add the table, and the function that ends a transaction in which something looked at has moved."""
    op.create_table(
        "ledger_listeners",
        sa.Column("listener", sa.Text, primary_key=True),
        sa.Column("number", sa.BigInteger, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION ledger_moved() RETURNS boolean LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION 'the standing moved meanwhile' USING ERRCODE = '{MOVED}'; END $$"
        )
