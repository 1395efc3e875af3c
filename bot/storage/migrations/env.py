"""Alembic's entry: runs migrations on the connection that ``schema`` hands over."""

from alembic import context

from bot.storage.models import Base

connection = context.config.attributes["connection"]
# SQLite can roll back changes of the schema, if one lets it: an upgrade happens whole or not.
context.configure(connection=connection, target_metadata=Base.metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
