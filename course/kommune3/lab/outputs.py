"""Keeping a notebook alive when it is saved.

Running a cell makes a fresh widget that ends with the kernel. So a call's output is saved as we made it:
it points to the state that lies in the notebook, and shows live when the notebook is opened again.
"""

from __future__ import annotations

from typing import Any

from . import live
from .edition import text_of


def keep_outputs(model: dict[str, Any], **_given: Any) -> None:
    """Jupyter's hook before saving: put our outputs back in place of those of a run."""
    if model.get("type") == "notebook" and isinstance(model.get("content"), dict):
        put_back(model["content"])


def put_back(notebook: dict[str, Any]) -> None:
    """Let each call's output point to its widget's stored state, where the notebook holds it."""
    try:
        states = notebook["metadata"]["widgets"][live.STATE]["state"]
    except (KeyError, TypeError):
        return
    for cell in notebook.get("cells", []):
        call = live.call_of(text_of(cell)) if cell.get("cell_type") == "code" else None
        if call is not None and live.model_id(call) in states:
            cell["outputs"] = [live.view(call)]
            cell["execution_count"] = None
