"""The list as text for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.i18n import gettext as _
from kommune3.i18n import ngettext

from .query import Listing, PersonLine
from .rows import Labels, status_word

WIDEST = 32
"""Columns that a cell may take before it is cut."""


def text_table(listing: Listing, course: Course) -> str:
    """The people of one page in aligned columns, then how many there are in all."""
    labels = Labels(course)
    if not listing.lines:
        return _("Nobody matches.")
    head = [_("Id"), _("Name"), _("Unit"), _("Role"), _("Status"), _("Modules"), _("Newest completion")]
    table = [head, *(_cells(line, labels) for line in listing.lines)]
    lines = columns(table)
    count = ngettext("{n} person", "{n} people", listing.total).format(n=listing.total)
    page = _("page {page} of {pages}").format(page=listing.page, pages=listing.pages)
    return "\n".join([*lines, "", f"{count}, {page}"])


def _cells(line: PersonLine, labels: Labels) -> list[str]:
    person = line.person
    last = clock.today(line.last).isoformat() if line.last else ""
    progress = f"{line.done}/{line.required}"
    cells = [
        person.id,
        person.name,
        person.unit,
        labels.role(person.role),
        status_word(line.status),
        progress,
        last,
    ]
    return [cut(cell) for cell in cells]


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows in aligned columns, with a rule under the first, which is the head."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    rule = ["-" * size for size in widths]
    return [_padded(row, widths) for row in (rows[0], rule, *rows[1:])]


def _padded(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(
        cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=True)
    ).rstrip()


def width(text: str) -> int:
    """How many columns a terminal gives the text: wide signs take two, marks on a letter none."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def cut(text: str) -> str:
    """The text without control characters, cut to the widest a cell may be."""
    shown = "".join(sign for sign in text if sign.isprintable())
    while width(shown) > WIDEST:
        shown = shown[:-2] + "…"
    return shown
