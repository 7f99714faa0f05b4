"""The calls of a notebook cell show the course's own activities."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kommune3 import i18n, notebook
from kommune3.charts import Chart
from kommune3.engine.models import DRAWINGS, KINDS
from kommune3.widgets import Quiz, Scenario, Sorter, Table


def test_the_allowed_calls_are_functions_of_the_module() -> None:
    assert set(notebook.CALLS) == {*KINDS, *DRAWINGS, "check_form", "hand_in"}
    assert set(notebook.CALLS) == set(notebook.__all__) - {"CALLS"}
    assert all(callable(getattr(notebook, name)) for name in notebook.CALLS)


@pytest.mark.parametrize(
    ("call", "activity", "kind"),
    [
        ("scenario", "foraeldreraad", Scenario),
        ("quiz", "common-01-quiz", Quiz),
        ("sorter", "paradigmer-sorter", Sorter),
        ("table", "paradigmer", Table),
        ("timeline", "paradigmer-tid", Chart),
        ("endings", "foraeldreraad", Chart),
        ("arenas", "medborgerkort", Chart),
        ("profile", "fem-forventninger", Chart),
    ],
)
def test_each_call_shows_its_activity(call: str, activity: str, kind: type[object]) -> None:
    assert isinstance(getattr(notebook, call)(activity), kind)


def test_a_widget_in_a_notebook_speaks_the_courses_language() -> None:
    quiz = notebook.quiz("common-01-quiz")
    assert (quiz.activity, quiz.language, quiz.pass_mark, quiz.api) == ("common-01-quiz", "da", 80, "")
    assert quiz.strings["answer"] == "Svar"


@pytest.mark.parametrize("wrong", ["nope", "paradigmer"])
def test_a_wrong_id_says_which_there_are(wrong: str) -> None:
    with pytest.raises(KeyError, match="foraeldreraad"):
        notebook.scenario(wrong)


def test_a_municipalitys_own_folder_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = '[course]\npass_mark = 50\nlanguage = "en"\n'
    (tmp_path / "course.toml").write_text(own, encoding="utf-8")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path.parent))
    monkeypatch.setenv("KOMMUNE3_COURSE", f"~/{tmp_path.name}")
    notebook._course.cache_clear()
    try:
        quiz = notebook.quiz("common-01-quiz")
        assert (quiz.pass_mark, quiz.strings["answer"]) == (50, "Answer")
    finally:
        notebook._course.cache_clear()
        i18n.use("da")


SOLVED = "solutions/employee/01_baenken.ipynb"
UNSOLVED = "exercises/employee/01_baenken.ipynb"


@pytest.fixture
def in_the_mini_course(mini_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A working directory of a kernel that knows the miniature course."""
    monkeypatch.setenv("KOMMUNE3_ROOT", str(mini_root))
    monkeypatch.chdir(tmp_path)
    notebook._course.cache_clear()
    yield tmp_path
    notebook._course.cache_clear()


@pytest.mark.parametrize(("file", "score"), [(SOLVED, 1.0), (UNSOLVED, 0.0)])
def test_the_form_of_the_notebook_beside_the_kernel_is_checked(
    file: str, score: float, mini_root: Path, in_the_mini_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(mini_root / file, in_the_mini_course)
    (in_the_mini_course / "andet.ipynb").write_text("ikke en notesbog", encoding="utf-8")
    given = notebook.check_form("baenk-refleksion")
    assert (given, type(given)) == (score, float)
    said = capsys.readouterr()
    assert said.err == "", "nbgrader gives nothing where anything stands on stderr"
    assert ("Du har skrevet 0 af mindst 30 ord" in said.out) is (score == 0.0)


@pytest.mark.usefixtures("in_the_mini_course")
def test_where_no_notebook_has_the_answer_there_is_no_point(capsys: pytest.CaptureFixture[str]) -> None:
    assert notebook.check_form("baenk-refleksion") == 0.0
    assert "Ingen notesbog her" in capsys.readouterr().out


@pytest.mark.usefixtures("in_the_mini_course")
def test_reflections_and_assignments_that_are_not_there() -> None:
    with pytest.raises(KeyError, match="baenk-refleksion"):
        notebook.check_form("opkaldet")
    with pytest.raises(KeyError, match="employee"):
        notebook.hand_in("leader")


@pytest.mark.usefixtures("in_the_mini_course")
def test_a_reflection_and_the_button_that_hands_in() -> None:
    assert notebook.reflection("baenk-refleksion").activity == "baenk-refleksion"
    assert notebook.hand_in("employee").assignment == "employee"
