"""What an installation decides: where its data lies, which course it shows, under which address."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kommune3.i18n import gettext as _

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")
PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)*")
OWN_PATHS = frozenset(
    {"about", "api", "healthz", "hr", "logo", "me", "modules", "roles", "start", "static", "trainer"}
)


class SettingsError(ValueError):
    """A setting that cannot be used; the message says which, and what to do."""


@dataclass(frozen=True)
class Settings:
    """The settings of one running service."""

    data_dir: Path
    course_dir: Path | None = None
    """A municipality's own files, laid over the course."""
    course_root: Path | None = None
    """Another base course than the shipped one."""
    root_path: str = ""
    """The path prefix under which a reverse proxy shows the service; empty or ``/a/b``."""
    allowed_hosts: tuple[str, ...] = LOOPBACK_HOSTS
    """Host names, without port, that a request may ask for; ``*`` allows any."""

    def __post_init__(self) -> None:
        if not PREFIX.fullmatch(self.root_path):
            message = _("The path prefix {prefix!r} must look like /course, without a slash at the end.")
            raise SettingsError(message.format(prefix=self.root_path))
        if self.root_path.split("/")[1:2] and self.root_path.split("/")[1] in OWN_PATHS:
            message = _(
                "The path prefix {prefix!r} begins like one of the course's own pages. Choose another."
            )
            raise SettingsError(message.format(prefix=self.root_path))


def default_data_dir(environment: Mapping[str, str]) -> Path:
    """``KOMMUNE3_DATA``, else the folder that the operating system keeps for a user's data."""
    if chosen := environment.get("KOMMUNE3_DATA"):
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("kommune3", appauthor=False)


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that the environment gives. Raises SettingsError."""
    course = environment.get("KOMMUNE3_COURSE")
    hosts = environment.get("KOMMUNE3_ALLOWED_HOSTS", "")
    settings = Settings(
        data_dir=default_data_dir(environment),
        course_dir=Path(course).expanduser() if course else None,
        root_path=environment.get("KOMMUNE3_ROOT_PATH", "").rstrip("/"),
    )
    extra = tuple(host.strip().lower() for host in hosts.split(",") if host.strip())
    return replace(settings, allowed_hosts=LOOPBACK_HOSTS + extra)
