"""Erasing somebody leaves no byte of what they wrote; exporting shows all of it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

import grading
import reflecting
from kommune3.cli import main
from kommune3.content import Course
from kommune3.grading import forget
from kommune3.grading.gradebook import GradebookBusy
from kommune3.register import Register, people
from kommune3.register.cohorts import Cohort
from reflecting import REFLECTION, SECRET

REMARK = "lappedykkeren"
"""A word of the trainer's, which stands in the gradebook alone."""


@pytest.fixture
def marked(staffed: Register, mini_course: Course) -> Cohort:
    """A cohort whose anna was marked, twice, and has a notebook in JupyterLab and feedback lying there."""
    cohort = reflecting.cohort(staffed, "anna", "aase")
    reflecting.send(staffed, mini_course, "anna")
    reflecting.send(staffed, mini_course, "aase", reflecting.OTHER)
    worker = grading.worker(staffed, mini_course)
    worker.once()
    where = grading.place(staffed, cohort.id)
    grading.mark(where, "anna", 3.0, f"Om {REMARK}: " + "meget " * 2000, REFLECTION, "01_baenken")
    grading.mark(where, "anna", 3.0, f"Nej, {REMARK}.", REFLECTION, "01_baenken")
    worker.once()
    for folder in (where.folder("feedback", "anna", "employee"), staffed.path.parent / "lab" / "anna"):
        folder.mkdir(parents=True)
        (folder / "01_baenken.html").write_text(f"<p>{SECRET}</p>", encoding="utf-8")
    return cohort


def test_nothing_is_left_after_erasing(staffed: Register, marked: Cohort) -> None:
    data = staffed.path.parent
    assert len(grading.bytes_with(data, SECRET)) >= 4
    assert grading.bytes_with(data, REMARK)
    with forget.erasing(data, "anna"):
        assert people.erase(staffed, "anna")
    for word in (SECRET, REMARK, "anna@example.org", "Ankjær"):
        assert grading.bytes_with(data, word) == []
    left = grading.content(grading.place(staffed, marked.id))
    assert {row[0] for row in left["submissions"]} == {"aase"}
    assert len(left["grades"]) == 2


def test_the_worker_does_not_bring_it_back(staffed: Register, mini_course: Course, marked: Cohort) -> None:
    data = staffed.path.parent
    with forget.erasing(data, "anna"):
        people.erase(staffed, "anna")
    grading.worker(staffed, mini_course).once(rebuild=True)
    assert grading.bytes_with(data, SECRET) == []


def test_a_gradebook_in_use_erases_nothing(
    staffed: Register, marked: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = staffed.path.parent
    monkeypatch.setattr(forget, "PATIENCE", 0.1)
    formgrader = sqlite3.connect(grading.place(staffed, marked.id).gradebook, isolation_level=None)
    formgrader.execute("BEGIN IMMEDIATE")
    with pytest.raises(GradebookBusy), forget.erasing(data, "anna"):
        pytest.fail("the register must not be erased")
    formgrader.close()
    assert people.get(staffed, "anna") is not None
    assert grading.bytes_with(grading.place(staffed, marked.id).root / "submitted", SECRET)


def test_the_export_holds_files_and_gradebooks(
    staffed: Register, marked: Cohort, capsys: pytest.CaptureFixture[str]
) -> None:
    data = staffed.path.parent
    assert main(["person", "export", "anna", "--data", str(data)]) == 0
    held = json.loads(capsys.readouterr().out)["nbgrader"]
    steps = {name.split("/")[2] for name in held["files"] if name.startswith("nbgrader/")}
    assert steps == {"submitted", "autograded", "feedback"}
    assert any(name.startswith("lab/anna/") for name in held["files"])
    assert SECRET in json.dumps(held["files"], ensure_ascii=False)
    assert REMARK in json.dumps(held["gradebooks"][marked.id], ensure_ascii=False)
    assert "aase" not in json.dumps(held)


def test_the_command_erases_all_of_it(staffed: Register, marked: Cohort) -> None:
    data = staffed.path.parent
    staffed.close()
    assert main(["person", "erase", "anna", "--yes", "--data", str(data)]) == 0
    assert grading.bytes_with(data, SECRET) == []


def test_a_link_is_not_followed(staffed: Register, marked: Cohort, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "hemmelig.txt").write_text("bliver her", encoding="utf-8")
    home = staffed.path.parent / "jupyter"
    home.mkdir()
    (home / "anna").symlink_to(outside, target_is_directory=True)
    with forget.erasing(staffed.path.parent, "anna"):
        pass
    assert (outside / "hemmelig.txt").is_file()
    assert not (home / "anna").exists()
