"""A spreadsheet's row as XML. Text is stored as text, whatever it starts with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from .rows import Cell

COLUMNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_EPOCH = date(1899, 12, 30).toordinal()
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED = re.compile("(?=_x[0-9A-Fa-f]{4}_)")


def row_xml(row: Sequence[Cell], number: int, date_style: int) -> str:
    """The row at this number (counted from 1), with at most 26 cells; empty cells are left out."""
    cells = []
    for column, cell in zip(COLUMNS, row, strict=False):
        if cell is None or cell == "":
            continue
        if type(cell) is str:
            cells.append(f'<c r="{column}{number}" t="inlineStr"><is><t>{escaped(cell)}</t></is></c>')
        elif isinstance(cell, date):
            cells.append(f'<c r="{column}{number}" s="{date_style}"><v>{cell.toordinal() - _EPOCH}</v></c>')
        else:
            cells.append(f'<c r="{column}{number}"><v>{cell}</v></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


@lru_cache(maxsize=50_000)
def escaped(text: str) -> str:
    """The text for XML, without the characters that XML does not have."""
    text = _FORBIDDEN.sub("", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LOOKS_ESCAPED.sub("_x005F", text)  # else Excel reads _x0041_ as A
