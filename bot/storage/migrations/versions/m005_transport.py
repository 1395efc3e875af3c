"""Limits that processes share, chats that moved, and what sweeping and priorities need."""

import sqlalchemy as sa
from alembic import op

revision = "005"
down_revision = "004"
branch_labels = None
depends_on = None

_UNFINISHED = sa.text("state IN ('pending', 'sending')")


def upgrade() -> None:
    """Add tables, columns and indexes; what is there counts as of ordinary priority."""
    op.create_table(
        "meters",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_meters"),
    )
    op.create_index("ix_meters_until", "meters", ["until"])
    op.create_table(
        "moves",
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("old", name="pk_moves"),
    )
    for column in (
        sa.Column("priority", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("finished", sa.DateTime(), nullable=True),
        sa.Column("dismissed", sa.Boolean(), nullable=False, server_default=sa.text("0")),
    ):
        op.add_column("outbox", column)
    _index_outbox()
    swept = sa.text("state IN ('done', 'dismissed')")
    op.create_index("ix_inbox_swept", "inbox", ["at"], sqlite_where=swept)


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_inbox_swept", "inbox")
    for name in ("ix_outbox_swept", "ix_outbox_troubled", "ix_outbox_unfinished"):
        op.drop_index(name, "outbox")
    op.create_index("ix_outbox_unfinished", "outbox", ["queue", "id"], sqlite_where=_UNFINISHED)
    for name in ("dismissed", "finished", "priority"):
        op.drop_column("outbox", name)
    for table in ("moves", "meters"):
        op.drop_table(table)


def _index_outbox() -> None:
    op.drop_index("ix_outbox_unfinished", "outbox")
    op.create_index(
        "ix_outbox_unfinished", "outbox", ["queue", "id", "priority"], sqlite_where=_UNFINISHED
    )
    troubled = sa.text("state IN ('failed', 'unknown') AND NOT dismissed")
    op.create_index("ix_outbox_troubled", "outbox", ["id"], sqlite_where=troubled)
    swept = sa.text("state IN ('sent', 'dropped') OR dismissed")
    op.create_index("ix_outbox_swept", "outbox", ["finished"], sqlite_where=swept)
