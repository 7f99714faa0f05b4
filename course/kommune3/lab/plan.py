"""Which notebooks a learner's folder holds, under which names, in the order of the paths."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kommune3.i18n import gettext as _

from .names import another, file_name
from .notebooks import finished, learners, markdown

if TYPE_CHECKING:
    from kommune3.content import Course, Notebook


@dataclass(frozen=True)
class Entry:
    """One notebook to be: the course's file, the learner's, and the page that shows the same."""

    source: str
    """Path relative to the course; empty for the notebook that leads to the others."""
    name: str
    """Path relative to the learner's folder, with ``/``."""
    page: str = ""
    """Path below the service's address."""


def start_name() -> str:
    """The notebook that leads to the others."""
    return f"{_('Start here')}.ipynb"


def entries(course: Course) -> list[Entry]:
    """Every notebook of the learner's folder; no two have the same name on any system."""
    found = [Entry("", start_name(), "")]
    for role in course.roles:
        if role.start:
            found.append(Entry(role.start, f"{file_name(role.title)}.ipynb", f"start/{role.id}"))
    modules = dict.fromkeys(module for role in course.roles for module in course.modules_offered(role.id))
    for number, module in enumerate(modules, start=1):
        name = f"{_('Modules')}/{number} {file_name(module.title)}.ipynb"
        found.append(Entry(module.file, name, f"modules/{module.id}"))
    for number, (name, exercise) in enumerate(course.exercises.items(), start=1):
        title = file_name(course.reflection(name).title)
        found.append(Entry(exercise.path, f"{_('Exercises')}/{number} {title}.ipynb", _page_of(course, name)))
    return _distinct(found)


def _page_of(course: Course, activity: str) -> str:
    """The page that asks for the reflection; empty where none does."""
    with suppress(KeyError):
        return f"modules/{course.module_of(activity).id}#{activity}"
    return ""


def notebook(
    course: Course, entry: Entry, all_of_them: list[Entry], *, api: str, pages: str
) -> dict[str, Any]:
    """The entry's notebook as nbformat JSON. ``pages`` is the service's address, or empty."""
    names = {one.source: one.name for one in all_of_them if one.source}
    source = source_of(course, entry)
    back = f"{pages}{entry.page}" if pages and entry.page else ""
    return learners(course, source, names, api=api, back=back) if source else _start(course, all_of_them)


def source_of(course: Course, entry: Entry) -> Notebook | None:
    """The course's notebook; none for the one that leads to the others."""
    exercises = {one.path: one for one in course.exercises.values()}
    return exercises.get(entry.source) or course.notebooks.get(entry.source)


def _start(course: Course, all_of_them: list[Entry]) -> dict[str, Any]:
    lines = [
        f"# {course.info.title}",
        _("These notebooks are your own. Write in them as you like; nobody sees it until you send it."),
        _("What you do in an exercise is saved in the course, just as on the pages."),
        _("When the course is updated, what you have written is never overwritten."),
    ]
    folder = ""
    for entry in all_of_them:
        within, _slash, name = entry.name.removesuffix(".ipynb").rpartition("/")
        if within != folder:
            folder = within
            lines.append(f"## {folder}")
        if entry.source:
            lines.append(f"- [{name}]({quote(entry.name)})")
    return finished([markdown("kommune3-start", "\n\n".join(lines))], {}, {})


def _distinct(found: list[Entry]) -> list[Entry]:
    taken: set[str] = set()
    distinct = []
    for entry in found:
        name, number = entry.name, 2
        while name.casefold() in taken:  # Windows and macOS do not tell A from a
            name, number = another(entry.name, number), number + 1
        taken.add(name.casefold())
        distinct.append(Entry(entry.source, name, entry.page))
    return distinct
