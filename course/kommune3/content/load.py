"""From files to a course, with everything that stands in the way of using it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from kommune3.engine.exercises import Assessment, CitizenMap, Comparison, Language, Plan
from kommune3.engine.models import Activity, Quiz, Reflection, Scenario, Sorter, Table, Timeline, Written
from kommune3.engine.parts import by_id
from kommune3.i18n import gettext as _

from .content_map import ContentMap
from .course import Course
from .document import Document, Place, fault, read_text
from .graded import EXERCISES, as_document
from .kept import read as read_kept
from .manifest import ActivityEntry, Manifest, SourceList
from .markdown_file import read_markdown
from .notebook import Notebook, read_notebook
from .overlay import laid_over
from .places import Places, base_root
from .problem import ContentError, Problem
from .rules.references import reference_problems
from .toml_source import read_toml
from .validate import validated
from .words import FOLDER as WORDS
from .words import said, word_problems

MODELS: dict[str, type[Written]] = {
    "scenario": Scenario,
    "quiz": Quiz,
    "sorter": Sorter,
    "table": Table,
    "timeline": Timeline,
    "citizen_map": CitizenMap,
    "comparison": Comparison,
    "assessment": Assessment,
    "language": Language,
    "plan": Plan,
}

CONTENT_MAP = "content-map.toml"
OVERLAID = ("course.toml", "sources.toml", CONTENT_MAP, "modules", "exercises", "solutions", WORDS)
"""What an overlay may hold, directly in its folder."""

EXERCISE = re.compile(rf"{EXERCISES}/[a-z0-9][a-z0-9_-]{{0,63}}/[a-z0-9][a-z0-9_-]{{0,63}}\.ipynb")
"""The folder is nbgrader's assignment, the file's name its notebook: ids, as they stand in its gradebook."""

Model = TypeVar("Model", bound=BaseModel)


def load_course(overlay: Path | None = None, *, root: Path | None = None) -> Course:
    """The course, with a municipality's own files laid over it.

    ``root`` holds ``course/`` and ``modules/``, by default those that came with the program.
    Raises ContentError with every problem that makes the course unusable.
    """
    course, problems = attempt(places(overlay, root))
    if course is None or problems:
        raise ContentError(problems)
    return course


def places(overlay: Path | None, root: Path | None) -> Places:
    """Where the files are. Raises ContentError where the overlay is no folder or changes nothing."""
    if overlay is not None and not overlay.is_dir():
        hint = _("Give a folder that holds your own course.toml")
        raise fault(str(overlay), None, _("is not a folder"), hint)
    if overlay is not None and not any((overlay / name).exists() for name in OVERLAID):
        what = _("holds none of the course's files, so it changes nothing")
        hint = _("They lie directly in your own folder, as docs/authors.md shows")
        raise fault(str(overlay), None, what, hint)
    return Places(root or base_root(), overlay and overlay.resolve())


def attempt(where: Places) -> tuple[Course | None, list[Problem]]:
    """What could be loaded (none without a manifest), and what is wrong with the rest."""
    problems: list[Problem] = []
    manifest, manifest_lines = _table(where, "course.toml", Manifest, problems)
    sources, source_lines = _table(where, "sources.toml", SourceList, problems)
    if manifest is None or sources is None:
        return None, problems
    content_map, map_lines = _content_map(where, problems)
    documents = {"course.toml": manifest_lines, "sources.toml": source_lines, CONTENT_MAP: map_lines}
    activities: dict[str, Activity] = {}
    exercises: dict[str, Notebook] = {}
    for i, entry in enumerate(manifest.activities):
        if entry.kind == "reflection":
            document, activity = _reflection(where, entry, manifest_lines, i, exercises, problems)
        else:
            document, activity = _activity(where, entry, manifest_lines, i, problems)
        if document is not None and activity is not None:
            documents[entry.id], activities[entry.id] = document, activity
    notebooks = _notebooks(where, manifest, manifest_lines, problems)
    papers = _papers(where, manifest, manifest_lines, problems)
    known = by_id(sources.sources)
    below = said(where.manifests("course.toml")[0][0]) if where.overlay else ""
    course = Course(
        manifest, known, activities, notebooks, where, documents, exercises, content_map, papers, below
    )
    problems += reference_problems(course) + word_problems(where, course.info.language)
    return course, problems


def _table(
    where: Places, name: str, model: type[Model], problems: list[Problem]
) -> tuple[Model | None, Document]:
    """A manifest file with the overlay's laid over it."""
    merged: Document | None = None
    try:
        for path, shown in where.manifests(name):
            document = read_toml(read_text(path, shown), shown)
            merged = document if merged is None else laid_over(merged, document)
    except ContentError as error:
        problems += error.problems
        return None, Document(name, {}, {})
    assert merged is not None  # noqa: S101  the base's file is always among them
    result, wrong = validated(model, merged)
    problems += wrong
    return result, merged


def _content_map(where: Places, problems: list[Problem]) -> tuple[ContentMap, Document]:
    """What the sources hold, the overlay's list where it has one; no rows where nobody has one."""
    for folder, own in ((where.overlay, True), (where.root / "course", False)):
        if folder is None or not (folder / CONTENT_MAP).is_file():
            continue
        shown = where.shown(CONTENT_MAP) if own else f"course/{CONTENT_MAP}"
        try:
            document = read_toml(read_text(folder / CONTENT_MAP, shown), shown)
        except ContentError as error:
            problems += error.problems
            break
        found, wrong = validated(ContentMap, document)
        problems += wrong
        return found or ContentMap(), document
    return ContentMap(), Document(CONTENT_MAP, {}, {})


def _activity(
    where: Places, entry: ActivityEntry, manifest: Document, i: int, problems: list[Problem]
) -> tuple[Document | None, Activity | None]:
    found = _found(where, entry.file, ("activities", i, "file"), manifest, problems)
    if found is None:
        return None, None
    path, shown = found
    try:
        document = read_kept(read_text(path, shown), shown)
    except ContentError as error:
        problems += error.problems
        return None, None
    activity, wrong = validated(MODELS[entry.kind], document)
    problems += wrong
    return document, activity


def _reflection(
    where: Places,
    entry: ActivityEntry,
    manifest: Document,
    i: int,
    exercises: dict[str, Notebook],
    problems: list[Problem],
) -> tuple[Document | None, Activity | None]:
    """The reflection in a released notebook, which is kept among the exercises."""
    if not EXERCISE.fullmatch(entry.file):
        what = _('"{file}" is no place for a reflection').format(file=entry.file)
        hint = _("It is {folder}/<assignment>/<name>.ipynb, in small letters").format(folder=EXERCISES)
        problems.append(manifest.problem(("activities", i, "file"), what, hint))
        return None, None
    found = _found(where, entry.file, ("activities", i, "file"), manifest, problems)
    if found is None:
        return None, None
    try:
        notebook = read_notebook(found[0], entry.file, found[1])
    except ContentError as error:
        problems += error.problems
        return None, None
    document, wrong = as_document(notebook, entry.id)
    activity = None
    if document is not None and not wrong:
        activity, wrong = validated(Reflection, document)
        exercises[entry.id] = notebook
    problems += wrong
    return document, activity


def _notebooks(
    where: Places, manifest: Manifest, document: Document, problems: list[Problem]
) -> dict[str, Notebook]:
    """The modules' notebooks and the roles' ways in, by path."""
    named: dict[str, Place] = {}
    for i, module in enumerate(manifest.modules):
        named.setdefault(module.file, ("modules", i, "file"))
    for i, role in enumerate(manifest.roles):
        if role.start is not None:
            named.setdefault(role.start, ("roles", i, "start"))
    notebooks = {}
    for relative, place in named.items():
        found = _found(where, relative, place, document, problems)
        if found is None:
            continue
        try:
            notebooks[relative] = read_notebook(found[0], relative, found[1])
        except ContentError as error:
            problems += error.problems
    return notebooks


def _papers(
    where: Places, manifest: Manifest, document: Document, problems: list[Problem]
) -> dict[str, Notebook]:
    """The texts of the trainers' materials, by id."""
    papers = {}
    for i, material in enumerate(manifest.materials):
        place = ("materials", i, "file")
        if not material.file.endswith(".md"):
            what = _('"{file}" is no Markdown file').format(file=material.file)
            problems.append(document.problem(place, what, _("Its name ends in .md")))
        elif found := _found(where, material.file, place, document, problems):
            try:
                papers[material.id] = read_markdown(found[0], material.file, found[1])
            except ContentError as error:
                problems += error.problems
    return papers


def _found(
    where: Places, relative: str, place: Place, manifest: Document, problems: list[Problem]
) -> tuple[Path, str] | None:
    """The file that the manifest names at a place, or a problem there."""
    try:
        found = where.find(relative)
    except ContentError as error:
        refused = error.problems[0]
        what = f'"{relative}" {refused.what}'
        problems.append(manifest.problem(place, what, refused.hint))
        return None
    if found is None:
        what = _('there is no file "{file}"').format(file=relative)
        problems.append(manifest.problem(place, what, _("Write the file, or correct its name here")))
    return found
