"""The running text of notebooks and activities, as pieces of plain text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import BaseModel

from kommune3.engine.models import Activity

from .document import Place
from .notebook import Notebook

NOT_PROSE = {"id", "kind", "role", "to", "bucket", "reaction", "sources", "effects", "chose", "who"}


@lru_cache
def parser() -> MarkdownIt:
    """Markdown as the course uses it: CommonMark and tables."""
    return MarkdownIt("commonmark").enable("table")


def of_notebook(notebook: Notebook) -> Iterator[str]:
    """Each heading, paragraph, list item and table cell of the Markdown cells, without code."""
    for cell in notebook.cells:
        if cell.kind == "markdown":
            for token in parser().parse(cell.source):
                if token.type == "inline":
                    yield "".join(_plain(child) for child in token.children or ())


def _plain(token: Token) -> str:
    if token.type == "text":
        return token.content
    return " " if token.type in ("softbreak", "hardbreak") else ""


def of_activity(activity: Activity) -> Iterator[tuple[Place, str]]:
    """Every text that a learner may read in the activity, and where it stands."""
    return _texts(activity, ())


def _texts(part: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(part, str):
        yield place, part
    elif isinstance(part, tuple):
        for i, item in enumerate(part):
            yield from _texts(item, (*place, i))
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            if name not in NOT_PROSE:
                yield from _texts(getattr(part, name), (*place, name))
