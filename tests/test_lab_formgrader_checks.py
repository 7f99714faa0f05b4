"""nbgrader's check in formgrader: what came of it in Danish, and nothing of a reflection in its log."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import grading
import reflecting
from kommune3.content import Course
from kommune3.grading.course_dir import CourseDir
from kommune3.lab import formgrader_checks as checks
from kommune3.register import Register, cohorts
from reflecting import SECRET

FILE = "submitted/anna/employee/01_baenken.ipynb"
KEPT = "Det, der er sendt, dine point og dine kommentarer er gemt."
ANEW = "Kurset skriver filen forfra ud fra det, der er sendt."
RAISED = """[ERROR] There was an error processing assignment: /data/anna
[ERROR] Traceback (most recent call last):
      File "/nbgrader/converters/base.py", line 379, in convert_notebooks
        self.convert(gd)
        ^^^^^^^^^^^^^^^^
    {raised}
[WARNING] Removing failed assignment: /data/anna
"""
STOCK = ("ClearOutput", "DeduplicateIds", "OverwriteKernelspec", "OverwriteCells", "CheckCellMetadata")


def told(raised: str) -> str:
    found = {"success": False, "log": RAISED.format(raised=raised), "error": ""}
    said = checks.in_words(found, "anna/employee")
    assert said["success"] is False
    assert said["told"][-1] == KEPT
    return " ".join(said["told"][:-1])


@pytest.mark.parametrize(
    ("raised", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device: '/data/anna'", "Disken er fuld."),
        ("sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) database or disk is full", "Disken er"),
        ("PermissionError: [Errno 13] Permission denied: '/data/anna'", "Kurset må ikke skrive i holdets"),
        (
            "nbgrader.api.InvalidEntry: attempt to write a readonly database",
            "Kurset må ikke skrive i holdets",
        ),
        ("sqlite3.OperationalError: database is locked", "Et andet program var i gang med karakterbogen."),
        ("sqlite3.DatabaseError: file is not a database", "Karakterbogen er gået i stykker. Den, der driver"),
        (
            "nbclient.exceptions.CellTimeoutError: A cell timed out",
            "Tjekket tog for lang tid og blev stoppet.",
        ),
        ("nbgrader.preprocessors.execute.UnresponsiveKernelError", "Tjekket tog for lang tid"),
        ("nbgrader.api.MissingEntry: No such grade cell: x", "En celle mangler, som tjekket skal bruge."),
        ("RuntimeError: Inconsistent checksums for cell x", "En låst celle er en anden end i kursets egen"),
        (
            "nbgrader.nbgraderformat.common.ValidationError: Duplicate grade id: x",
            "En låst celle er en anden",
        ),
        (
            "nbformat.reader.NotJSONError: Notebook does not appear to be JSON: ''",
            "Notesbogen er beskadiget og",
        ),
        ("nbformat.validator.NotebookValidationError: {'x': 1} is not", "Notesbogen er beskadiget og"),
        (
            "nbgrader.converters.base.NbGraderException: No assignment with ID 'x' exists in",
            "Øvelsen er ikke",
        ),
        ("ZeroDivisionError: division by zero", "nbgrader stoppede med en fejl i selve programmet."),
    ],
)
def test_each_failure_is_told_in_a_sentence_of_its_own(raised: str, sentence: str) -> None:
    assert told(raised).startswith(sentence)
    assert told(raised) != sentence, "what to do is said, too"


@pytest.mark.parametrize("level", ["", "[ERROR] "])
def test_what_a_message_quotes_is_left_out_and_what_helps_stays(level: str) -> None:
    quoting = f"ValueError: {SECRET}\n\nOn instance:\n'{SECRET}'\nZeroDivisionError: {SECRET}"
    text = RAISED.format(raised=quoting) + f"{level}Notebook JSON is invalid: {SECRET}\n{SECRET}: {SECRET}"
    assert checks.quoting_nothing(text).splitlines() == [
        "[ERROR] There was an error processing assignment",
        *RAISED.splitlines()[1:5],
        "    ValueError",
        "[WARNING] Removing failed assignment",
        *([f"{level}Notebook JSON is invalid"] if level else []),
    ]
    full = "    OSError: [Errno 28] No space left on device: '/data/anna'"
    assert full in checks.quoting_nothing(RAISED.format(raised=full.strip())).splitlines()


def broken(file: Path) -> None:
    file.write_text(f'{{"cells": [ "{SECRET}', encoding="utf-8")


def without_answer(file: Path) -> None:
    notebook = json.loads(file.read_text(encoding="utf-8"))
    notebook["cells"] = [cell for cell in notebook["cells"] if SECRET not in "".join(cell["source"])]
    file.write_text(json.dumps(notebook), encoding="utf-8")


def unreadable_cell(file: Path) -> None:
    notebook = json.loads(file.read_text(encoding="utf-8"))
    notebook["cells"][-1]["source"] = {"text": SECRET}
    file.write_text(json.dumps(notebook), encoding="utf-8")


def checked(where: CourseDir, stock: bool = False) -> dict[str, Any]:
    """What formgrader's button gives."""
    from traitlets.config import Config

    from kommune3.lab.formgrader_api import InWords, app_of

    app = app_of(where.root)
    if stock:
        names = [f"nbgrader.preprocessors.{name}" for name in STOCK]
        exporter = "nbconvert.exporters.NotebookExporter"
        app.update_config(
            Config({"Autograde": {"sanitize_preprocessors": names, "exporter_class": exporter}})
        )
    return InWords(app.coursedir, None, parent=app).autograde("employee", "anna")


def test_a_damaged_file_is_told_and_written_anew(staffed: Register, mini_course: Course) -> None:
    cohort = reflecting.cohort(staffed, "anna")
    reflecting.send(staffed, mini_course, "anna")
    worker, where = grading.worker(staffed, mini_course), grading.place(staffed, cohort.id)
    worker.once()
    file = where.root / FILE
    before, graded = file.read_bytes(), grading.content(where)
    assert checked(where)["success"]
    assert checked(where)["told"] == []
    damages: list[tuple[Callable[[Path], object], bool, bool, str]] = [
        (broken, False, False, "Notesbogen er beskadiget"),
        (without_answer, False, True, "Cellen til svaret er slettet."),
        (Path.unlink, False, False, "Der er ingen fil at tjekke."),
        (unreadable_cell, True, False, "Notesbogen er beskadiget og kan ikke læses."),
    ]
    for damage, stock, success, sentence in damages:
        damage(file)
        said = checked(where, stock)
        assert said["success"] is success, damage
        assert said["told"][0].startswith(sentence), damage
        assert said["told"][-1] == KEPT
        assert SECRET not in json.dumps(said, ensure_ascii=False)
        (done,) = worker.look()
        assert (done.graded, done.trouble) == (1, ""), damage
        assert file.read_bytes() == before, damage
        assert grading.content(where) == graded, damage
    (where.root / "own_config.py").write_text("c = get_config(", encoding="utf-8")
    assert "own_config.py" in checked(where)["told"][0]


def test_a_trainers_own_late_penalty_counts(staffed: Register, mini_course: Course) -> None:
    cohort = reflecting.cohort(staffed, "anna")
    reflecting.send(staffed, mini_course, "anna")
    cohorts.set_deadline(staffed, cohort.id, date.today() - timedelta(days=2), "bo")
    worker, where = grading.worker(staffed, mini_course), grading.place(staffed, cohort.id)
    worker.once()
    grading.own_settings(where.root, "return score / 2")
    assert checked(where)["told"] == []
    assert [row[2] for row in grading.content(where)["notebooks"]] == [0.5]
