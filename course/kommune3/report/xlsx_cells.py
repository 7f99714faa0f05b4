"""A spreadsheet's row as XML. Text is stored as text, whatever it starts with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from .rows import Cell

COLUMNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_EPOCH = date(1899, 12, 30).toordinal()
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ODD = re.compile("[^\n !-%'-;=?-^`-~\xa0-\ud7ff]")
"""Anything that may need more than to be written as it is."""
_LOOKS_ESCAPED = re.compile("(?=_x[0-9A-Fa-f]{4}_)")


ROW = "\0"
"""Stands for the row's number, which no text can hold, until it is known."""
_BEFORE = [f'<c r="{column}{ROW}" t="inlineStr"><is><t>' for column in COLUMNS]
_AFTER = "</t></is></c>"


def cells_xml(cells: Sequence[Cell], date_style: int, first: int = 0) -> str:
    """The cells from the given column on (0 is A, 25 the last), for ``row_xml``; empty ones are left out."""
    return "".join([_cell(place, cell, date_style) for place, cell in enumerate(cells, first)])


def column_xml(texts: Sequence[str], place: int) -> list[str]:
    """A column's cells, of texts that do not come again, such as names; ``texts`` are at least one."""
    before = _BEFORE[place]
    return [before + text + _AFTER if text else "" for text in _escaped_together(texts)]


def row_xml(cells: str, number: int) -> str:
    """The row at this number, counted from 1."""
    return str(number).join(f'<row r="{ROW}">{cells}</row>'.split(ROW))


def _cell(place: int, cell: Cell, date_style: int) -> str:
    column = COLUMNS[place]
    if cell is None or cell == "":
        return ""
    if isinstance(cell, str):
        return _BEFORE[place] + escaped(cell) + _AFTER
    if isinstance(cell, date):
        return f'<c r="{column}{ROW}" s="{date_style}"><v>{cell.toordinal() - _EPOCH}</v></c>'
    return f'<c r="{column}{ROW}"><v>{cell}</v></c>'


def _escaped_together(texts: Sequence[str]) -> Sequence[str]:
    """Each text ``escaped``: all at once, parted by newlines, which are left as they are."""
    together = escaped("\n".join(texts)).split("\n")
    return together if len(together) == len(texts) else [escaped(text) for text in texts]


def escaped(text: str) -> str:
    """The text for XML in ASCII, without the characters that XML does not have.

    One letter beyond ASCII would make Python encode all that is written with it sign by sign.
    """
    if _ODD.search(text):
        text = _FORBIDDEN.sub("", text)
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        text = _LOOKS_ESCAPED.sub("_x005F", text)  # else Excel reads _x0041_ as A
    return text if text.isascii() else text.encode("ascii", "xmlcharrefreplace").decode("ascii")
