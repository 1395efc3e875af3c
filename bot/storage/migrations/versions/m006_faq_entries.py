"""FAQ entries that staff make of their answers."""

import sqlalchemy as sa
from alembic import op

revision = "006"
down_revision = "005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create their table."""
    op.create_table(
        "faq_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("widest", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("history", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_faq_entries"),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.id"], name="fk_faq_entries_ticket_tickets"),
        # The key of an entry in the FAQ table is made of its number.
        sqlite_autoincrement=True,
    )
    op.create_index("ix_faq_entries_ticket", "faq_entries", ["ticket"])
    op.create_index("ix_faq_entries_state", "faq_entries", ["state"])


def downgrade() -> None:
    """Drop it, and everything in it."""
    op.drop_table("faq_entries")
