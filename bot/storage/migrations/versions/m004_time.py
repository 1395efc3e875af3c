"""Time: queues of tickets, timers, and where customers are."""

import sqlalchemy as sa
from alembic import op

revision = "004"
down_revision = "003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to tickets and customers, and create the table of timers."""
    op.add_column("customers", sa.Column("zone", sa.Text(), nullable=False, server_default=""))
    op.add_column("tickets", sa.Column("queue", sa.Text(), nullable=False, server_default=""))
    op.add_column("tickets", sa.Column("news", sa.Boolean(), nullable=False, server_default="1"))
    # What has ended owes nothing.
    op.execute("UPDATE tickets SET news = is_open")
    op.create_index("ix_tickets_news", "tickets", ["id"], sqlite_where=sa.text("news"))
    op.create_table(
        "timers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=False),
        sa.Column("wakes", sa.DateTime(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.id"], name="fk_timers_ticket_tickets"),
        sa.PrimaryKeyConstraint("id", name="pk_timers"),
        sa.UniqueConstraint("ticket", "kind", "reference", name="uq_timers_ticket_kind_reference"),
    )
    op.create_index(
        "ix_timers_running", "timers", ["wakes"], sqlite_where=sa.text("state = 'running'")
    )


def downgrade() -> None:
    """Take it all away again."""
    op.drop_table("timers")
    op.drop_index("ix_tickets_news", "tickets")
    op.drop_column("tickets", "news")
    op.drop_column("tickets", "queue")
    op.drop_column("customers", "zone")
