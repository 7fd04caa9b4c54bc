"""Alembic's entry: bring the connection that the register hands over to the newest step."""

from __future__ import annotations

from alembic import context

from dashboard.register.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
