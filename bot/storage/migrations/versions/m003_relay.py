"""What is remembered for passing messages on."""

import sqlalchemy as sa
from alembic import op

revision = "003"
down_revision = "002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, and let a link be found from its other end."""
    op.create_index("ix_links_mirror", "links", ["mirror_chat", "mirror_message"])
    _create_digests()
    _create_staff_messages()
    _create_album_parts()


def downgrade() -> None:
    """Drop them, and everything in them."""
    for table in ("album_parts", "staff_messages", "relay_digests"):
        op.drop_table(table)
    op.drop_index("ix_links_mirror", "links")


def _create_digests() -> None:
    op.create_table(
        "relay_digests",
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("chat", "message", name="pk_relay_digests"),
    )


def _create_staff_messages() -> None:
    op.create_table(
        "staff_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff_messages"),
        sa.ForeignKeyConstraint(
            ["ticket"], ["tickets.id"], name="fk_staff_messages_ticket_tickets"
        ),
        sa.UniqueConstraint("topic", "reference", name="uq_staff_messages_topic_reference"),
    )


def _create_album_parts() -> None:
    op.create_table(
        "album_parts",
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("album", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("chat", "message", name="pk_album_parts"),
    )
    op.create_index(
        "ix_album_parts_waiting", "album_parts", ["queue", "number"], sqlite_where=sa.text("waits")
    )
