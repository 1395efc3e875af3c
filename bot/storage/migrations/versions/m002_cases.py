"""Cases: what they are briefed with, how long they are put off, and who works on them."""

import sqlalchemy as sa
from alembic import op

revision = "002"
down_revision = "001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to tickets and entries, and create the table of members of staff."""
    op.add_column("tickets", sa.Column("snoozed_until", sa.DateTime(), nullable=True))
    op.add_column("tickets", sa.Column("briefing", sa.JSON(), nullable=False, server_default="{}"))
    op.create_index(
        "ix_tickets_asleep",
        "tickets",
        ["snoozed_until"],
        sqlite_where=sa.text("snoozed_until IS NOT NULL"),
    )
    op.add_column("entries", sa.Column("target", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("door", sa.Text(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("checked", sa.DateTime(), nullable=True),
        sa.Column("seen", sa.DateTime(), nullable=True),
        sa.Column("rights", sa.Text(), nullable=False),
        sa.Column("audiences", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sa.UniqueConstraint("door", "identity", name="uq_members_door_identity"),
    )


def downgrade() -> None:
    """Take it all away again."""
    op.drop_table("members")
    op.drop_column("entries", "target")
    op.drop_index("ix_tickets_asleep", "tickets")
    op.drop_column("tickets", "briefing")
    op.drop_column("tickets", "snoozed_until")
