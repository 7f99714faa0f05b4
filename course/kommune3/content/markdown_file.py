"""A trainer's Markdown file, read as a notebook of one cell, so that the same rules hold for its text."""

from __future__ import annotations

import json
from pathlib import Path

from .document import read_text
from .notebook import Cell, Notebook


def read_markdown(path: Path, relative: str, file: str) -> Notebook:
    """The file's text as the one Markdown cell of a notebook. Raises ContentError."""
    text = read_text(path, file)
    # Lines as a notebook's JSON would hold them: that is how a notebook finds a text's line.
    lines = tuple(json.dumps(line, ensure_ascii=False)[1:-1] for line in text.split("\n"))
    cell = Cell("text", "markdown", text, 1, raw={"cell_type": "markdown"})
    return Notebook(relative, file, (cell,), {"markdown": text}, lines)
