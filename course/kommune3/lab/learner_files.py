"""A learner's files in JupyterLab: Jupyter's own access to them, with its refusals in the course's language.

JupyterLab shows what its server says in its own dialog, so the words have to be right where they are said.
They name a file and neither quote it nor say where it lies, for the server's log has them too.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado.web import HTTPError

from kommune3.i18n import N_
from kommune3.i18n import gettext as _

Files: Any = AsyncLargeFileManager  # whose methods have no types

LOCKED = N_(
    "This computer does not let the course read or write {name}. Perhaps the file is locked or open "
    "in another program."
)
FULL = N_("The disk is full, so {name} could not be stored. Make room on the disk.")
UNKNOWN = N_("This computer could not write {name}. If that goes on, tell whoever runs the course.")
DAMAGED = N_(
    "{name} is damaged. What you have sent is kept in the course. Give the file another name: the next time "
    "JupyterLab starts, you get a new one."
)
SAVE_AGAIN = N_("Keep this page open, so that nothing you wrote is lost, and save once more.")


class LearnerFiles(Files):  # type: ignore[misc]
    """As Jupyter has them, but for what is said where a file cannot be read or written."""

    damaged = DAMAGED
    """What is said of a file that is no notebook any more."""

    @contextmanager
    def perm_to_403(self, os_path: str = "") -> Iterator[None]:
        """Turn the system's refusal into one that can be shown."""
        with in_words(os_path), super().perm_to_403(os_path):
            yield

    async def get(self, path: str, *how: Any, **more: Any) -> Any:
        """Read, or say why not."""
        with in_words(path, damaged=self.damaged):
            return await super().get(path, *how, **more)

    async def save(self, model: dict[str, Any], path: str = "") -> Any:
        """Save, or say why not and what keeps the text."""
        with in_words(path, SAVE_AGAIN):
            return await super().save(model, path)

    async def delete_file(self, path: str) -> None:
        """Delete, or say why not."""
        with in_words(path):
            await super().delete_file(path)


@contextmanager
def in_words(path: str, advice: str = "", damaged: str = DAMAGED) -> Iterator[None]:
    """Say of the file what is wrong, and what to do, in place of what Jupyter says."""
    try:
        yield
    except HTTPError as refused:
        told = _why(refused, damaged)
        if not told:
            raise
        words = [_(told).format(name=Path(path).name), *([_(advice)] if advice else [])]
        raise HTTPError(refused.status_code, " ".join(words)) from refused


def _why(refused: HTTPError, damaged: str) -> str:
    cause, said = refused.__cause__, str(refused.log_message)
    if refused.status_code == 403:
        return LOCKED
    if refused.status_code == 500 and said.startswith("Unexpected error while"):
        full = isinstance(cause, OSError) and cause.errno in {errno.ENOSPC, errno.EDQUOT}
        return FULL if full else UNKNOWN
    unreadable = said.startswith("Unreadable Notebook") or said.endswith("is not UTF-8 encoded")
    return damaged if refused.status_code == 400 and unreadable else ""
