"""The manifest is complete both ways: no file that it does not name, nothing named in vain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from kommune3.i18n import gettext as _

from ..document import Place, read_text
from ..graded import EXERCISES, SOLUTIONS, source_of
from ..problem import ContentError, Problem, did_you_mean
from ..toml_source import read_toml
from .code import calls_are_known
from .markdown import PICTURES, linked_files
from .pictures import wrong_picture
from .stray import stray_problems

if TYPE_CHECKING:
    from ..course import Course

FOLDERS = ("modules", EXERCISES, SOLUTIONS)
"""Where the files are that the manifest names."""

LITTER = {"Thumbs.db", "desktop.ini", "__pycache__"}
"""What systems leave in folders; hidden files are passed over too."""


def file_problems(course: Course) -> list[Problem]:
    """Files that nothing names, rows that nothing uses, a logo, a film or a role that is not there."""
    return (
        _not_named(course)
        + stray_problems(course, FOLDERS, LITTER)
        + _not_used(course)
        + _logo(course)
        + _films(course)
        + _learning_roles(course)
    )


def _not_named(course: Course) -> list[Problem]:
    named = set(_files(course.manifest.model_dump())) | _named_by_base(course)
    named |= {source_of(file) for file in named if file.startswith(f"{EXERCISES}/")}
    texts = (*course.notebooks.values(), *course.papers.values())
    named |= {file for text in texts for file in linked_files(text)}
    all_read = len(texts) == len(course.notebook_paths) + len(course.materials)
    problems = []
    for folder, own in course.places.roots():
        for relative in _present(folder):
            shown_unread = not all_read and PurePosixPath(relative).suffix.lower() in PICTURES
            if relative not in named and not shown_unread:
                shown = course.places.shown(relative) if own else relative
                hint = did_you_mean(relative, named) or _("Name it in course.toml, or delete it")
                problems.append(Problem(shown, None, _("is not named in course.toml"), hint))
    return problems


def _named_by_base(course: Course) -> set[str]:
    """What the base names, though an overlay may have put other files in its place."""
    path, shown = course.places.manifests("course.toml")[0]
    try:
        return set(_files(read_toml(read_text(path, shown), shown).data))
    except ContentError:  # reported where the course was loaded
        return set()


def _files(manifest: dict[str, Any]) -> Iterator[str]:
    for table, key in (
        ("modules", "file"),
        ("activities", "file"),
        ("materials", "file"),
        ("roles", "start"),
    ):
        for row in manifest.get(table, ()):
            if row.get(key):
                yield row[key]


def _present(folder: Path) -> list[str]:
    paths = (path for name in FOLDERS for path in (folder / name).rglob("*"))
    found = [path.relative_to(folder) for path in paths if path.is_file()]
    return sorted(
        path.as_posix()
        for path in found
        if not any(part.startswith(".") or part in LITTER for part in path.parts)
    )


def _not_used(course: Course) -> list[Problem]:
    walked = {name for role in course.roles for name in (*role.modules, *role.more)}
    walked |= {field.opening for role in course.roles for field in role.fields}
    called = {name for notebook in course.notebooks.values() for name in notebook.activity_ids}
    problems = []
    for i, module in enumerate(course.modules):
        if module.id not in walked:
            what = _('module "{id}" is on no role\'s path').format(id=module.id)
            problems += _row(course, ("modules", i), what, _("Add it to a role's modules, or delete it"))
    read = [course.notebooks.get(path) for path in course.notebook_paths]
    sure = all(notebook is not None and calls_are_known(course, notebook) for notebook in read)
    for i, entry in enumerate(course.manifest.activities if sure else ()):
        if entry.id not in called:
            what = _('no notebook calls activity "{id}"').format(id=entry.id)
            hint = _("Write {call} in a code cell, or delete it").format(call=f'{entry.kind}("{entry.id}")')
            problems += _row(course, ("activities", i), what, hint)
    return problems


def _row(course: Course, place: Place, what: str, hint: str) -> list[Problem]:
    """A problem, unless a municipality chose to do without a row of the base."""
    document = course.documents["course.toml"]
    own = document.where(place)[0] != document.file
    return [document.problem(place, what, hint)] if own or course.places.overlay is None else []


def _logo(course: Course) -> list[Problem]:
    document, name = course.documents["course.toml"], course.municipality.logo
    place = ("municipality", "logo")
    if name is None:
        return []
    try:
        path = course.logo
    except ContentError as error:
        return [document.problem(place, f'"{name}" {error.problems[0].what}')]
    if path is None:
        what = _('there is no file "{file}"').format(file=name)
        return [document.problem(place, what, _("Put the logo beside course.toml"))]
    wrong = wrong_picture(path, name)
    return [document.problem(place, *wrong)] if wrong else []


def _films(course: Course) -> list[Problem]:
    document, problems = course.documents["course.toml"], []
    for i, film in enumerate(course.local.films):
        place = ("local", "films", i, "file")
        try:
            if film.file is not None and course.film(i) is None:
                what = _('there is no file "{file}"').format(file=film.file)
                problems.append(document.problem(place, what, _("Put the film beside course.toml")))
        except ContentError as error:
            problems.append(document.problem(place, f'"{film.file}" {error.problems[0].what}'))
    return problems


def _learning_roles(course: Course) -> list[Problem]:
    """A scenario is played in a role that the course has."""
    known = [role.id for role in course.roles]
    return [
        course.documents[name].problem(
            ("role",),
            _('there is no {kind} "{id}"').format(kind=_("role"), id=activity.role),
            did_you_mean(activity.role, known),
        )
        for name, activity in course.activities.items()
        if activity.kind == "scenario" and activity.role not in known
    ]
