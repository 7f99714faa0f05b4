"""The files that a trainer's JupyterLab shows: own cohorts' folders, to read.

They are a projection of the register that the worker writes: a change made by hand would be lost, so none
is taken.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from tornado.web import HTTPError

from kommune3.i18n import N_
from kommune3.i18n import gettext as _

from .formgrader_cohorts import OwnCohorts, from_environment
from .learner_files import LearnerFiles


class CohortFiles(LearnerFiles):
    """The root holds one folder for each own cohort; other trainers' are not there."""

    damaged = N_("{name} is damaged. Ask formgrader to check the form, and the course writes it anew.")

    @cached_property
    def cohorts(self) -> OwnCohorts:
        """The trainer's cohorts."""
        return from_environment()

    def _get_os_path(self, path: str) -> str:
        meant = str(super()._get_os_path(path))
        home, file = self.cohorts.home.resolve(), Path(meant).resolve()  # past every ".." and link
        inside = file.relative_to(home).parts[:1] if file.is_relative_to(home) else ("",)
        if inside and not self.cohorts.owns(inside[0]):
            raise HTTPError(404, _("There is no such file."))
        return meant

    async def _dir_model(self, path: str, content: bool = True) -> dict[str, Any]:
        root = not path.strip("/")
        model: dict[str, Any] = await super()._dir_model(path, content and not root)
        if content and root:
            there = [name for name in self.cohorts.titles() if (self.cohorts.home / name).is_dir()]
            model |= {"format": "json", "content": [await self.get(name, content=False) for name in there]}
        return model

    def should_list(self, name: str) -> bool:
        """Whether a file is listed; the gradebook is for formgrader alone."""
        return bool(super().should_list(name)) and not name.startswith("gradebook.db")

    def _base_model(self, path: str) -> dict[str, Any]:
        return {**super()._base_model(path), "writable": False}

    async def save(self, model: dict[str, Any], path: str = "") -> NoReturn:
        """Refuse."""
        refuse()

    async def delete_file(self, path: str) -> NoReturn:
        """Refuse."""
        refuse()

    async def rename_file(self, old_path: str, new_path: str) -> NoReturn:
        """Refuse."""
        refuse()

    async def copy(self, from_path: str, to_path: str | None = None) -> NoReturn:
        """Refuse."""
        refuse()


def refuse() -> NoReturn:
    """Say where marks and comments are written instead."""
    raise HTTPError(403, _("These files are only shown. Write marks and comments in formgrader."))
