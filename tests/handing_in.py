"""Notebooks as learners hand them in, whole and broken, made from the miniature course's exercise."""

from __future__ import annotations

import copy
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from kommune3.content import Course
from kommune3.engine import answers
from kommune3.grading.source import Source, source_of

ACTIVITY = "baenk-refleksion"
ASSIGNMENT = "employee"
NOTEBOOK = "01_baenken"
HAPPENED = (
    "En ældre mand ringede til mig om en væltet bænk ved søen. Jeg sagde først, at det ikke var mit bord, "
    "men ringede tilbage samme eftermiddag og spurgte, hvad han selv gerne ville gøre ved den."
)
NEXT = (
    "Næste gang begynder jeg med at spørge, før jeg stiller om, for så føler borgeren sig hørt med det samme."
)
GOOD = [HAPPENED, NEXT]

Change = Callable[[dict[str, Any]], None]


def the_source(course: Course) -> Source:
    """The exercise's source."""
    return source_of(course, ACTIVITY)


def filled(source: Source, given: list[str] | None = None, change: Change | None = None) -> dict[str, Any]:
    """The exercise filled in, then changed in place."""
    notebook = copy.deepcopy(dict(source.released))
    texts = GOOD if given is None else given
    cell(notebook, ACTIVITY)["source"] = answers.compose(source.reflection.prompts, texts)
    if change:
        change(notebook)
    return notebook


def cell(notebook: Mapping[str, Any], grade_id: str) -> dict[str, Any]:
    """The cell with that grade_id."""
    found = (one for one in notebook["cells"] if mark(one).get("grade_id") == grade_id)
    return next(found)  # type: ignore[no-any-return]


def mark(one: Mapping[str, Any]) -> dict[str, Any]:
    """What nbgrader keeps in a cell's metadata; empty where there is nothing."""
    return one["metadata"].get("nbgrader", {})  # type: ignore[no-any-return]


def schema(version: object) -> Change:
    """Every nbgrader cell with another schema version; None: without one."""

    def change(notebook: dict[str, Any]) -> None:
        for one in notebook["cells"]:
            if mark(one):
                mark(one).pop("schema_version")
                mark(one).update({} if version is None else {"schema_version": version})

    return change


def packed(notebook: Any) -> bytes:
    """The notebook as a file's bytes."""
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip that holds the files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in files.items():
            opened.writestr(name, data)
    return made.getvalue()
