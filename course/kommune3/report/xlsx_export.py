"""XLSX for large municipalities: XlsxWriter makes the book, the rows are streamed into it.

XlsxWriter takes some microseconds a cell, which is half a minute for 150,000 people. So it writes a book
with headings, widths, filters and styles but no rows, and the rows go into its sheets on the way to the
file, as XML whose parts are reused from row to row. Text is always text, never a formula.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice, repeat
from typing import IO, Any

from kommune3.content import Course
from kommune3.i18n import language
from kommune3.register import Register

from . import xlsx_book
from .everyone import Alike, Chunk, everyone, roles_of
from .query import Query
from .rows import Labels
from .xlsx_book import DATE_STYLE, PEOPLE, Sheet, book, sheets_for
from .xlsx_cells import ROW, cells_xml, column_xml, row_xml

CHUNK = 2000
"""Rows written at a time."""


def write_xlsx(register: Register, course: Course, query: Query, file: IO[bytes]) -> None:
    """Write the book to a binary file: a sheet of people, and sheets of people and modules."""
    with register.read() as session, tempfile.TemporaryFile() as aside:
        roles = roles_of(session, course, query)
        lines = sum(people * len(course.modules_of(*alike)) for alike, people in roles.items())
        sheets = sheets_for(sum(roles.values()), lines)
        rows = _rows(everyone(session, course, query), Labels(course), aside)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
            blank = _copied(book(sheets, course.info.title), out, sheets)
            for sheet in sheets[1:]:
                _fill(out, sheet, blank[sheet.part], _pieces(islice(rows, sheet.size)))
            next(rows, None)  # the sheets took all the rows; this lets it put the last people aside
            aside.seek(0)
            _fill(out, sheets[0], blank[PEOPLE], iter(lambda: aside.read(1 << 20), b""))


def _rows(chunks: Iterable[Chunk], labels: Labels, aside: IO[bytes]) -> Iterator[str]:
    """Each row of people and modules; each person's own row goes aside on the way.

    So everybody is read once, though they are on two sheets and a zip is written one file at a time.
    """
    shared, ending = _alike_xml(labels), _end_xml(labels)
    days_xml = _kept(lambda days: cells_xml(days, DATE_STYLE, 9))
    number, place = 2, (row for _sheet in repeat(None) for row in range(2, xlsx_book.MOST_ROWS + 2))
    for chunk in chunks:
        people = []
        texts = (column_xml(texts, column) for column, texts in enumerate(chunk[:3]))
        for own, name, email, (alike, days, modules) in zip(*texts, chunk.standings, strict=True):
            middle, beside = shared(alike)
            people.append(row_xml(f"{own}{name}{email}{middle}{days_xml(days)}", number))
            number += 1
            *start, last = f'<row r="{ROW}">{own}{name}{beside}'.split(ROW)
            for module in modules:
                first, *rest = ending(module)
                yield str(next(place)).join([*start, last + first, *rest])
        aside.write("".join(people).encode("utf-8"))


def _alike_xml(labels: Labels) -> Callable[[Any], Any]:
    """What many people have in common, on the sheet of people, and of it what is on the others."""

    def made(alike: Alike) -> tuple[str, str]:
        cells = labels.person_cells(alike)
        return cells_xml(cells, DATE_STYLE, 3), cells_xml(cells[:2], DATE_STYLE, 2)

    return _kept(made)


def _end_xml(labels: Labels) -> Callable[[Any], Any]:
    """The end of a row from the module on, cut where the row's number goes."""
    return _kept(lambda module: (cells_xml(labels.module_cells(module), DATE_STYLE, 4) + "</row>").split(ROW))


def _kept(made: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Cells that many rows have in common are put together once."""
    return lru_cache(maxsize=50_000)(made)


def _pieces(rows: Iterator[str]) -> Iterator[bytes]:
    """The rows, some thousand at a time."""
    while piece := "".join(islice(rows, CHUNK)):
        yield piece.encode("utf-8")


def _copied(source: zipfile.ZipFile, out: zipfile.ZipFile, sheets: list[Sheet]) -> dict[str, str]:
    """Copy all of the book but its sheets, and return those."""
    parts = {name: source.read(name).decode("utf-8") for name in source.namelist()}
    blank = {sheet.part: parts.pop(sheet.part) for sheet in sheets}
    for name, content in parts.items():
        if name == "docProps/core.xml":
            tag = f"<dc:language>{language()}</dc:language></cp:coreProperties>"
            content = content.replace("</cp:coreProperties>", tag)
        out.writestr(name, content)
    return blank


def _fill(out: zipfile.ZipFile, sheet: Sheet, blank: str, rows: Iterable[bytes]) -> None:
    """Write the sheet with its rows after the headings."""
    before, closing, after = blank.partition("</sheetData>")
    with out.open(sheet.part, "w", force_zip64=True) as part:
        part.write(before.encode("utf-8"))
        for chunk in rows:
            part.write(chunk)
        part.write((closing + after).encode("utf-8"))
