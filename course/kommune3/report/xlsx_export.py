"""XLSX for large municipalities: XlsxWriter makes the book, the rows are streamed into it.

XlsxWriter takes some microseconds a cell, which is half a minute for 150,000 people; a row written as one
piece of text takes a tenth. So XlsxWriter writes a book with headings, widths, filters and styles but no
rows, and the rows go into its sheets on the way to the file. Text is always text, never a formula.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO

import xlsxwriter  # type: ignore[import-untyped]

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.i18n import gettext as _
from kommune3.i18n import language
from kommune3.register import Register

from .listing import everyone, roles_of
from .query import Query
from .rows import Cell, Labels, module_headings, module_rows, person_headings, person_row
from .xlsx_cells import row_xml

MOST_ROWS = 1_048_575
"""What a sheet holds below its headings; more rows go on in a further sheet."""
CHUNK = 2000
"""Rows written at a time."""


@dataclass(frozen=True)
class Sheet:
    """A sheet to be: widths are in characters, ``dates`` the places of columns of dates, ``size`` is in rows."""

    name: str
    headings: list[str]
    widths: list[int]
    dates: set[int]
    size: int
    rows: Iterator[list[Cell]]


def write_xlsx(register: Register, course: Course, query: Query, file: IO[bytes]) -> None:
    """Write the book to a binary file: a sheet of people, and sheets of people and modules."""
    labels = Labels(course)
    with register.read() as session:
        roles = roles_of(session, course, query)
        lines = sum(people * len(course.modules_of(role)) for role, people in roles.items())
        people = (person_row(line, labels) for line in everyone(session, course, query))
        modules = (row for line in everyone(session, course, query) for row in module_rows(line, labels))
        sheets = [
            Sheet(_("People"), person_headings(), PERSON_WIDTHS, PERSON_DATES, sum(roles.values()), people),
            *_module_sheets(lines, modules),
        ]
        _write(sheets, course.info.title, file)


PERSON_WIDTHS = [14, 30, 32, 28, 16, 14, 16, 12, 12, 14, 12, 12]
PERSON_DATES = {9, 10, 11}
MODULE_WIDTHS = [14, 30, 28, 16, 38, 16, 14, 12, 24]
MODULE_DATES = {6}


def _module_sheets(lines: int, rows: Iterator[list[Cell]]) -> Iterator[Sheet]:
    for number, start in enumerate(range(0, max(lines, 1), MOST_ROWS), 1):
        size = min(MOST_ROWS, lines - start)
        name = _("Modules") if number == 1 else f"{_('Modules')} {number}"
        yield Sheet(name, module_headings(), MODULE_WIDTHS, MODULE_DATES, size, islice(rows, size))


def _write(sheets: list[Sheet], title: str, file: IO[bytes]) -> None:
    book, date_style = _book(sheets, title)
    parts = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, 1)}
    with (
        zipfile.ZipFile(book) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out,
    ):
        for name in source.namelist():
            content = source.read(name).decode("utf-8")
            if name == "docProps/core.xml":
                tag = f"<dc:language>{language()}</dc:language></cp:coreProperties>"
                content = content.replace("</cp:coreProperties>", tag)
            with out.open(name, "w", force_zip64=name in parts) as part:
                if name in parts:
                    _fill(part, content, parts[name].rows, date_style)
                else:
                    part.write(content.encode("utf-8"))


def _fill(part: IO[bytes], content: str, rows: Iterator[list[Cell]], date_style: int) -> None:
    """Write the sheet with its rows after the headings."""
    before, closing, after = content.partition("</sheetData>")
    part.write(before.encode("utf-8"))
    number = 2
    while chunk := list(islice(rows, CHUNK)):
        xml = "".join([row_xml(row, place, date_style) for place, row in enumerate(chunk, number)])
        part.write(xml.encode("utf-8"))
        number += len(chunk)
    part.write((closing + after).encode("utf-8"))


def _book(sheets: Iterable[Sheet], title: str) -> tuple[io.BytesIO, int]:
    """The book without rows, and the number of its style for dates."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    book.set_properties({"title": title, "created": clock.local(clock.now()).replace(tzinfo=None)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    dates = book.add_format({"num_format": "dd-mm-yyyy"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.write_row(0, 0, sheet.headings, head)
        page.freeze_panes(1, 2)
        page.autofilter(0, 0, sheet.size, len(sheet.headings) - 1)
        page.set_landscape()
        page.repeat_rows(0)
        for column, width in enumerate(sheet.widths):
            page.set_column(column, column, width, dates if column in sheet.dates else None)
    book.close()
    data.seek(0)
    return data, dates.xf_index
