"""``nbgrader autograde`` with our preprocessors: no batch ends early, no zero is silent, nothing is run."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from canaries import Canaries, canaries
from handing_in import (
    ACTIVITY,
    ASSIGNMENT,
    GOOD,
    HAPPENED,
    NOTEBOOK,
    Change,
    cell,
    filled,
    mark,
    packed,
    schema,
    the_source,
)
from kommune3.content import Course
from kommune3.engine import answers
from kommune3.grading import course_dir, gradebook, source
from kommune3.grading.found import MOST_BYTES

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

CHECK = f"{ACTIVITY}-check"


def gone(notebook: dict[str, Any]) -> None:
    notebook["cells"].remove(cell(notebook, ACTIVITY))


def no_test(notebook: dict[str, Any]) -> None:
    notebook["cells"].remove(cell(notebook, CHECK))


def no_cells(notebook: dict[str, Any]) -> None:
    notebook["cells"] = []


def twice(notebook: dict[str, Any]) -> None:
    notebook["cells"] += [json.loads(json.dumps(one)) for one in notebook["cells"]]


def wiped(notebook: dict[str, Any]) -> None:
    for one in notebook["cells"]:
        one["metadata"] = {}


def retyped(notebook: dict[str, Any]) -> None:
    cell(notebook, ACTIVITY)["cell_type"] = "code"
    cell(notebook, CHECK)["cell_type"] = "markdown"


def reversed_(notebook: dict[str, Any]) -> None:
    notebook["cells"].reverse()


def forged(notebook: dict[str, Any]) -> None:
    for one in notebook["cells"]:
        mark(one).update({"points": 1000, "grade": True, "locked": False, "checksum": "0"})


def format_5(notebook: dict[str, Any]) -> None:
    notebook["nbformat"] = 5


SAME: dict[str, Change] = {
    "a-whole": lambda notebook: None,
    "b-no-test": no_test,
    "c-twice": twice,
    "d-wiped": wiped,
    "e-retyped": retyped,
    "f-reversed": reversed_,
    "g-forged": forged,
    "h-old": schema(1),
    "i-new": schema(99),
    "j-none": schema(None),
    "k-odd": schema("three"),
    "l-format": format_5,
}
"""What may be done to a notebook without the grades changing."""
UNREADABLE = {
    "m-empty": b"",
    "n-cut": b'{"cells": [{"source": "Fortroligt',
    "o-list": b"[1]",
    "p-large": b" " * (50 * MOST_BYTES // 2),
    "q-latin": b'{"cells": "\xff\xfe\x81"}',
    "r-deep": b"[" * 100_000,
}
LAST = "z-last"


@dataclass
class Graded:
    """What an autograde run left."""

    place: course_dir.CourseDir
    log: str
    code: int
    canaries: Canaries

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with sqlite3.connect(self.place.gradebook) as db:
            return db.execute(sql, values).fetchall()

    def grades(self, person: str) -> dict[str, tuple[float | None, float | None, int]]:
        """By grade_id: automatic and manual points, and whether a trainer is to look."""
        found = self.rows(
            "select base_cell.name, auto_score, manual_score, needs_manual_grade from grade "
            "join base_cell on base_cell.id = grade.cell_id "
            "join submitted_notebook on submitted_notebook.id = grade.notebook_id "
            "join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id "
            "where student_id = ?",
            person,
        )
        return {name: (auto, manual, bool(needs)) for name, auto, manual, needs in found}

    def comment(self, person: str) -> str | None:
        (found,) = self.rows(
            "select auto_comment from comment "
            "join submitted_notebook on submitted_notebook.id = comment.notebook_id "
            "join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id "
            "where student_id = ?",
            person,
        )
        return found[0]  # type: ignore[no-any-return]

    def notebook(self, person: str) -> dict[str, Any]:
        path = self.place.folder("autograded", person, ASSIGNMENT) / f"{NOTEBOOK}.ipynb"
        return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def environment(home: Path) -> dict[str, str]:
    return os.environ | {
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "PYTHONWARNINGS": "ignore",
        "LC_ALL": "C",  # a machine that is not set up for UTF-8
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "",
    }


def hand_in(place: course_dir.CourseDir, person: str, data: bytes) -> None:
    folder = place.folder("submitted", person, ASSIGNMENT)
    folder.mkdir(parents=True)
    (folder / f"{NOTEBOOK}.ipynb").write_bytes(data)
    (folder / "timestamp.txt").write_text("2026-11-20 12:00:00 UTC", encoding="utf-8")


NBGRADER = """
import runpy, sys
sys.modules["rfc3987_syntax"] = None
runpy.run_module("nbgrader", run_name="__main__", alter_sys=True)
"""
"""jsonschema would make a parser for IRIs, which takes longer than the rest of nbgrader's start."""


@pytest.fixture(scope="module")
def graded(mini_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graded]:
    """Everything that may come in, graded by one real nbgrader."""
    home = tmp_path_factory.mktemp("nbgrader")
    place = course_dir.of(home / "data", "hold")
    course_dir.prepare(place, mini_course)
    asked = the_source(mini_course)
    for person, change in SAME.items():
        hand_in(place, person, packed(filled(asked, None, change)))
    for person, data in UNREADABLE.items():
        hand_in(place, person, data)
    hand_in(place, "s-gone", packed(filled(asked, None, gone)))
    hand_in(place, "t-nothing", packed(filled(asked, None, no_cells)))
    hand_in(place, "u-unsolved", packed(asked.released))
    hand_in(place, "v-short", packed(filled(asked, ["Kort.", "Ja."])))
    with canaries(home / "canaries") as cage:
        cage.prove()
        hand_in(place, "w-hostile", packed(filled(asked, None, cage.infest)))
        hand_in(place, LAST, packed(filled(asked)))
        with_gradebook(place, mini_course)
        ran = subprocess.run(
            [sys.executable, "-c", NBGRADER, "autograde", ASSIGNMENT],
            cwd=place.root,
            env=environment(home),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=500,
            check=False,
        )
        yield Graded(place, ran.stdout + ran.stderr, ran.returncode, cage)


def with_gradebook(place: course_dir.CourseDir, course: Course) -> None:
    """The gradebook as the worker makes it."""
    wanted = {name: source.sources(course, name) for name in course.assignments}
    with gradebook.opened(place) as book:
        gradebook.ask_for(book, wanted, None)
        book.db.commit()


def test_one_batch_grades_everybody(graded: Graded) -> None:
    assert graded.code == 0, graded.log
    people = {person for (person,) in graded.rows("select student_id from submitted_assignment")}
    there = {path.name for path in (graded.place.root / "submitted").iterdir()}
    assert people == there
    assert all(graded.notebook(person)["cells"] for person in people)
    assert len(graded.grades(LAST)) == 2


@pytest.mark.parametrize("person", [*SAME, LAST, "w-hostile"])
def test_whatever_was_done_to_it_the_grades_are_those_of_the_answer(graded: Graded, person: str) -> None:
    assert graded.grades(person) == {ACTIVITY: (None, None, True), CHECK: (1.0, None, False)}
    assert graded.comment(person) is None


@pytest.mark.parametrize("person", [*SAME, LAST, "w-hostile"])
def test_the_graded_notebook_is_the_courses_own_with_the_answer(
    graded: Graded, mini_course: Course, person: str
) -> None:
    source, made = the_source(mini_course), graded.notebook(person)
    assert [one["id"] for one in made["cells"]] == [one["id"] for one in source.released["cells"]]
    text = "".join(cell(made, ACTIVITY)["source"])
    assert answers.parse(source.reflection.prompts, text) == GOOD
    assert mark(cell(made, ACTIVITY))["points"] == 4


@pytest.mark.parametrize("person", UNREADABLE)
def test_what_cannot_be_read_waits_for_the_trainer_with_the_reason(graded: Graded, person: str) -> None:
    auto, manual, needs = graded.grades(person)[ACTIVITY]
    assert (auto, manual, needs) == (None, None, True), "never a silent zero"
    shown = json.dumps(graded.notebook(person), ensure_ascii=False)
    reason = graded.notebook(person)["metadata"]["kommune3"]["could_not_check"]
    assert shown.count(reason) >= 3, "in the answer's place, under the test, for programs"
    plain = reason.encode("ascii", "backslashreplace").decode()  # all that this console can show
    assert f"{person}/{ASSIGNMENT}/{NOTEBOOK}: {plain}" in graded.log


@pytest.mark.parametrize("person", ["s-gone", "t-nothing", "u-unsolved"])
def test_no_answer_is_said_and_not_only_a_zero(graded: Graded, person: str) -> None:
    expected = {ACTIVITY: (0.0, None, False), CHECK: (0.0, None, False)}
    if person == "t-nothing":
        expected = {ACTIVITY: (None, None, True), CHECK: (0.0, None, False)}
    else:
        assert graded.comment(person) == "No response."
    assert graded.grades(person) == expected
    assert cell(graded.notebook(person), CHECK)["outputs"][0]["text"]


def test_a_deleted_answer_is_told_under_the_test(graded: Graded) -> None:
    printed = "".join(cell(graded.notebook("s-gone"), CHECK)["outputs"][0]["text"])
    assert "slettet" in printed


def test_form_is_judged_and_the_findings_shown(graded: Graded) -> None:
    assert graded.grades("v-short")[CHECK] == (0.0, None, False)
    assert graded.grades("v-short")[ACTIVITY] == (None, None, True)
    assert "30" in "".join(cell(graded.notebook("v-short"), CHECK)["outputs"][0]["text"])


def test_no_code_ran(graded: Graded) -> None:
    assert graded.canaries.touched() == []
    assert graded.rows("select count(*) from grade where manual_score is not null") == [(0,)]
    left = json.dumps(graded.notebook("w-hostile"))
    for sign in ("canaries", "fetch(", "onload", "evil", "forged", "touch "):
        assert sign not in left


def test_the_log_repeats_no_text(graded: Graded) -> None:
    assert "Fortroligt" not in graded.log
    assert HAPPENED[:20] not in graded.log
