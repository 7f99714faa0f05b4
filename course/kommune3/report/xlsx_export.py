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
from itertools import islice
from typing import IO, Any

from kommune3.content import Course
from kommune3.i18n import language
from kommune3.register import Register

from .listing import everyone, roles_of
from .query import PersonLine, Query
from .rows import Labels, module_of, person_days, standing_of
from .xlsx_book import DATE_STYLE, PEOPLE, Sheet, book, sheets_for
from .xlsx_cells import cells_xml, row_xml, unique_xml

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
                _fill(out, sheet, blank[sheet.part], _numbered(islice(rows, sheet.size)))
            next(rows, None)  # the sheets took all the rows; this lets it put the last people aside
            aside.seek(0)
            _fill(out, sheets[0], blank[PEOPLE], iter(lambda: aside.read(1 << 20), b""))


def _rows(lines: Iterable[PersonLine], labels: Labels, aside: IO[bytes]) -> Iterator[str]:
    """The cells of each line of people and modules; each person's own row goes aside on the way.

    So everybody is read once, though they are on two sheets and a zip is written one file at a time.
    """
    waiting: list[str] = []
    standing = _kept(lambda alike: cells_xml(labels.standing(*alike), DATE_STYLE, 3))
    days = _kept(lambda alike: cells_xml(alike, DATE_STYLE, 9))
    place = _kept(lambda alike: cells_xml((alike[0], labels.role(alike[1])), DATE_STYLE, 2))
    module_xml = _kept(lambda alike: cells_xml(labels.module_cells(*alike), DATE_STYLE, 4))
    for number, line in enumerate(lines, 2):
        person = line.person
        own, name, email = unique_xml((person.id, person.name, person.email))
        cells = f"{own}{name}{email}{standing(standing_of(line))}{days(person_days(line))}"
        waiting.append(row_xml(cells, number))
        if len(waiting) == CHUNK:
            aside.write("".join(waiting).encode("utf-8"))
            waiting.clear()
        start, status = own + name + place((person.unit, person.role)), line.status
        for module in line.modules:
            yield start + module_xml(module_of(module, status))
    aside.write("".join(waiting).encode("utf-8"))


def _kept(made: Callable[[tuple[Any, ...]], str]) -> Callable[[tuple[Any, ...]], str]:
    """Cells that many rows have in common are put together once."""
    return lru_cache(maxsize=50_000)(made)


def _numbered(rows: Iterator[str]) -> Iterator[bytes]:
    """The rows below the headings, some thousand at a time."""
    number = 2
    while chunk := list(islice(rows, CHUNK)):
        yield "".join([row_xml(cells, place) for place, cells in enumerate(chunk, number)]).encode("utf-8")
        number += len(chunk)


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
