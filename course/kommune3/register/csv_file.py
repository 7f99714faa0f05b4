"""A spreadsheet's CSV, whatever encoding, separator and quoting it was saved with."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kommune3.engine.normal import normal
from kommune3.i18n import gettext as _

MOST_BYTES = 20_000_000
DELIMITERS = ";,\t"
UNREAD = "\N{REPLACEMENT CHARACTER}"
"""Stands for bytes that are no letter in the file's encoding."""
_SECOND = "".join(bytes([byte]).decode("cp1252", errors="ignore") for byte in range(0x80, 0xC0))
MANGLED = re.compile(f"\N{LATIN CAPITAL LETTER A WITH TILDE}[\x80-\x9f{_SECOND}]")
"""A letter such as ø in UTF-8, read as Windows-1252: two signs that no name has beside each other."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class RosterProblem:
    """Something wrong in a file: where (the line, counted from 1; None for all of it), what, what to do."""

    line: int | None
    what: str
    hint: str = ""

    def __str__(self) -> str:
        """The sentence to show."""
        place = _("Line {line}: ").format(line=self.line) if self.line else ""
        return f"{place}{self.what} {self.hint}".strip()


class Unreadable(Exception):
    """The file cannot be read as CSV at all."""

    def __init__(self, what: str, hint: str = "", line: int | None = None) -> None:
        super().__init__(what)
        self.problem = RosterProblem(line, what, hint)


def decode(data: bytes) -> str:
    """The text: UTF-8 or UTF-16, marked or not, else Windows-1252. Raises Unreadable for other files."""
    if len(data) > MOST_BYTES:
        raise Unreadable(
            _("The file is larger than 20 MB."), _("A staff list is much smaller; is it the right file?")
        )
    if data.startswith(_SPREADSHEETS):
        raise Unreadable(_("This is a spreadsheet, not a CSV file."), _("Open it and choose “Save as” CSV."))
    if data.startswith(b"%PDF"):
        raise Unreadable(_("This is a PDF, not a CSV file."))
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    return _unmarked(data)


def _unmarked(data: bytes) -> str:
    if len(data) % 2 == 0 and data[:2000].count(0) > len(data[:2000]) // 4:
        return _strictly(data, "utf-16-be" if data[0] == 0 else "utf-16-le")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # what Danish Excel saves as "CSV"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            _("The file is damaged: it is not {encoding} as it says.").format(encoding=encoding)
        ) from error


def rows(text: str, known: set[str]) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, with the line it starts on; the header first.

    The separator is the one that finds most of the known headings. Raises Unreadable.
    """
    separator, skip = _separator(text, known)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for row in reader:
            if line > skip and any(cell.strip() for cell in row):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(*_quoting(str(error)), line=line) from error


def _quoting(error: str) -> tuple[str, str]:
    if "field larger" in error:
        return _("A field is far too long."), _("Is a quotation mark missing where it should end?")
    return _("The quotation marks do not match."), _('A field that starts with " must end with one.')


def _separator(text: str, known: set[str]) -> tuple[str, int]:
    """The separator, and how many lines to skip: Excel may say ``sep=;`` in a first line of its own."""
    first = next((line for line in text.splitlines() if any(map(str.isalnum, line))), "")
    stated = first.strip(' "').lower()  # a tab may be what it says
    if stated.startswith("sep=") and len(stated) == 5 and stated[4] != "\0":
        return stated[4], 1
    return max(DELIMITERS, key=lambda sign: _hits(first, sign, known)), 0


def _hits(header: str, separator: str, known: set[str]) -> int:
    return sum(heading(cell) in known for cell in header.split(separator))


def heading(cell: str) -> str:
    """A column's heading without case, spaces, quotation marks, hyphens and full stops."""
    return "".join(sign for sign in normal("NFC", cell).casefold() if sign.isalnum())


def clean(cell: str) -> str:
    """The cell's text on one line, without spaces around it; å is one sign, whatever the Mac made of it."""
    return normal("NFC", " ".join(cell.split())) if cell else ""


def controls(cells: Sequence[str]) -> bool:
    """Whether a cell holds a control character that is no space or line break."""
    text = "".join(cells)
    return not text.isprintable() and any(
        (sign < " " and sign not in "\t\r\n") or "\x7f" <= sign <= "\x9f" or sign in _DIRECTIONS
        for sign in text
    )


# they make a name read other than it is stored, or are not seen at all
_DIRECTIONS = "\u061c\u200b\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
