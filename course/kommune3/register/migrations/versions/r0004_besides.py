"""What a trainer sets in a gradebook besides points and comments, so that one made anew has it, too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0004"
down_revision = "r0003"


def upgrade() -> None:
    """Add a flag, points given in the check's place, and more time, to marks."""
    op.add_column("marks", sa.Column("flagged", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("marks", sa.Column("check_given", sa.Double))
    op.add_column("marks", sa.Column("extension", sa.Integer))
