"""A parsed file that remembers where each of its parts stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kommune3.i18n import gettext as _

from .problem import ContentError, Problem

Place = tuple[str | int, ...]
"""The keys and indexes that lead to a part: ``("nodes", 0, "text")``."""

MAX_BYTES = 500_000
MAX_DEPTH = 30
CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ud800-\\udfff\\ufffe\\uffff]")
"""What no page can show. Half a surrogate pair gets in by an escape alone, such as JSON's."""


@dataclass(frozen=True)
class Document:
    """Plain data (dict, list, str, int, float, bool, None) and the file and line of its parts."""

    file: str
    data: Any
    lines: Mapping[Place, tuple[str, int]]

    def where(self, place: Place) -> tuple[str, int]:
        """File and line of a part, else of the nearest part around it."""
        for end in range(len(place), -1, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
        return self.file, 1

    def problem(self, place: Place, what: str, hint: str = "") -> Problem:
        """A problem with the part at a place."""
        file, line = self.where(place)
        return Problem(file, line, what, hint)


def read_text(path: Path, name: str, limit: int = MAX_BYTES) -> str:
    """The text of a UTF-8 file (a byte order mark is dropped). Raises ContentError."""
    try:
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except OSError as error:
        raise fault(name, None, _("cannot be read: {why}").format(why=error.strerror)) from error
    if len(raw) > limit:
        what = _("is larger than {size} kB").format(size=limit // 1000)
        raise fault(name, None, what, _("Split it, or check that it is the right file"))
    return decoded(raw, name)


def decoded(raw: bytes, name: str) -> str:
    """The bytes as text. Raises ContentError where they are not UTF-8 or hold a control character."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = _("is not UTF-8: byte {byte} cannot be read").format(byte=f"0x{raw[error.start]:02x}")
        hint = _('Save it again with the encoding "UTF-8"')
        raise fault(name, raw.count(b"\n", 0, error.start) + 1, what, hint) from error
    if control := CONTROL.search(text):
        raise control_fault(control, name, text.count("\n", 0, control.start()) + 1)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def control_fault(found: re.Match[str], file: str, line: int) -> ContentError:
    """An error about a character that CONTROL found."""
    what = _("holds the control character {code}").format(code=f"U+{ord(found[0]):04X}")
    return fault(file, line, what, _("Delete it"))


def fault(file: str, line: int | None, what: str, hint: str = "") -> ContentError:
    """An error with one problem."""
    return ContentError([Problem(file, line, what, hint)])
