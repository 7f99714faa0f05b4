"""A JSON Schema for each file format, so that editors can help and complain while one types."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from .content_map import ContentMap
from .load import MODELS as WRITTEN
from .manifest import Manifest, SourceList

MODELS: dict[str, type[BaseModel]] = {
    "course": Manifest,
    "content-map": ContentMap,
    "sources": SourceList,
    **WRITTEN,
}


def schemas() -> dict[str, str]:
    """The text of each schema file by its name, for example ``quiz.schema.json``."""
    return {f"{name}.schema.json": _text(model) for name, model in MODELS.items()}


def _text(model: type[BaseModel]) -> str:
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema |= model.model_json_schema()
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
