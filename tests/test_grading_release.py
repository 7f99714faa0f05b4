"""Exercises are what nbgrader makes of their sources: made with the real nbgrader, and compared with it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kommune3 import content
from kommune3.cli import main
from kommune3.content import Course
from kommune3.content.load import attempt, places
from kommune3.engine.answers import STUB
from kommune3.grading import release
from kommune3.grading.release import ReleaseError, compare

EXERCISE = "exercises/employee/01_baenken.ipynb"
SOLUTION = "solutions/employee/01_baenken.ipynb"


@pytest.fixture
def root(mini_root: Path, tmp_path: Path) -> Path:
    """A copy of the miniature course."""
    return shutil.copytree(mini_root, tmp_path / "course")


def load(root: Path) -> Course:
    course, _problems = attempt(places(None, root))
    assert course
    return course


def test_the_course_s_exercises_are_in_step(shipped: Course) -> None:
    assert compare(shipped) == []


def test_nothing_changes_where_all_is_in_step(root: Path) -> None:
    before = (root / EXERCISE).stat().st_mtime_ns
    assert compare(load(root)) == []
    assert release.release(load(root)) == []
    assert (root / EXERCISE).stat().st_mtime_ns == before
    assert not list(root.rglob("gradebook.db"))


def test_an_exercise_that_was_changed_fails_the_check_and_is_mended(
    root: Path, mini_root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (root / EXERCISE).read_text(encoding="utf-8")
    (root / EXERCISE).write_text(text.replace('"editable": false', '"editable": true', 1), encoding="utf-8")
    monkeypatch.setattr(content, "check", lambda overlay: [])  # the course that is shipped
    monkeypatch.setattr(content, "load_course", lambda overlay: load(root))
    assert main(["check"]) == 1
    told = f"{EXERCISE}: er ikke, som nbgrader laver den ud fra {SOLUTION}. Kør: kommune3 release."
    assert capsys.readouterr().out.splitlines()[0] == told
    assert release.release(load(root)) == [EXERCISE]
    assert (root / EXERCISE).read_bytes() == (mini_root / EXERCISE).read_bytes()


def test_a_new_exercise_is_made_without_answers_and_tests(root: Path) -> None:
    (root / EXERCISE).unlink()
    assert release.release(load(root)) == [EXERCISE]
    made = (root / EXERCISE).read_text(encoding="utf-8")
    assert "HIDDEN" not in made
    assert "SOLUTION" not in made
    assert made.count(STUB) == 2
    ids = [[cell["id"] for cell in json.loads(text)["cells"]] for text in (made, _read(root / SOLUTION))]
    assert ids[0] == ids[1]


def test_an_overlay_s_source_gives_the_overlay_an_exercise(root: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / SOLUTION).parent.mkdir(parents=True)
    text = _read(root / SOLUTION).replace("Din egen bænk", "Jeres egen bænk")
    (own / SOLUTION).write_text(text, encoding="utf-8")
    course, _problems = attempt(places(own, root))
    assert course
    assert release.release(course) == [EXERCISE]
    assert "Jeres egen bænk" in _read(own / EXERCISE)
    assert "Jeres egen bænk" not in _read(root / EXERCISE)


def test_what_nbgrader_refuses_is_told(root: Path) -> None:
    text = _read(root / SOLUTION).replace("### END SOLUTION", "### SLUT")
    (root / SOLUTION).write_text(text, encoding="utf-8")
    with pytest.raises(ReleaseError, match="employee"):
        release.release(load(root))


def test_without_nbgrader_it_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "installed", lambda: False)
    with pytest.raises(ReleaseError, match=r"kommune3\[lab\]"):
        compare(load(root))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
