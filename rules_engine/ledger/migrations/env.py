"""Runs the steps on the connection handed in, in the transaction it is in; Alembic loads this file itself."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
