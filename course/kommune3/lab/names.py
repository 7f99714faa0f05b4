"""File names made from titles: readable, the same on every system, and allowed on Windows."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def file_name(title: str) -> str:
    """The title as a file's name without its ending: NFC, at most 80 characters, never empty."""
    plain = FORBIDDEN.sub(" ", unicodedata.normalize("NFC", title))
    name = " ".join(plain.split())[:LONGEST].strip(" .")  # Windows drops dots and spaces at the end
    return f"_{name}" if not name or RESERVED.fullmatch(name) else name


def another(name: str, number: int) -> str:
    """The path with a number before its ending, for when the name is taken: ``Om dette 2.ipynb``."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem} {number}{dot}{ending}"
