"""Telling what a learner wrote from what we wrote, and renewing ours without touching theirs."""

from __future__ import annotations

import hashlib
import json
from copy import deepcopy
from typing import Any

BACK = "kommune3-back"
"""The id of the cell that leads back to the page. It is ours, and no part of the text."""

Json = dict[str, Any]


def fingerprint(notebook: Json) -> str:
    """What the notebook's cells say, in order. Running, saving and our own link back do not change it."""
    cells = [
        [cell.get("cell_type"), text_of(cell), cell.get("attachments") or {}]
        for cell in notebook.get("cells", [])
        if cell.get("id") != BACK
    ]
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


def text_of(cell: Json) -> str:
    """A cell's source as one text."""
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else str(source)


def renewed(theirs: Json, ours: Json) -> Json:
    """The learner's notebook with today's exercises in it: the outputs of our calls, and the link back."""
    fresh = {text_of(cell): cell for cell in ours["cells"] if cell["cell_type"] == "code"}
    back = next((cell for cell in ours["cells"] if cell["id"] == BACK), None)
    made = deepcopy(theirs)
    for cell in made["cells"]:
        ours_too = fresh.get(text_of(cell)) if cell.get("cell_type") == "code" else None
        if ours_too is not None:
            cell["outputs"] = deepcopy(ours_too["outputs"])
            cell["execution_count"] = None
        if back is not None and cell.get("id") == BACK:
            cell["source"] = back["source"]
    metadata = made.setdefault("metadata", {})
    for part in ("kernelspec", "widgets"):
        if part in ours["metadata"]:
            metadata[part] = deepcopy(ours["metadata"][part])
    return made


def ours_alone(notebook: Json, ours: Json) -> bool:
    """Whether every output in the notebook is one that we made, so that it may be trusted."""
    known = [json.dumps(cell["outputs"], sort_keys=True) for cell in ours["cells"] if cell.get("outputs")]
    return all(
        json.dumps(cell["outputs"], sort_keys=True) in known
        for cell in notebook["cells"]
        if cell.get("cell_type") == "code" and cell.get("outputs")
    )


def read(text: str) -> Json | None:
    """The notebook in a file's text; none where it is no notebook that can be renewed."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    cells = found.get("cells") if isinstance(found, dict) else None
    sound = isinstance(cells, list) and all(isinstance(cell, dict) for cell in cells)
    return found if sound and found.get("nbformat") == 4 and isinstance(found.get("metadata"), dict) else None


def written(notebook: Json) -> str:
    """The notebook as the text of a file."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
