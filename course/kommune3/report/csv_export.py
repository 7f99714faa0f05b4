"""CSV that Danish Excel opens with a double click: UTF-8 with a mark, semicolons, no formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import IO

from kommune3.content import Course
from kommune3.register import Register

from .listing import everyone
from .query import Query
from .rows import Cell, Labels, module_headings, module_rows

RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\x00")
"""What a spreadsheet may take for the start of a formula; some also read the wide signs so."""
LINES = 5000
"""Lines handed over at a time."""


def safe(cell: Cell) -> str:
    """The cell as text that no spreadsheet runs as a formula: a quotation mark goes before one."""
    if isinstance(cell, date):
        return cell.isoformat()
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(RISKY) or text.lstrip().startswith(RISKY) else text


def csv_chunks(register: Register, course: Course, query: Query) -> Iterator[str]:
    """The file in pieces: one line per person and module, for all who match the query."""
    labels = Labels(course)
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(module_headings())
    with register.read() as session:
        for count, line in enumerate(everyone(session, course, query), 1):
            writer.writerows([safe(cell) for cell in row] for row in module_rows(line, labels))
            if count % LINES == 0:
                yield _emptied(buffer)
    yield _emptied(buffer)


def write_csv(register: Register, course: Course, query: Query, file: IO[bytes]) -> None:
    """Write ``csv_chunks`` to a binary file."""
    file.write(b"\xef\xbb\xbf")
    for chunk in csv_chunks(register, course, query):
        file.write(chunk.encode("utf-8"))


def _emptied(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
