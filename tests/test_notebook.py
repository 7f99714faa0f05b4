"""The calls of a notebook cell show the course's own activities."""

from __future__ import annotations

from pathlib import Path

import pytest

from kommune3 import i18n, notebook
from kommune3.charts import Chart
from kommune3.engine.models import KINDS
from kommune3.widgets import Quiz, Scenario, Sorter, Table


def test_the_allowed_calls_are_functions_of_the_module() -> None:
    assert notebook.CALLS == (*KINDS, "check_form", "hand_in")
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
