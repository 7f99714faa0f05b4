"""Bring the tables to the newest schema."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from kommune3.i18n import gettext as _

from .errors import RegisterError

SCRIPTS = Path(__file__).parent / "migrations"
HEAD = "r0005"
"""The newest revision; a test holds it to what the scripts say."""


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, in the connection's transaction.

    Raises RegisterError where the tables come from a newer version of the course than this one.
    """
    current = revision(connection)
    if current == HEAD:
        return
    from alembic import command  # slow to import, and needed only when something changes
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise RegisterError(
            _("The register was made by a newer version of the course ({revision}). Install that version.")
            .format(revision=current)
        ) from error  # fmt: skip


def revision(connection: Connection) -> str | None:
    """The revision that the tables are at, None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found
