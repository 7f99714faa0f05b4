"""Markdown in pieces that stay whole, laid out on as many slides as they take.

Heights are lines of text at 26 px, worked out from the number of letters; the page itself then sets the text
as large as it fits, and a test looks at every slide.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from markdown_it.token import Token
from markupsafe import Markup

LINE = 78
"""Letters on a line across the slide."""
CAPACITY = 12.0
"""Lines on a slide below its heading."""
SLACK = 1.15
"""How much fuller the last slide may be, rather than leave one line for another."""
CELL = 3
"""Letters' worth of space around a cell."""

Render = Callable[[Sequence[Token]], str]
Kind = Literal["paragraph", "heading", "list", "table", "other"]


@dataclass(frozen=True)
class Piece:
    """What is never divided. Pieces of the same ``group`` stand together between ``before`` and ``after``."""

    html: str
    lines: float
    kind: Kind = "paragraph"
    text: str = ""
    group: int = -1
    before: str = ""
    after: str = ""
    head: float = 0.0
    """Lines that ``before`` takes."""


def height(text: str, letters: float = LINE) -> int:
    """The lines that a text takes, at so many letters a line."""
    return max(1, math.ceil(len(text) / max(letters, 6)))


def row_height(cells: Sequence[str]) -> float:
    """The lines that a table's row takes, all columns alike."""
    return max(height(cell, LINE / len(cells) - CELL) for cell in cells) + 0.6


def pieces(tokens: Sequence[Token], render: Render) -> list[Piece]:
    """The pieces of a text in order: paragraphs, a list's items, a table's rows."""
    found: list[Piece] = []
    for number, block in enumerate(_blocks(tokens)):
        match block[0].type:
            case "bullet_list_open" | "ordered_list_open":
                found += _items(block, render, number)
            case "table_open":
                found += _rows(block, render, number)
            case "heading_open":
                found.append(Piece(render(block), 1.8, "heading", text_of(block)))
            case "paragraph_open":
                text = text_of(block)
                found.append(Piece(render(block), height(text) + 0.5, "paragraph", text))
            case "hr":
                continue
            case _:
                found.append(Piece(render(block), height(text_of(block)) + 1, "other", text_of(block)))
    return found


def text_of(tokens: Iterable[Token]) -> str:
    """The words of some tokens, without marks and citations."""
    said = [_said(child) for token in tokens for child in token.children or ()]
    return " ".join("".join(said).split())


def _said(token: Token) -> str:
    if token.type in ("text", "code_inline"):
        return str(token.content)
    return " " if token.type in ("softbreak", "hardbreak") else ""


def _blocks(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens by what stands at the outermost level."""
    found: list[list[Token]] = []
    depth = 0
    for token in tokens:
        if depth == 0:
            found.append([])
        found[-1].append(token)
        depth += token.nesting
    return found


def _items(block: list[Token], render: Render, group: int) -> list[Piece]:
    ordered, first = block[0].tag == "ol", int(block[0].attrGet("start") or 1)
    found = []
    for number, item in enumerate(_blocks(block[1:-1]), start=first):
        before, after = (f'<ol start="{number}">', "</ol>") if ordered else ("<ul>", "</ul>")
        text = text_of(item)
        found.append(Piece(render(item), height(text, LINE - 4) + 0.3, "list", text, group, before, after))
    return found


def _rows(block: list[Token], render: Render, group: int) -> list[Piece]:
    inside = _blocks(block[1:-1])
    head, rows = inside[0], [row for part in inside[1:] for row in _blocks(part[1:-1])]
    before, after = f"<table>{render(head)}<tbody>", "</tbody></table>"
    found = []
    for row in rows:
        cells = [text_of(cell) for cell in _blocks(row[1:-1])]
        text = " ".join(cells)
        found.append(Piece(render(row), row_height(cells), "table", text, group, before, after, 1.6))
    return found


def pages(found: Sequence[Piece], capacity: float = CAPACITY) -> list[list[Piece]]:
    """The pieces on as few slides as they take, about equally full; a heading stays with what follows it."""
    total = sum(piece.lines for piece in found)
    wanted = max(1, math.ceil(total / capacity))
    enough = total / wanted
    made: list[list[Piece]] = [[]]
    for piece in found:
        used = _used(made[-1])
        last = len(made) >= wanted
        room = capacity * SLACK if last else capacity
        if made[-1] and (used + piece.lines > room or (not last and used + piece.lines / 2 >= enough)):
            follows = [made[-1].pop()] if made[-1][-1].kind == "heading" and len(made[-1]) > 1 else []
            made.append(follows)
        made[-1].append(piece)
    return [page for page in made if page]


def _used(page: Sequence[Piece]) -> float:
    heads = {piece.group: piece.head for piece in page}
    return sum(piece.lines for piece in page) + sum(heads.values())


def html(page: Sequence[Piece]) -> Markup:
    """The pieces of a slide, lists and tables whole again."""
    made = []
    for group, run in groupby(page, key=lambda piece: piece.group):
        alike = list(run)
        inside = "".join(piece.html for piece in alike)
        made.append(inside if group < 0 else f"{alike[0].before}{inside}{alike[0].after}")
    return Markup("".join(made))  # noqa: S704, rendered from Markdown without HTML
