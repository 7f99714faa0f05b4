from __future__ import annotations

from kommune3.content import Course
from kommune3.content.limits import MINIATURE
from kommune3.content.rules.paths import path_problems
from kommune3.engine.models import Scenario


def test_more_states_than_the_limit_is_a_problem(mini_course: Course) -> None:
    scenario = mini_course.activities["opkaldet"]
    assert isinstance(scenario, Scenario)
    document = mini_course.documents["opkaldet"]
    assert path_problems(scenario, document, MINIATURE) == []
    assert [str(problem) for problem in path_problems(scenario, document, MINIATURE, limit=3)] == [
        "modules/employee/scenarios/opkaldet.yml:22: "
        "scenariet har mere end 3 tilstande, for mange at tjekke. "
        "Lad færre betingelser afhænge af indikatorer."
    ]
