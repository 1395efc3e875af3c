"""Indexes for what is seldom true: questions that nobody answered, updates that are put aside."""

import sqlalchemy as sa
from alembic import op

revision = "008"
down_revision = "007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them; what is there is found by them at once."""
    lacking = sa.text("substr(detail, 1, 11) = 'handed_off/' OR substr(detail, 1, 9) = 'declined/'")
    op.create_index("ix_turns_lacking", "turns", ["at"], sqlite_where=lacking)
    parked = sa.text("state = 'parked'")
    op.create_index("ix_inbox_parked", "inbox", ["id"], sqlite_where=parked)


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_inbox_parked", "inbox")
    op.drop_index("ix_turns_lacking", "turns")
