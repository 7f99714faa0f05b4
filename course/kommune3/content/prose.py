"""The running text of notebooks and activities, as pieces of plain text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import BaseModel

from kommune3.engine.models import Activity, Reflection

from .document import Place
from .notebook import Notebook

NOT_PROSE = {
    "id",
    "kind",
    "role",
    "to",
    "bucket",
    "reaction",
    "sources",
    "effects",
    "chose",
    "who",
    "assignment",
    "arena",
    "source",
    "words",
    "not_meant",
    "letter",
}


@lru_cache
def parser() -> MarkdownIt:
    """Markdown as the course uses it: CommonMark and tables."""
    return MarkdownIt("commonmark").enable("table")


def of_notebook(notebook: Notebook) -> Iterator[str]:
    """Each heading, paragraph, list item and table cell of the Markdown cells, without code."""
    for cell in notebook.cells:
        if cell.kind == "markdown":
            yield from of_markdown(cell.source)


@lru_cache(maxsize=1000)
def of_markdown(source: str) -> tuple[str, ...]:
    """Each heading, paragraph, list item and table cell, without code; several rules read each text."""
    tokens = parser().parse(source)
    return tuple("".join(map(_plain, token.children or ())) for token in tokens if token.type == "inline")


def _plain(token: Token) -> str:
    if token.type == "text":
        return token.content
    return " " if token.type in ("softbreak", "hardbreak") else ""


def of_activity(activity: Activity) -> Iterator[tuple[Place, str]]:
    """Every text that a learner may read in the activity, and where it stands."""
    for place, text in _texts(activity, ()):
        if isinstance(activity, Reflection) and place == ("question",):  # the one text that is Markdown
            yield from ((place, piece) for piece in of_markdown(text))
        else:
            yield place, text


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
