"""Whether a reflection has its form: every part answered, long enough, in one's own words, no citizen named.

Form alone. Nothing here knows an opinion: whoever disagrees with Kommunen 3.0 passes or fails exactly as
whoever agrees (a test has such pairs). No finding repeats what was written, so it may be shown and stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from kommune3.i18n import gettext as _

from .answers import MOST_CHARACTERS, tidy
from .cpr import cpr_places
from .models import Reflection
from .names import FIRST_NAMES, TITLES

FEWEST_WORDS = 30
"""What a reflection must hold, over all its parts."""

MOST_COPIED = 50
"""Per cent of the words that may stand in the course's text in the same order."""

FEWEST_DIFFERENT = 10
"""Different words that a text must have. An honest one of 30 has more than twenty, however plain it is."""

SHINGLE = 6
"""So many words in a row, the same as in a text, are taken from it."""

WORD = re.compile(r"[^\W_]+(?:[.,:/’'-][^\W_]+)*")
_SENTENCE = re.compile(r"[.!?:…\n]+[\"»«“”’')\]]*\s*|^")


class Finding(BaseModel):
    """One thing about a text's form, in words for its author. ``prompt`` counts from 0; none: the whole."""

    model_config = ConfigDict(frozen=True)

    code: str
    """empty, short, copied, question_repeated, same_words, too_long, cpr or name."""
    prompt: int | None = None
    text: str
    stops: bool = True
    """Whether the text cannot be sent before this is mended. Only a name is left to its author."""


class Findings(BaseModel):
    """All that was found."""

    model_config = ConfigDict(frozen=True)

    findings: tuple[Finding, ...] = ()
    words: int = 0
    """Over all answers."""

    @property
    def passed(self) -> bool:
        """Whether the text may be sent."""
        return not any(finding.stops for finding in self.findings)

    @property
    def stopped(self) -> bool:
        """Whether it may not even be kept as a draft: it holds what may be a CPR number."""
        return any(finding.code == "cpr" for finding in self.findings)


class CourseText:
    """The course's own texts as it takes to recognise them. Make one and keep it: it reads every text."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.shingles, names = set[int](), set[str]()
        for text in texts:
            kept = tidy(text)
            self.shingles.update(_shingles(_words(kept)))
            names.update(part for name in _named(kept) for part in name)
        self.names = frozenset(names)
        """The words of names that the course itself mentions: public persons and those of its stories."""

    def share(self, words: Sequence[str]) -> float:
        """How many per cent of the words stand in the texts, at least SHINGLE of them in the same order."""
        taken = bytearray(len(words))
        for at, shingle in enumerate(_shingles(words)):
            if shingle in self.shingles:
                taken[at : at + SHINGLE] = b"\1" * SHINGLE
        return 100 * sum(taken) / len(words) if words else 0.0


def check(
    reflection: Reflection, answers: Sequence[str], own: CourseText, *, known_names: Iterable[str] = ()
) -> Findings:
    """What is to be said about the form of the answers, one for each prompt.

    ``known_names`` may be written without a warning, as may those in the course's text.
    Raises ValueError where there are not as many answers as prompts.
    """
    if len(answers) != len(reflection.prompts):
        raise ValueError(f"{len(answers)} answers for {len(reflection.prompts)} prompts")
    if sum(map(len, answers)) > MOST_CHARACTERS:
        return Findings(findings=(_too_long(), *_cpr(answers)))
    texts = [tidy(answer) for answer in answers]
    words = [word for text in texts for word in _words(text)]
    found = [*_cpr(texts), *_empty(reflection, texts), *_length(words), *_own_words(reflection, words, own)]
    return Findings(findings=(*found, *named(texts, own, known_names=known_names)), words=len(words))


def word_count(text: str) -> int:
    """How many words are written, as the check counts them: what has no letter in it is none."""
    return len(_words(tidy(text)))


def named(answers: Sequence[str], own: CourseText, *, known_names: Iterable[str] = ()) -> tuple[Finding, ...]:
    """A warning for each answer that may name a citizen. What ``check`` warns about, and no more."""
    known = own.names | {_base(word) for name in known_names for word in WORD.findall(tidy(name))}
    return tuple(_names([tidy(answer) for answer in answers], known))


def _too_long() -> Finding:
    words = _("Your text is longer than {most} characters. Shorten it, and nothing is lost.")
    return Finding(code="too_long", text=words.format(most=MOST_CHARACTERS))


def _cpr(texts: Sequence[str]) -> list[Finding]:
    words = _("This looks like a CPR number. Delete it: such numbers are never stored here.")
    return [Finding(code="cpr", prompt=at, text=words) for at in cpr_places(texts)]


def _empty(reflection: Reflection, texts: Sequence[str]) -> list[Finding]:
    """Parts without a word; one that is marks or pictures alone has none."""
    words = _("You have not answered “{prompt}” yet. A sentence or two is enough.")
    return [
        Finding(code="empty", prompt=at, text=words.format(prompt=prompt.title))
        for at, prompt in enumerate(reflection.prompts)
        if not _words(texts[at])
    ]


def _length(words: Sequence[str]) -> list[Finding]:
    if len(words) >= FEWEST_WORDS:
        return []
    told = _("You have written {words} of at least {fewest} words. Tell a little more, with an example.")
    return [Finding(code="short", text=told.format(words=len(words), fewest=FEWEST_WORDS))]


def _own_words(reflection: Reflection, words: Sequence[str], own: CourseText) -> list[Finding]:
    if _asked(_said(reflection)).share(words) > MOST_COPIED:
        told = _("More than half of your text repeats the question. Answer it in your own words.")
        return [Finding(code="question_repeated", text=told)]
    if own.share(words) > MOST_COPIED:
        told = _("More than half of your text stands in the course already. Say it in your own words.")
        return [Finding(code="copied", text=told)]
    if len(words) >= FEWEST_WORDS and _same_again(words):
        told = _("Most of your text is the same words again. Tell it as you would say it to a colleague.")
        return [Finding(code="same_words", text=told)]
    return []


def _same_again(words: Sequence[str]) -> bool:
    """Whether a text is a few words, or a sentence, over and over; one that is said twice may stay."""
    seen = set[int]()
    again = bytearray(len(words))
    for at, shingle in enumerate(_shingles(words)):
        if shingle in seen:
            again[at : at + SHINGLE] = b"\1" * SHINGLE
        seen.add(shingle)
    return len(set(words)) < FEWEST_DIFFERENT or 100 * sum(again) > MOST_COPIED * len(words)


def _names(texts: Sequence[str], known: Iterable[str]) -> list[Finding]:
    told = _(
        "Do you name a citizen here? Then write “a citizen” or a letter instead. You may send it as it is."
    )
    known = set(known)
    return [
        Finding(code="name", prompt=at, text=told, stops=False)
        for at, text in enumerate(texts)
        if any(not known.issuperset(name) for name in _named(text))
    ]


def _said(reflection: Reflection) -> tuple[str, ...]:
    """All that the reflection itself says to its reader."""
    prompts = " ".join(prompt.title for prompt in reflection.prompts)
    rows = ([one.name, *(level.text for level in one.levels)] for one in reflection.rubric)
    return (reflection.title, reflection.question, prompts, " ".join(text for row in rows for text in row))


@lru_cache(maxsize=256)
def _asked(texts: tuple[str, ...]) -> CourseText:
    return CourseText(texts)


def _words(text: str) -> list[str]:
    """The words in lower case; what has no letter in it is none."""
    found = (word for word in WORD.findall(text) if not word.isdecimal())
    return [word.casefold() for word in found if any(map(str.isalpha, word))]


def _shingles(words: Sequence[str]) -> Iterable[int]:
    return (hash(tuple(words[at : at + SHINGLE])) for at in range(len(words) - SHINGLE + 1))


def _named(text: str) -> Iterable[tuple[str, ...]]:
    """What looks like somebody's name, as its words in lower case.

    A title and a capital ("fru Jensen"), a first name and a capital ("Anna Holm"), or a first name inside
    a sentence: at its beginning, any word has a capital.
    """
    first = {found.end() for found in _SENTENCE.finditer(text)}
    words = list(WORD.finditer(text))
    for word, following in zip(words, [*words, None][1:], strict=True):
        between = text[word.end() : following.start()] if following else ""
        capital = following is not None and following[0][0].isupper()
        if word[0].casefold() in TITLES:
            if following is not None and capital and between in (" ", ". "):
                yield (_base(following[0]),)
        elif _is_first_name(word[0]):
            if following is not None and capital and between == " ":
                yield _base(word[0]), _base(following[0])
            elif word.start() not in first:
                yield (_base(word[0]),)


def _is_first_name(word: str) -> bool:
    """Whether it is one with a capital, as it is or with the s of what belongs to it: "Annas"."""
    name = word.partition("-")[0].casefold()
    return word[0].isupper() and (name in FIRST_NAMES or name.removesuffix("s") in FIRST_NAMES)


def _base(name: str) -> str:
    return name.casefold().removesuffix("s")
