"""Entries packed against texts they share most of, and where each programme stands, to begin from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

REFUSAL = "a ledger is never changed, it only grows"


def upgrade() -> None:
    """Add the columns and the tables; entries that are there stay as they lie."""
    op.add_column("ledger_entries", sa.Column("packed", sa.LargeBinary))
    op.add_column("ledger_entries", sa.Column("against", sa.BigInteger))
    op.create_table(
        "ledger_bases",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("ledger_bases_about", "ledger_bases", ["about"])
    op.create_table(
        "ledger_snapshots",
        sa.Column("programme", sa.Text, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("shape", sa.Text, nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER ledger_bases_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_bases "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER ledger_bases_no_{change.lower()} BEFORE {change} ON ledger_bases "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
