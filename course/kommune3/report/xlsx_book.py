"""The book without its rows: sheets with headings, widths, a filter and a place to scroll under."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from kommune3.engine import clock
from kommune3.i18n import gettext as _
from kommune3.i18n import language

from .rows import module_headings, person_headings

PEOPLE = "xl/worksheets/sheet1.xml"
DATE_STYLE = 1
"""The number that the book gives its style for dates."""
DATES = {"da": "dd-mm-yyyy", "nb": "dd.mm.yyyy", "nn": "dd.mm.yyyy", "no": "dd.mm.yyyy", "fi": "d.m.yyyy"}
"""How a language writes a date; the others as the CSV does, which nobody can misread."""
MOST_ROWS = 1_048_575
"""What a sheet holds below its headings; more rows go on in a further sheet."""

NOT_IN_TABS = re.compile(r"[\[\]:*?/\\']")
LONGEST_TAB = 24
"""Characters of a sheet's name: spreadsheets allow 31, without some signs."""

PERSON_WIDTHS = (14, 30, 32, 28, 16, 14, 16, 12, 12, 14, 12, 12)
PERSON_DATES = (9, 10, 11)
MODULE_WIDTHS = (14, 30, 28, 16, 38, 16, 14, 12, 24)
MODULE_DATES = (6,)


@dataclass(frozen=True)
class Sheet:
    """A sheet: widths in characters, which columns hold dates, and its size in rows below the headings."""

    part: str
    name: str
    headings: list[str]
    widths: tuple[int, ...]
    dates: tuple[int, ...]
    size: int


def sheets_for(people: int, lines: int) -> list[Sheet]:
    """The sheet of people, and as many of people and modules as so many lines need, one at least."""
    sheets = [Sheet(PEOPLE, _tab(_("People")), person_headings(), PERSON_WIDTHS, PERSON_DATES, people)]
    for start in range(0, max(lines, 1), MOST_ROWS):
        number = len(sheets)
        word = _tab(_("Modules"))
        name = word if number == 1 and word != sheets[0].name else f"{word} {number}"
        part = f"xl/worksheets/sheet{number + 1}.xml"
        size = min(MOST_ROWS, lines - start)
        sheets.append(Sheet(part, name, module_headings(), MODULE_WIDTHS, MODULE_DATES, size))
    return sheets


def _tab(word: str) -> str:
    """A sheet's name as spreadsheets allow it, with room for a number after it."""
    return NOT_IN_TABS.sub(" ", word).strip()[:LONGEST_TAB] or "-"


def book(sheets: list[Sheet], title: str) -> zipfile.ZipFile:
    """The book as XlsxWriter makes it, with the filters over the rows that are to come."""
    import xlsxwriter  # type: ignore[import-untyped]  # not before somebody exports: starting is quicker

    data = io.BytesIO()
    made = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False})
    made.set_properties({"title": title, "created": clock.local(clock.now()).replace(tzinfo=None)})
    head = made.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    dates = made.add_format({"num_format": DATES.get(language(), "yyyy-mm-dd")})
    for sheet in sheets:
        _lay_out(made.add_worksheet(sheet.name), sheet, head, dates)
    made.close()
    if dates.xf_index != DATE_STYLE:
        raise RuntimeError(f"XlsxWriter gave dates the style {dates.xf_index}, not {DATE_STYLE}")
    return zipfile.ZipFile(data)


def _lay_out(page: Any, sheet: Sheet, head: object, dates: object) -> None:
    page.write_row(0, 0, sheet.headings, head)
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, sheet.size, len(sheet.headings) - 1)
    page.set_landscape()
    page.repeat_rows(0)
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width, dates if column in sheet.dates else None)
