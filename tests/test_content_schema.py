"""The published schemas are those of the models, and agree with them about real files."""

from __future__ import annotations

import tomllib
from pathlib import Path

import fastjsonschema
import pytest

from kommune3.content import Course
from kommune3.content.places import base_root
from kommune3.content.schema import schemas

FOLDER = base_root() / "course" / "schemas"


def test_published_schemas_are_in_step() -> None:
    published = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert published == schemas(), "Run: python tools/schemas.py"


def compiled(name: str) -> object:
    import json

    return fastjsonschema.compile(json.loads(schemas()[f"{name}.schema.json"]))


@pytest.mark.parametrize("name", ["opkaldet", "baenk-quiz", "baenk-sorter", "baenk-tabel", "baenk-tid"])
def test_schema_takes_a_good_file_and_refuses_a_bad_one(name: str, mini_course: Course) -> None:
    validate = compiled(mini_course.activities[name].kind)
    data = mini_course.documents[name].data
    validate(data)  # type: ignore[operator]
    with pytest.raises(fastjsonschema.JsonSchemaValueException):
        validate({**data, "titel": "x"})  # type: ignore[operator]


@pytest.mark.parametrize("name", ["course", "sources"])
def test_schema_takes_the_manifest(name: str, mini_root: Path) -> None:
    data = tomllib.loads((mini_root / "course" / f"{name}.toml").read_text(encoding="utf-8"))
    compiled(name)(data)  # type: ignore[operator]
