"""CSV that Danish Excel opens with a double click: UTF-8 with a mark, semicolons, no formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import IO

from kommune3.content import Course
from kommune3.register import Register

from .everyone import everyone
from .query import Query
from .rows import Cell, Labels, module_headings

RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\x00")
"""What a spreadsheet may take for the start of a formula; some also read the wide signs so."""
SEPARATOR, END = ";", "\r\n"
KEPT = 20_000
"""Cells kept that many lines have in common."""


def safe(cell: Cell) -> str:
    """The cell as text that no spreadsheet runs as a formula: a quotation mark goes before one."""
    if isinstance(cell, date):
        return cell.isoformat()
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(RISKY) or text.lstrip().startswith(RISKY) else text


def csv_chunks(register: Register, course: Course, query: Query) -> Iterator[str]:
    """The file in pieces: one line per person and module, for all who match the query."""
    labels = Labels(course)
    place = lru_cache(maxsize=KEPT)(lambda unit, role: fields((unit, labels.role(role))))
    ending = lru_cache(maxsize=KEPT)(lambda module: fields(labels.module_cells(module)) + END)
    yield fields(module_headings()) + END
    with register.read() as session:
        for chunk in everyone(session, course, query):
            lines: list[str] = []
            for own, name, standing in zip(chunk.ids, chunk.names, chunk.standings, strict=True):
                start = f"{fields((own, name))}{SEPARATOR}{place(*standing.alike[:2])}{SEPARATOR}"
                lines += [start + ending(module) for module in standing.modules]
            yield "".join(lines)


def fields(cells: Iterable[Cell]) -> str:
    """Part of a line, quoted where it must be; at least two cells, as a single empty one is quoted."""
    written = io.StringIO()
    csv.writer(written, delimiter=SEPARATOR, lineterminator=END).writerow(map(safe, cells))
    return written.getvalue().removesuffix(END)


def write_csv(register: Register, course: Course, query: Query, file: IO[bytes]) -> None:
    """Write ``csv_chunks`` to a binary file."""
    file.write(b"\xef\xbb\xbf")
    for chunk in csv_chunks(register, course, query):
        file.write(chunk.encode("utf-8"))
