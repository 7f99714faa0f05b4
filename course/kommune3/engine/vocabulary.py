"""The words that a language check looks for, and how a word of a letter is recognised as one of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from .exercises import Language
from .words import Word, words_of

SHORTEST_OF_COMPOUND = 5
"""Letters that a word needs to be found as the first part of a longer one: shorter ones begin too many."""

_AFTER_E = re.compile("(?:r|rs|n|ns|t|ts|s|rne|rnes|de)?")
_AFTER_OTHERS = re.compile("(?:e|es|en|ens|et|ets|er|ers|ere|eres|erne|ernes|eren|erens|ene|enes|ne|nes|s)?")
_DERIVED = re.compile(
    "(?:s?hed|s?skab|skab|s?dom|ion|iv|ivitet|isk|lig|som|bar|ning|ering|else|inde)"
    "(?:s|e|t|en|et|er|erne|ens|ets|ernes|elige?)?"
)
"""What makes another word of a word rather than a compound: `kund` and `skab`."""


class Phrase(NamedTuple):
    """Words that are looked for together, with their stems; ``term`` is "" for what is not meant."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    term: str


class Match(NamedTuple):
    """A phrase in a letter: at which word, over how many, and how surely (0 is the word itself)."""

    at: int
    words: int
    term: str
    doubt: int

    def order(self) -> tuple[int, int, bool, int]:
        """Longest first, then the surest, then what is not meant."""
        return -self.words, self.doubt, bool(self.term), self.at


Stem = Callable[[str], str]


class Vocabulary:
    """The phrases of a language check, found by their first word."""

    def __init__(self, language: Language) -> None:
        stem = stemmer()
        self.by_word, self.by_stem = (
            defaultdict[str, list[Phrase]](list),
            defaultdict[str, list[Phrase]](list),
        )
        named = [(term.id, one) for term in language.terms for one in term.words]
        for term, text in (*named, *(("", one) for one in language.not_meant)):
            words = tuple(word.text for word in words_of(text))
            if words:
                phrase = Phrase(words, tuple(map(stem, words)), term)
                self.by_word[words[0]].append(phrase)
                self.by_stem[phrase.stems[0]].append(phrase)
        self.lengths = sorted({len(word) for word in (*self.by_word, *self.by_stem)})

    def at(self, words: Sequence[Word], at: int, stem: Stem) -> Iterator[Match]:
        """Every phrase that begins at this word."""
        word = words[at]
        for form in dict.fromkeys((word.text, *word.parts)):
            for phrase in self._beginning(form, stem):
                doubt = _likeness(form, phrase.words[0], phrase.stems[0], stem, phrase)
                count = len(phrase.words)
                if doubt is not None and (count == 1 or _go_on(words[at + 1 : at + count], phrase, stem)):
                    yield Match(at, count, phrase.term, doubt)

    def _beginning(self, form: str, stem: Stem) -> Iterator[Phrase]:
        """The phrases whose first word may be this one: by its stem, or by how it begins."""
        yield from self.by_stem.get(stem(form), ())
        for length in self.lengths:
            if length > len(form):
                return
            yield from self.by_word.get(form[:length], ())
            yield from self.by_stem.get(form[:length], ())


def _go_on(words: Sequence[Word], phrase: Phrase, stem: Stem) -> bool:
    """Whether the words after the first are the phrase's, with nothing but space between them."""
    return len(words) == len(phrase.words) - 1 and all(
        word.follows and _likeness(word.text, wanted, its_stem, stem, None) is not None
        for word, wanted, its_stem in zip(words, phrase.words[1:], phrase.stems[1:], strict=True)
    )


def _likeness(form: str, wanted: str, its_stem: str, stem: Stem, phrase: Phrase | None) -> int | None:
    """How surely a word is the wanted one: 0 as it is or inflected, more where it is but a part of it.

    None where it is another word. ``phrase`` is given for a word that may stand in a compound.
    """
    rest = form.removeprefix(wanted) if form.startswith(wanted) else None
    endings = _AFTER_E if wanted.endswith("e") else _AFTER_OTHERS
    if rest is not None and endings.fullmatch(rest):
        return 0
    if stem(form) == its_stem and (rest is not None or not wanted.endswith("er")):
        return 0  # who writes "bruger" means somebody, not the verb "bruge" with the same stem
    if phrase is None or len(phrase.words) > 1:
        return None
    if not phrase.term and len(its_stem) >= SHORTEST_OF_COMPOUND and form.startswith(its_stem):
        return 1  # the more is not meant
    if rest is None or len(wanted) < SHORTEST_OF_COMPOUND or len(rest) < 3 or _DERIVED.fullmatch(rest):
        return None
    return 1 + len(form) - len(wanted)


@lru_cache(maxsize=16)
def vocabulary(language: Language) -> Vocabulary:
    """The vocabulary of a language check, made once."""
    return Vocabulary(language)


def stemmer() -> Stem:
    """A function from a word in lower case to its Danish stem; one for each who asks, as it keeps state."""
    import snowballstemmer  # type: ignore[import-untyped]  # slow, and few pages need it

    found: Stem = snowballstemmer.stemmer("danish").stemWord
    return found
