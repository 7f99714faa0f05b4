"""The words that a file's name is made of, in one form, so that a person's name is found in it."""

from __future__ import annotations

import re
import unicodedata

from .normal import normal

Words = tuple[str, ...]

_SEPARATOR = re.compile(r"[^\w@]|_")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue"})


def words_of(text: str) -> Words:
    """The words of a name in one form: NFC or NFD, any case, å or aa."""
    folded = normal("NFC", text).casefold().translate(_LETTERS)
    plain = "".join(s for s in normal("NFD", folded) if not unicodedata.combining(s))
    return tuple(word for word in _SEPARATOR.split(plain) if word)


def place_of(words: Words, key: Words) -> int | None:
    """Where the key's words stand in a row; none where they do not."""
    spans = range(len(words) - len(key) + 1)
    return next((start for start in spans if words[start : start + len(key)] == key), None)
