"""A saved notebook stays alive: outputs of a run give way to the state that lies in the notebook."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from kommune3.content import Course
from kommune3.content.notebook import Call
from kommune3.lab import live, plan
from kommune3.lab.outputs import keep_outputs

MODULE = "modules/employee/01_opkaldet.ipynb"


def built(course: Course) -> dict[str, Any]:
    """A learner's notebook."""
    entries = plan.entries(course)
    entry = next(one for one in entries if one.source == MODULE)
    return plan.notebook(course, entry, entries, api="/kommune3/api/v1", pages="")


def run(notebook: dict[str, Any]) -> dict[str, Any]:
    """The same after Run All: fresh models, which the kernel takes with it."""
    made = deepcopy(notebook)
    for number, cell in enumerate(made["cells"]):
        if cell["cell_type"] == "code" and cell["outputs"]:
            view = {live.VIEW: {"model_id": f"{number:032}", "version_major": 2, "version_minor": 0}}
            cell["outputs"] = [
                {"output_type": "execute_result", "data": view, "metadata": {}, "execution_count": 1}
            ]
            cell["execution_count"] = 1
    return made


def test_a_run_notebook_is_saved_as_it_was_made(mini_course: Course) -> None:
    notebook = built(mini_course)
    content = run(notebook)
    assert content != notebook
    keep_outputs({"type": "notebook", "content": content}, path="a.ipynb", contents_manager=None)
    assert content == notebook


def test_what_is_not_ours_is_left_alone(mini_course: Course) -> None:
    notebook = built(mini_course)
    text = {"output_type": "stream", "name": "stdout", "text": "min egen"}
    own = {"cell_type": "code", "id": "own", "metadata": {}, "source": "print(1)", "outputs": [text]}
    notebook["cells"].append(own)
    keep_outputs({"type": "notebook", "content": notebook})
    assert notebook["cells"][-1]["outputs"] == [text]


def test_without_a_state_the_output_of_the_run_stays(mini_course: Course) -> None:
    content = run(built(mini_course))
    del content["metadata"]["widgets"]
    before = deepcopy(content)
    keep_outputs({"type": "notebook", "content": content})
    assert content == before


def test_other_files_and_odd_ones_are_left_alone() -> None:
    for model in (
        {"type": "file", "content": "x"},
        {"type": "notebook", "content": None},
        {"type": "notebook"},
    ):
        before = deepcopy(model)
        keep_outputs(model)
        assert model == before
    keep_outputs(
        {"type": "notebook", "content": {"metadata": {"widgets": []}, "cells": [1, {"cell_type": "code"}]}}
    )


def test_ids_stay_the_same_and_differ_between_calls() -> None:
    one, other = Call("scenario", ("a",)), Call("quiz", ("a",))
    assert live.model_id(one) == live.model_id(Call("scenario", ("a",)))
    assert len({live.model_id(one), live.model_id(one, 1), live.model_id(other)}) == 3
