"""The cells of a notebook that somebody sent, from its bytes: plain JSON with limits, nothing believed.

nbformat is not asked: it repeats the start of a broken file in its messages, and a reflection is private.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from kommune3.i18n import gettext as _

from .found import MOST_BYTES, too_large

MOST_CELLS = 1_000

_BYTES = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0", "Office"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)
# What a western European writes; a file in another encoding has other bytes too, and is not guessed at.
_WINDOWS = frozenset("æøåÆØÅäöüÄÖÜéèêëÉáàâíóôúßçñðþÐÞ§°´¨½£€–—‘’‚“”„•…«»\xa0".encode("cp1252"))


@dataclass(frozen=True)
class Unreadable:
    """Something that came in and could not be read. ``reason`` is a sentence that repeats none of it."""

    reason: str


@dataclass(frozen=True)
class Cell:
    """A cell as it came. ``grade_id`` is empty where nbgrader's metadata is gone."""

    kind: Literal["markdown", "code", "raw"]
    source: str
    grade_id: str = ""
    id: str = ""


@dataclass(frozen=True)
class Sent:
    """A notebook as it came. ``guessed`` is true where its letters were not UTF-8 but Windows'."""

    cells: tuple[Cell, ...]
    guessed: bool = False


def cells_of(data: bytes) -> Sent | Unreadable:
    """The notebook's cells, in order; whatever is no cell, and every output and attachment, is left out."""
    if len(data) > MOST_BYTES:
        return Unreadable(too_large())
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xfe\xff"):
        return Unreadable(_("The file is empty."))
    for start, kind in _BYTES:
        if data.startswith(start):
            return Unreadable(
                _("It is not a notebook but a file of another kind ({kind}).").format(kind=kind)
            )
    text, guessed = _text(data)
    if text is None:
        return Unreadable(
            _("The file's letters cannot be read: it is not UTF-8. Save it anew in JupyterLab.")
        )
    found = cells_in(_json(text), text)
    return Sent(found, guessed) if isinstance(found, tuple) else found


def cells_in(notebook: Any, text: str = "{") -> tuple[Cell, ...] | Unreadable:
    """The cells of parsed JSON, of notebook format 4 (any minor), later ones that keep ``cells``, or 3."""
    if isinstance(notebook, Unreadable):
        return notebook
    cells = notebook.get("cells", notebook.get("worksheets")) if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        looks = text.lstrip()[:200].lower()
        if looks.startswith("<"):
            return Unreadable(
                _("It is not a notebook but a file of another kind ({kind}).").format(kind="HTML")
            )
        return Unreadable(_("It is not a notebook."))
    if "cells" not in notebook:  # format 3 keeps them in worksheets
        sheets = [sheet.get("cells") for sheet in cells if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    if len(cells) > MOST_CELLS:
        return Unreadable(_("The notebook has more than {most} cells.").format(most=MOST_CELLS))
    return tuple(cell for raw in cells if (cell := _cell(raw)))


def _text(data: bytes) -> tuple[str | None, bool]:
    try:
        return data.decode(json.detect_encoding(data)).removeprefix("\ufeff"), False
    except UnicodeDecodeError:
        pass
    if all(byte < 0x80 or byte in _WINDOWS for byte in data):
        return data.decode("cp1252"), True
    return None, False


def _json(text: str) -> Any:
    if text.lstrip().startswith("<"):
        return None  # a page, and no JSON at all
    try:
        return json.loads(text, parse_int=_number, parse_float=_number, parse_constant=_number, strict=False)
    except RecursionError:
        return Unreadable(_("The notebook is nested too deeply to be read."))
    except ValueError:
        return Unreadable(_("The notebook is damaged: it is cut off or was changed by another program."))


def _number(written: str) -> int:
    """No number in a notebook matters here, and some would take all memory or time."""
    return int(written) if len(written) < 10 and written.isdigit() else 0


def _cell(raw: Any) -> Cell | None:
    if not isinstance(raw, dict):
        return None
    source = raw.get("source", raw.get("input"))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        return None
    kind = raw.get("cell_type")
    found: Literal["markdown", "code", "raw"] = (
        "markdown" if kind == "markdown" else "code" if kind == "code" else "raw"
    )
    name = raw.get("id")
    return Cell(found, _whole(source), _grade_id(raw.get("metadata")), name if isinstance(name, str) else "")


def _grade_id(metadata: Any) -> str:
    marked = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = marked.get("grade_id") if isinstance(marked, dict) else None
    return name if isinstance(name, str) else ""


def _whole(text: str) -> str:
    """The text without halves of signs, which no database takes."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
