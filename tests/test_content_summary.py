from __future__ import annotations

from pathlib import Path

import pytest

from kommune3.content import Course, ModuleSummary, ScenarioSummary, load_course, report


def test_report_has_each_module_in_figures(mini_course: Course) -> None:
    common, employee = report(mini_course)
    assert isinstance(common, ModuleSummary)
    assert (common.id, common.said, common.highest_lix, common.scenarios) == ("common-01", 5, 38, ())
    assert 0 < common.lix < 38
    assert employee.words > 300
    assert employee.scenarios == (
        ScenarioSummary(
            id="opkaldet",
            title="Opkaldet om bænken",
            minutes=4,
            nodes=4,
            endings=2,
            states=10,
            paths=9,
            shortest=2,
            longest=4,
        ),
    )


def test_report_reads_as_lines(mini_course: Course) -> None:
    employee = report(mini_course)[1]
    assert str(employee) == (
        f"employee-01 (Et opkald om bænken): {employee.minutes} minutter (siger 6),"
        f" {employee.words} ord, LIX {employee.lix} af højst 38\n"
        "    opkaldet: 4 situationer, 2 slutninger, 9 veje på 2 til 4 valg\n"
        "    Du kan finde ud af, hvad en borger selv vil bidrage med. → Opkaldet om bænken"
    )


@pytest.mark.parametrize("name", ["circle", "target_unknown", "condition_unknown_indicator"])
def test_a_scenario_that_cannot_be_walked_has_no_lengths(name: str, mini_root: Path) -> None:
    scenario = report(load_course(mini_root.parent / "bad_content" / name, root=mini_root))[1].scenarios[0]
    assert (scenario.paths, scenario.shortest, scenario.longest) == (0, 0, 0)
