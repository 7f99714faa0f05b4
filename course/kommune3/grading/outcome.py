"""One reflection as a submitted and as a graded notebook, and the grades that stock nbgrader would give it.

Pure: text in, JSON and numbers out. The one call of a test cell is evaluated here; nothing is executed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kommune3.content import Course
from kommune3.engine import answers, form

from .source import Source, SourceCell, grade_id_of

Verdict = Literal["checked", "not_passed", "could_not_check"]
NO_RESPONSE = "No response."
"""What stock nbgrader writes beside an answer cell that is as it was released."""


@dataclass(frozen=True)
class Graded:
    """What grading gives: points and comments by ``grade_id``, None where there are none yet."""

    scores: Mapping[str, float | None]
    comments: Mapping[str, str | None]
    state: Verdict
    notebook: Mapping[str, Any]
    """The autograded notebook's JSON."""


def written(source: Source, given: Sequence[str]) -> str:
    """The answer cell that holds these answers; of too many for the course now, the last holds the rest."""
    most = len(source.reflection.prompts)
    fitting = [*given[: most - 1], "\n\n".join(given[most - 1 :])]
    return answers.compose(source.reflection.prompts, fitting + [""] * (most - len(fitting)))


def submitted(source: Source, cell: str) -> dict[str, Any]:
    """The released notebook with this answer cell, as if it was filled in by hand."""
    return _with(source, {source.activity: {"source": cell}})


def grade(course: Course, source: Source, cell: str) -> Graded:
    """The notebook with this answer cell, graded as ``nbgrader autograde`` does it, without a kernel."""
    changes: dict[str, dict[str, Any]] = {
        one.grade_id: {"source": one.source} for one in source.cells if one.locked
    }
    changes[source.activity] = {"source": cell}
    scores: dict[str, float | None] = {}
    for test in source.tests:
        printed, score = check(course, source, cell)
        scores[test.grade_id] = score
        changes[test.grade_id] |= {"outputs": outputs(printed, score), "execution_count": 1}
    scores |= {one.grade_id: _unread(one, cell) for one in source.cells if one.grade and one.solution}
    comments = {one.grade_id: _comment(one, cell) for one in source.cells if one.solution}
    passed = all(scores[test.grade_id] == test.points for test in source.tests)
    notebook = _with(source, changes)
    for raw in notebook["cells"]:
        if known := source.by_id.get(grade_id_of(raw) or ""):
            raw["metadata"]["nbgrader"] |= {"checksum": known.checksum, "cell_type": known.cell_type}
    return Graded(scores, comments, "checked" if passed else "not_passed", notebook)


def check(course: Course, source: Source, cell: str) -> tuple[str, float]:
    """What ``check_form`` prints for this answer cell, and what it returns: 1.0 or 0.0."""
    if any(test.check != source.activity for test in source.tests):
        raise ValueError(f"a test cell of {source.name} checks another reflection")
    given = answers.parse(source.reflection.prompts, cell)
    findings = form.check(source.reflection, given, course.own_text)
    return "".join(f"{one.text}\n" for one in findings.findings), 1.0 if findings.passed else 0.0


def outputs(printed: str, score: float) -> list[dict[str, Any]]:
    """What a kernel would have left under the call."""
    stream = {"name": "stdout", "output_type": "stream", "text": printed}
    data = {"text/plain": repr(score)}
    result = {"data": data, "execution_count": 1, "metadata": {}, "output_type": "execute_result"}
    return [stream, result] if printed else [result]


def dumped(notebook: Mapping[str, Any]) -> bytes:
    """The notebook as a file's bytes, laid out as nbformat does."""
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _with(source: Source, changes: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    cells = []
    for raw in source.released["cells"]:
        name = grade_id_of(raw)
        cell = raw | changes.get(name or "", {})
        if name is not None:
            cell["metadata"] = raw["metadata"] | {"nbgrader": dict(raw["metadata"]["nbgrader"])}
        cells.append(cell)
    return dict(source.released) | {"cells": cells}


def _unread(cell: SourceCell, text: str) -> float | None:
    """Nothing for a cell that was left as it was; a trainer gives the points for the rest."""
    return 0.0 if text == cell.source else None


def _comment(cell: SourceCell, text: str) -> str | None:
    return NO_RESPONSE if text == cell.source else None
