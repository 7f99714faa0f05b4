"""The authors' guide: its examples form a valid overlay of the course, its error message is a real one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kommune3.content import Problem, check, load_course
from kommune3.content.load import attempt, places
from kommune3.content.places import base_root
from kommune3.engine.models import DRAWINGS
from kommune3.grading import release

GUIDE = (Path(__file__).parents[1] / "docs" / "authors.md").read_text(encoding="utf-8")
FOLDER = "vores-kursus"
EXAMPLE = re.compile(rf"```(?:toml|yaml)\n# {FOLDER}/(\S+)\n(.*?)```", re.DOTALL)
MESSAGE = re.compile(rf"^{FOLDER}/\S+:\d+: .*$", re.MULTILINE)
DRAWN = re.findall(r"^\| `((?:endings|arenas|profile)\(\S+\))` \|", GUIDE, re.MULTILINE)
CALLS = [
    "from kommune3.notebook import "
    "arenas, assessment, citizen_map, comparison, endings, language, plan, profile, quiz, scenario, sorter, "
    "table, timeline",
    'scenario("jubilaeet")',
    'quiz("lindby-quiz")',
    'sorter("lindby-sortering")',
    'table("lindby-skema")',
    'timeline("lindby-tid")',
    'citizen_map("lindby-kort")',
    'comparison("lindby-kilder")',
    'assessment("lindby-selv")',
    'language("lindby-sprog")',
    'plan("lindby-plan")',
    *DRAWN,
]


@pytest.fixture
def overlay(tmp_path: Path, each_text_once: None) -> Path:
    """The guide's examples as files, with a notebook that calls them all."""
    folder = tmp_path / FOLDER
    for name, text in EXAMPLE.findall(GUIDE):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # The comment with the file's name is kept, so that line numbers are those of the guide.
        path.write_text(f"# {FOLDER}/{name}\n{text}", encoding="utf-8")
    notebook = folder / "modules/employee/05_jubilaeet.ipynb"
    notebook.write_text(json.dumps(written()), encoding="utf-8")
    short_examples_allowed(folder / "course.toml")
    return folder


def short_examples_allowed(manifest: Path) -> None:
    manifest.write_text(
        manifest.read_text(encoding="utf-8") + "\n[course]\nminiature = true\n", encoding="utf-8"
    )


def written(calls: list[str] = CALLS) -> dict[str, Any]:
    """A notebook of the guide's shape."""
    title = {"cell_type": "markdown", "id": "titel", "metadata": {}, "source": "# Jubilæet [@lindby-notat]"}
    hidden = {"jupyter": {"source_hidden": True}}
    code: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"kode-{number}",
            "metadata": hidden,
            "outputs": [],
            "source": call,
        }
        for number, call in enumerate(calls)
    ]
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "kommune3": {"module": "lindby-01"},
        "language_info": {"name": "python"},
    }
    return {"cells": [title, *code], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def told(problems: list[Problem]) -> list[str]:
    """The problems in the overlay's own files, as the guide's reader meets them."""
    return [str(one) for one in problems if one.file.startswith(FOLDER)]


def test_examples_are_there() -> None:
    names = [name for name, _text in EXAMPLE.findall(GUIDE)]
    assert {"course.toml", "sources.toml"} < set(names)
    assert len(DRAWN) == len(DRAWINGS)
    assert sum(name.endswith(".yml") for name in names) == 10


def test_examples_form_a_valid_overlay(overlay: Path) -> None:
    assert told(check(overlay=overlay)) == []


def test_a_reflection_is_added_as_the_guide_says(overlay: Path) -> None:
    """Its steps, one by one: copied, given its own id, named, called, released with the real nbgrader."""
    source = overlay / "solutions/lindby/01_jubilaeet.ipynb"
    source.parent.mkdir(parents=True)
    text = (base_root() / "solutions/employee/01_hvem_ejer_sagen.ipynb").read_text(encoding="utf-8")
    for old, new in re.findall(r"`(employee-01\S+|hand_in\S+)` med `([^`]+)`", GUIDE):
        assert old in text
        text = text.replace(old, new)
    source.write_text(text, encoding="utf-8")
    (row,) = re.findall(r"```toml\n(\[\[activities\]\]\nid = \"lindby-refleksion\".*?)```", GUIDE, re.DOTALL)
    manifest = overlay / "course.toml"
    own, course = manifest.read_text(encoding="utf-8").split("\n[course]\n")
    manifest.write_text(f"{own}\n{row}\n[course]\n{course}", encoding="utf-8")
    (overlay / "modules/employee/05_jubilaeet.ipynb").write_text(
        json.dumps(written([f"{CALLS[0]}, reflection", *CALLS[1:], 'reflection("lindby-refleksion")'])),
        encoding="utf-8",
    )
    found, _problems = attempt(places(overlay, None))
    assert found
    assert release.release(found) == ["exercises/lindby/01_jubilaeet.ipynb"]
    assert told(check(overlay=overlay)) == []
    assert load_course(overlay).assignments["lindby"][0].id == "lindby-refleksion"


def test_message_is_what_check_says(overlay: Path) -> None:
    shown = MESSAGE.findall(GUIDE)
    path = overlay / "modules/employee/scenarios/jubilaeet.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("to: fest\n", "to: festen\n", 1), encoding="utf-8")
    assert shown
    assert shown[0] in told(check(overlay=overlay))
