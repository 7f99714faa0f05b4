"""What lies in a municipality's own folder where nothing reads it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from kommune3.i18n import gettext as _
from kommune3.i18n import place as word_place

from ..problem import Problem
from ..words import LANGUAGE

if TYPE_CHECKING:
    from ..course import Course

NOTEBOOK, EXERCISE = ".ipynb", (".yml", ".yaml")
"""How the files end that hold a course's modules and exercises."""
CATALOG = (".po", ".po.txt")
"""How a file ends that holds words of the interface; one is read, that of the course's language. Notepad
adds what Windows does not show."""
HEAD = (re.compile(rb"^id\s*:", re.MULTILINE), re.compile(rb"^kind\s*:", re.MULTILINE))
"""What an exercise begins with, and another program's YAML does not."""
BEGINNING = 1024
"""How many bytes of a file are looked at."""

REGISTER = "register.sqlite3"
"""What marks a folder with people's data: the notebooks in it are theirs."""

MANIFESTS = "course"
"""Where the course's own manifest lies; a municipality's lies directly in its folder."""


def stray_problems(course: Course, folders: tuple[str, ...], litter: set[str]) -> list[Problem]:
    """A folder ``course/`` of a municipality's own; exercises and notebooks outside of ``folders``; catalogs
    of other languages."""
    own = course.places.overlay
    if own is None:
        return []
    problems = []
    if (own / MANIFESTS).is_dir():
        hint = _("Put what it holds directly in {folder}").format(folder=own.name)
        problems.append(Problem(course.places.shown(MANIFESTS), None, _("nothing reads this folder"), hint))
    words = word_place(course.info.language)
    read = {name.casefold() for name in (*folders, MANIFESTS) if (own / name).is_dir()}
    for relative in _written(own, read, litter):
        if relative == words:
            continue
        if relative.endswith(CATALOG):
            problems.append(_catalog(course, relative, words))
            continue
        place = _place(course, relative, folders)
        known = place in _named(course)
        hint = _("Put it here: {place}") if known else _("Put it here, and name it: {place}")
        what, hint = _("nothing reads this file"), hint.format(place=course.places.shown(place))
        problems.append(Problem(course.places.shown(relative), None, what, hint))
    return problems


def _written(own: Path, read: set[str], litter: set[str]) -> Iterator[str]:
    for folder, inner, names in os.walk(own):
        if REGISTER in names:
            inner.clear()
            continue
        here = Path(folder)
        known = read if here == own else set[str]()  # a system that ignores case finds Modules/ too
        seen = (one for one in inner if one.casefold() not in known and one not in litter)
        inner[:] = sorted(one for one in seen if not one.startswith("."))
        for name in sorted(names):
            by_name = name.endswith((NOTEBOOK, *CATALOG))
            if not name.startswith(".") and (by_name or _is_exercise(here / name)):
                yield (here / name).relative_to(own).as_posix()


def _catalog(course: Course, relative: str, words: str) -> Problem:
    """A catalog of another language, or at another place."""
    what = _("nothing reads this file")
    other = PurePosixPath(relative).parts[1:2]
    if other and relative == word_place(other[0]) and LANGUAGE.fullmatch(other[0]):
        hint = _('Write language = "{language}" under [course] in course.toml, or delete it')
        hint = hint.format(language=other[0])
    else:
        hint = _("Put it here: {place}").format(place=course.places.shown(words))
    return Problem(course.places.shown(relative), None, what, hint)


def _is_exercise(path: Path) -> bool:
    if not path.name.endswith(EXERCISE):
        return False
    try:
        with path.open("rb") as file:
            begins = file.read(BEGINNING)
    except OSError:  # a socket, or somebody else's file: none of the course's
        return False
    return all(line.search(begins) for line in HEAD)


def _place(course: Course, relative: str, folders: tuple[str, ...]) -> str:
    """Where the file would be read: as a file of the course with its name, or under the right folder."""
    path = PurePosixPath(relative)
    same = [file for file in _named(course) if PurePosixPath(file).name == path.name]
    if len(same) == 1:
        return same[0]
    meant = get_close_matches(path.parts[0].casefold(), folders, n=1) if len(path.parts) > 1 else []
    return "/".join((meant[0], *path.parts[1:])) if meant else f"{folders[0]}/{relative}"


def _named(course: Course) -> tuple[str, ...]:
    """The notebooks and the activities' files that the manifest names."""
    return (*course.notebook_paths, *(entry.file for entry in course.manifest.activities))
