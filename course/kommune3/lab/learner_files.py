"""A learner's files in JupyterLab: Jupyter's own access to them, with its refusals in the course's language.

JupyterLab shows what its server says in its own dialog, so the words have to be right where they are said.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado.web import HTTPError

from kommune3.i18n import gettext as _

Files: Any = AsyncLargeFileManager  # whose methods have no types


class LearnerFiles(Files):  # type: ignore[misc]
    """As Jupyter has them, but for what is said where the system does not let a file be read or written."""

    @contextmanager
    def perm_to_403(self, os_path: str = "") -> Iterator[None]:
        """Turn the system's refusal into one that can be shown."""
        with in_words(os_path), super().perm_to_403(os_path):
            yield

    async def delete_file(self, path: str) -> None:
        """Delete, or say why not."""
        with in_words(path):
            await super().delete_file(path)


@contextmanager
def in_words(path: str) -> Iterator[None]:
    """Say of the file that the system does not allow it, in place of what Jupyter says."""
    try:
        yield
    except HTTPError as refused:
        if refused.status_code != 403:
            raise
        told = _(
            "This computer does not let the course read or write {name}. Perhaps the file is locked or open "
            "in another program."
        )
        raise HTTPError(403, told.format(name=Path(path).name)) from refused
