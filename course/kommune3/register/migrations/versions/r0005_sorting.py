"""What names are sorted by: those that begin with Ç, Ł, Ó or Ş came after Å, and Aagaard before Abel."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kommune3.register.people import sort_key

revision = "r0005"
down_revision = "r0004"

PEOPLE = sa.table("people", sa.column("id"), sa.column("name"), sa.column("sort"))


def upgrade() -> None:
    """Sort everybody's name anew."""
    register = op.get_bind()
    rows = register.execute(sa.select(PEOPLE.c.id, PEOPLE.c.name, PEOPLE.c.sort)).all()
    changed = [{"who": row.id, "key": sort_key(row.name)} for row in rows if sort_key(row.name) != row.sort]
    if changed:
        same = PEOPLE.c.id == sa.bindparam("who")
        register.execute(sa.update(PEOPLE).where(same).values(sort=sa.bindparam("key")), changed)
