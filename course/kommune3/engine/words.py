"""The words of a text with their places: in lower case, composed, soft hyphens left out, quoted or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .normal import normal

_LETTERS = r"(?:[^\W\d_][\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*)+"
_WORD = re.compile(rf"{_LETTERS}(?:[-\u2010\u2011]{_LETTERS})*")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_HYPHEN = re.compile("[-\u2010\u2011]")
_GAP = re.compile(r"[^\S\u2028\u2029]+")
_BLANK_LINE = r"\n[^\S\n]*\n|\r[^\S\r\n]*\r|\r\n[^\S\r\n]*\r\n|\u2029"
_MARKS = re.compile(rf"[»«“”„\"]|{_BLANK_LINE}")
_CLOSES = {"»": "«", "«": "»", "“": "”“", "”": "”", "„": "“”", '"': '"'}
"""What ends a quotation that begins with each mark; a blank line ends it too, as one that was never meant."""


class Word(NamedTuple):
    """A word, where it stands, and whether it goes on from the word before with nothing but space between."""

    start: int
    end: int
    text: str
    """In lower case and NFC, without soft hyphens and hyphens."""
    parts: tuple[str, ...]
    """What stands between its hyphens; empty where it has none."""
    follows: bool
    quoted: bool


def words_of(text: str) -> list[Word]:
    """The words in order, in time that grows with the text. Places are characters of the text as it is."""
    words, quotes, before = list[Word](), list(_quotes(text)), 0
    at = 0
    for found in _WORD.finditer(text):
        start, end = found.span()
        while at < len(quotes) and quotes[at][1] <= start:
            at += 1
        quoted = at < len(quotes) and quotes[at][0] < start
        plain = normal("NFC", _UNSEEN.sub("", found[0])).casefold()
        parts = tuple(_HYPHEN.split(plain))
        follows = bool(_GAP.fullmatch(text, before, start))
        words.append(Word(start, end, "".join(parts), parts if len(parts) > 1 else (), follows, quoted))
        before = end
    return words


def _quotes(text: str) -> Iterator[tuple[int, int]]:
    """Where quotations begin and end, by their marks."""
    begun, closes = -1, ""
    for found in _MARKS.finditer(text):
        mark = found[0]
        if begun >= 0 and mark in closes:
            yield begun, found.start()
            begun, closes = -1, ""
        elif mark not in _CLOSES:
            begun, closes = -1, ""
        elif begun < 0:
            begun, closes = found.start(), _CLOSES[mark]
