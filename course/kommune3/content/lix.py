"""LIX, the readability index by C. H. Björnsson: words per sentence + per cent of long words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONG = 6
"""A word of more letters than this is long."""

WORD = re.compile(r"[^\W_]+(?:[.,:/’'-][^\W_]+)*")
ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)\S+")
CITATION = re.compile(r"\[@[^\]]*\]")
SENTENCE_END = re.compile(r"[.!?…][\"«»“”’')\]]*\s+(?=[\"»«“„'(–-]*\s?[A-ZÆØÅÖÄ])")


@dataclass(frozen=True)
class Readability:
    """Counts of a text. An empty text has a LIX of 0."""

    words: int = 0
    sentences: int = 0
    long_words: int = 0

    @property
    def lix(self) -> float:
        """Words per sentence plus per cent of long words: 25 is easy, 45 is a newspaper, 60 is law."""
        if not self.words:
            return 0.0
        return self.words / self.sentences + 100 * self.long_words / self.words

    def __add__(self, other: Readability) -> Readability:
        return Readability(
            self.words + other.words,
            self.sentences + other.sentences,
            self.long_words + other.long_words,
        )


def measure(pieces: Iterable[str]) -> Readability:
    """The counts over pieces of plain text; each piece, heading or list item ends its last sentence."""
    return sum((_of_piece(piece) for piece in pieces), Readability())


def words(text: str) -> list[str]:
    """The words of a plain text, without addresses and citations."""
    return WORD.findall(ADDRESS.sub(" ", CITATION.sub(" ", text)))


def _of_piece(piece: str) -> Readability:
    cleaned = ADDRESS.sub(" ", CITATION.sub(" ", piece))
    sentences = [words(part) for part in SENTENCE_END.split(cleaned)]
    spoken = [sentence for sentence in sentences if sentence]
    found = [word for sentence in spoken for word in sentence]
    return Readability(len(found), len(spoken), sum(map(_is_long, found)))


def _is_long(word: str) -> bool:
    return len(word) > LONG and (word.isalpha() or sum(map(str.isalpha, word)) > LONG)
