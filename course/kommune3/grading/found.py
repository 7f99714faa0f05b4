"""Files that a trainer collected, as they were found: where, when changed, and what they hold or why not."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from kommune3.engine.normal import normal
from kommune3.i18n import gettext as _

MOST_BYTES = 2_000_000
"""Of one notebook. A filled-in exercise has about 20,000."""
MOST_FILES = 5_000
"""In one zip or folder: a thousand people with three notebooks each, and more."""

_NOISE = {"__macosx", ".ds_store", "thumbs.db", "desktop.ini", ".ipynb_checkpoints", "timestamp.txt"}


@dataclass(frozen=True)
class Found:
    """A file. ``parts``: its folders and name from the outermost in, in NFC; a zip's name without its ending
    is one of them. ``changed``: when it was last changed, by its own account."""

    parts: tuple[str, ...]
    changed: datetime | None

    @property
    def shown(self) -> str:
        """The file as messages name it."""
        return "/".join(self.parts)

    def file(self, data: bytes) -> File:
        """The file with what it holds."""
        return File(self.parts, self.changed, data)

    def skipped(self, reason: str) -> Skipped:
        """The file, and why it was not taken."""
        return Skipped(self.parts, self.changed, reason)


@dataclass(frozen=True)
class File(Found):
    """A file that may be a notebook."""

    data: bytes


@dataclass(frozen=True)
class Skipped(Found):
    """A file that was not taken. ``reason`` is a sentence."""

    reason: str


def refusal(name: str, size: int) -> str:
    """Why a file with this name and size is not read; empty where it is."""
    ending = PurePosixPath(name).suffix.lower()
    if ending == ".zip":
        return _("It is a zip inside a zip, and is not opened. Unpack the outer one and collect that folder.")
    if ending not in (".ipynb", ".json"):
        return _("It is not a notebook (.ipynb).")
    return too_large() if size > MOST_BYTES else ""


def too_large() -> str:
    """The sentence about a notebook above MOST_BYTES."""
    told = _("The file is larger than {most} MB. A filled-in exercise is much smaller.")
    return told.format(most=MOST_BYTES // 1_000_000)


def too_many() -> str:
    """The sentence about a folder or zip above MOST_FILES."""
    return _("There are more than {most} files. Nothing more was taken.").format(most=MOST_FILES)


def is_link() -> str:
    """The sentence about a link."""
    return _("It is a link, and links are not followed.")


def no_file() -> str:
    """The sentence about devices and the like."""
    return _("It is neither a file nor a folder.")


def broken_off(why: str | None) -> str:
    """The sentence about a file that the machine does not give."""
    return _("It cannot be read ({reason}).").format(reason=why or "?")


def is_noise(name: str) -> bool:
    """Whether nobody sent this: what computers lay beside files."""
    return name.lower() in _NOISE or name.startswith("._")


def on_disk(name: str) -> str:
    """The name of a file, read as UTF-8 also where the system's own encoding is another."""
    with suppress(ValueError):  # in another encoding indeed: what Python made of it is the best there is
        name = os.fsencode(name).decode("utf-8")
    return nfc(name)


def nfc(text: str) -> str:
    """One form for "Åse", with nothing in it that a terminal would obey."""
    composed = normal("NFC", text)
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in composed)
