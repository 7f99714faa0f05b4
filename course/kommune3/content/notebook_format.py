"""nbformat's own schema of notebook format 4.5, without importing nbformat, which takes seconds."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import fastjsonschema


def breach(notebook: Any) -> tuple[str, int | None] | None:
    """What first breaks the format, and the index of its cell; none where all is well."""
    try:
        _validator()(notebook)
    except fastjsonschema.JsonSchemaValueException as error:
        path = [str(part) for part in error.path]
        cell = int(path[2]) if len(path) > 2 and path[1] == "cells" else None
        return str(error.message).replace("data.", "", 1)[:200], cell
    return None


@lru_cache
def _validator() -> Callable[[Any], Any]:
    spec = find_spec("nbformat")
    assert spec is not None  # noqa: S101  a dependency
    assert spec.origin is not None  # noqa: S101
    path = Path(spec.origin).parent / "v4" / "nbformat.v4.5.schema.json"
    validator: Callable[[Any], Any] = fastjsonschema.compile(json.loads(path.read_text(encoding="utf-8")))
    return validator
