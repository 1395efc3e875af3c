"""Messages that are translated between staff and customers."""

import sqlalchemy as sa
from alembic import op

revision = "007"
down_revision = "006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create their table."""
    op.create_table(
        "translations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("into", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_translations"),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name="fk_translations_conversation_conversations",
        ),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.id"], name="fk_translations_ticket_tickets"),
        sa.UniqueConstraint(
            "ticket", "direction", "reference", name="uq_translations_ticket_direction_reference"
        ),
    )
    op.create_index(
        "ix_translations_waiting",
        "translations",
        ["direction", "id"],
        sqlite_where=sa.text("state = 'waiting'"),
    )


def downgrade() -> None:
    """Drop it, and everything in it."""
    op.drop_table("translations")
