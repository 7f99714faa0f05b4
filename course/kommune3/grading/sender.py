"""Who a collected file is from, by the names of its folders and itself. Nothing is guessed.

People are known by id, e-mail or name. A name that fits two people, or names that contradict each other,
fit nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kommune3.engine.file_names import Words, place_of, words_of
from kommune3.i18n import gettext as _
from kommune3.register import Person

_ENDING = re.compile(r"\.[a-zA-Z0-9]{1,8}$")
# what people and their programs write beside a name: "(1)", "Kopi af …", and what Moodle names its files
_BESIDE = """
fra fw sv vs re til mail
refleksion refleksioner besvarelse besvarelser opgave opgaver oevelse oevelser modul kopi copy
af of ny nyeste endelig final version v1 v2 v3 assignsubmission file onlinetext submitted submission answer
kommune kommunen kommune3 autograded
"""


@dataclass(frozen=True)
class Nobody:
    """A file whose sender is not certain, and why."""

    reason: str


class Senders:
    """The people that a file may be from; ``known`` are words of file names that name nobody (assignments,
    notebooks)."""

    def __init__(self, people: Iterable[Person], known: Iterable[str] = ()) -> None:
        self._people = [(person, _keys(person)) for person in people]
        self._known = sorted({words_of(name) for name in known} - {()}, key=len, reverse=True)
        self._plain = frozenset(_BESIDE.split()).union(*self._known)

    def of(self, parts: Sequence[str]) -> Person | Nobody:
        """The one whom the folders and the file's name point to."""
        names = [*parts[:-1], *(_ENDING.sub("", part) for part in parts[-1:])]
        pointed = [found for name in names if (found := self._in(words_of(name)))]
        people = set.intersection(*pointed) if pointed else set()
        if len(people) == 1:
            return people.pop()
        if not pointed:
            return Nobody(
                _(
                    "It is not certain who it is from: no id, e-mail or name of the cohort stands in the "
                    "name of the file or its folder. Rename it, or give --person."
                )
            )
        fitting = ", ".join(sorted(person.id for person in set().union(*pointed)))
        return Nobody(
            _("It is not certain who it is from: it may be {people}. Rename it, or give --person.").format(
                people=fitting
            )
        )

    def _in(self, words: Words) -> set[Person]:
        """The people that a name fits: as a whole, else beside words that name no other person."""
        bare = self._without_known(words)
        for said in (words, bare):
            if whole := {person for person, keys in self._people if said in keys}:
                return whole
        return {person for person, keys in self._people if self._fits(bare, keys)}

    def _fits(self, words: Words, keys: set[Words]) -> bool:
        """Whether a key stands there, and no word of another name ("Bo Bang" in "Bo Bang Hansen")."""
        if not any(place_of(words, key) is not None for key in keys):
            return False
        own = {word for key in keys for word in key}
        return all(word in own or word in self._plain or word.isdigit() for word in words)

    def _without_known(self, words: Words) -> Words:
        for name in self._known:
            at = place_of(words, name)
            if at is not None:
                words = (*words[:at], *words[at + len(name) :])
        return words


def _keys(person: Person) -> set[Words]:
    return {words_of(text) for text in (person.id, person.email, person.name)} - {()}
