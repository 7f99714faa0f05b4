"""The check of a letter's words: which of them treat people as customers, and what one might write instead.

Words are found by their Danish stems, as inflected as they stand, and as the first part of a compound.
Quoted words are left alone, and so is what the authors say is not meant, such as the names of laws.
Nothing of a letter is kept here, and no error repeats it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from kommune3.i18n import gettext as _

from .cpr import holds_cpr
from .exercises import Language, Term
from .models import by_id
from .vocabulary import Match, stemmer, vocabulary
from .words import Word, words_of

MOST_CHARACTERS = 20_000
"""The most that a letter may hold."""


class Found(NamedTuple):
    """A term in a letter: from where to where, in characters, ``end`` being the first one after it."""

    start: int
    end: int
    term: str


class UnfitLetter(ValueError):
    """A letter that is not looked at: ``code`` is empty, too-long or cpr; str() is for its author."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class Marked(BaseModel):
    """What is said about one place of a letter. Nothing of the letter itself is repeated."""

    model_config = ConfigDict(frozen=True)

    start: int
    end: int
    term: str
    instead: tuple[str, ...]
    reason: str
    own: bool
    sources: tuple[str, ...]


class Checked(BaseModel):
    """A letter that was looked at: how many words it has, and how many of them are marked."""

    model_config = ConfigDict(frozen=True)

    words: int
    marked: int
    findings: tuple[Marked, ...]


def check(language: Language, letter: str) -> list[Found]:
    """The terms in the letter, in its order; no two of them overlap.

    Raises UnfitLetter where nothing is written, where it is too long, or where it may hold a CPR number.
    """
    return [found for found, _words in _matches(language, _read(letter))]


def told(language: Language, letter: str) -> Checked:
    """What the letter's author is told. Raises as ``check`` does."""
    words, terms = _read(letter), by_id(language.terms)
    found = _matches(language, words)
    return Checked(
        words=len(words),
        marked=sum(count for _found, count in found),
        findings=tuple(_marked(one, terms[one.term]) for one, _count in found),
    )


def _read(letter: str) -> list[Word]:
    if len(letter) > MOST_CHARACTERS:
        told = _("The letter is longer than {most} characters. Check a part of it at a time.")
        raise UnfitLetter("too-long", told.format(most=MOST_CHARACTERS))
    if holds_cpr(letter):
        told = _("This looks like a CPR number. Delete it: such numbers are never stored here.")
        raise UnfitLetter("cpr", told)
    words = words_of(letter)
    if not words:
        raise UnfitLetter("empty", _("There is no text to check yet. Write or paste it first."))
    return words


def _matches(language: Language, words: Sequence[Word]) -> list[tuple[Found, int]]:
    """Each term that was found, and over how many words; the longest first where they overlap."""
    known, stem = vocabulary(language), stemmer()
    candidates = [match for at in range(len(words)) for match in known.at(words, at, stem)]
    candidates.sort(key=Match.order)
    taken, found = bytearray(len(words)), []
    for match in candidates:
        if any(taken[match.at : match.at + match.words]):
            continue
        taken[match.at : match.at + match.words] = b"\1" * match.words
        inside = words[match.at : match.at + match.words]
        if match.term and not any(word.quoted for word in inside):
            found.append((Found(inside[0].start, inside[-1].end, match.term), match.words))
    return sorted(found)


def _marked(found: Found, term: Term) -> Marked:
    return Marked(
        start=found.start,
        end=found.end,
        term=term.id,
        instead=term.instead,
        reason=term.reason,
        own=term.own,
        sources=term.sources,
    )
