from __future__ import annotations

import pytest

from kommune3.content import Call, Course, Import


def test_paths_of_roles(mini_course: Course) -> None:
    assert [module.id for module in mini_course.modules_of("employee")] == ["employee-01", "common-01"]
    assert [module.id for module in mini_course.modules_of("politician")] == ["common-01"]
    assert mini_course.info.hr_sees_roles == ("employee",)


def test_activities_in_the_notebook_s_order(mini_course: Course) -> None:
    found = [activity.id for activity in mini_course.activities_of("common-01")]
    names = ["tabel", "tid", "kort", "kilder", "selv", "sorter", "quiz", "sprog", "plan"]
    assert found == [f"baenk-{name}" for name in names]
    assert mini_course.module_of("baenk-tabel").id == "common-01"
    assert [module.id for module in mini_course.modules_requiring("opkaldet")] == ["employee-01"]
    assert mini_course.modules_requiring("baenk-tabel") == ()


def test_unknown_ids_are_key_errors(mini_course: Course) -> None:
    for ask in (
        mini_course.role,
        mini_course.module,
        mini_course.modules_of,
        mini_course.notebook,
        mini_course.module_of,
    ):
        with pytest.raises(KeyError):
            ask("findes-ikke")


def test_notebook_by_module_or_path(mini_course: Course) -> None:
    notebook = mini_course.notebook("employee-01")
    assert notebook is mini_course.notebook("modules/employee/01_opkaldet.ipynb")
    assert [cell.kind for cell in notebook.cells] == ["markdown", "code", "code", "code", "markdown"]
    assert notebook.cells[1].code == Import(("reflection", "scenario"))
    assert notebook.cells[2].call == Call("scenario", ("opkaldet",))
    assert mini_course.notebook("modules/employee/00_start.ipynb").calls == ()


def test_a_course_without_a_logo_has_none(mini_course: Course) -> None:
    assert mini_course.logo is None
