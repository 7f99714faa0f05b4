"""Unicode's normal forms for text from anybody.

Putting accents in order takes time with the square of how many stand on one letter: 100,000 of them would
keep the whole service for a minute. No language has more than a few.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

MOST_MARKS = 30
"""Accents on one letter; further ones are left out. As in Unicode's stream-safe text format."""

PLAIN = frozenset(map(chr, range(128)))
"""Signs that are what they are in every form; most of a text, so they are left out of what is looked at."""
_SPACING = "\uff9e\uff9f"
"""Marks that are letters until they are taken apart."""


def normal(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
    """The text in a normal form, with at most MOST_MARKS accents in a row."""
    if text.isascii():
        return text
    return _few_marks(unicodedata.normalize(form, _few_marks(text)))


def _few_marks(text: str) -> str:
    if len(text) <= MOST_MARKS:
        return text
    marks = {sign for sign in set(text) - PLAIN if sign in _SPACING or unicodedata.category(sign)[0] == "M"}
    if not marks:
        return text
    one = f"[{re.escape(''.join(sorted(marks)))}]"
    return re.sub(f"({one}{{{MOST_MARKS}}}){one}+", r"\1", text)
