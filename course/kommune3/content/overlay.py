"""A municipality's partial manifest laid over the base's: tables by id, the rest by key."""

from __future__ import annotations

from typing import Any

from .document import Document, Place

Lines = dict[Place, tuple[str, int]]


def laid_over(base: Document, own: Document) -> Document:
    """The base with the overlay's values in it; every part still knows its own file and line.

    What has the wrong shape is passed on as it is, for the models to refuse.
    """
    if not isinstance(base.data, dict) or not isinstance(own.data, dict):
        return own
    data, lines = dict(base.data), dict(base.lines)
    for key, value in own.data.items():
        below = data.get(key)
        lines.setdefault((key,), own.where((key,)))
        if isinstance(value, list) and isinstance(below, list):
            data[key] = _rows(below, value, key, own, lines)
        elif isinstance(value, dict) and isinstance(below, dict):
            data[key] = {**below, **value}
            _move(own, (key,), (key,), lines)
        else:
            data[key] = value
            _move(own, (key,), (key,), lines)
    return Document(base.file, data, lines)


def _rows(below: list[Any], rows: list[Any], table: str, own: Document, lines: Lines) -> list[Any]:
    """The base's rows, changed where the overlay has the same id, and the overlay's new ones after them.

    A second row with the same id in the overlay is kept apart, so that the double is found.
    """
    merged, seen = list(below), set[str]()
    at = {str(row.get("id")): i for i, row in enumerate(below) if isinstance(row, dict)}
    for i, row in enumerate(rows):
        name = row.get("id") if isinstance(row, dict) else None
        if isinstance(name, str) and name in at and name not in seen:
            place = at[name]
            merged[place] = {**merged[place], **row}
        else:
            place = len(merged)
            merged.append(row)
        seen.add(str(name))
        lines[(table, place)] = own.where((table, i))
        _move(own, (table, i), (table, place), lines)
    return merged


def _move(own: Document, source: Place, target: Place, lines: Lines) -> None:
    """Note the overlay's lines of a part under the part's place in the merged data."""
    for place, where in own.lines.items():
        if place[: len(source)] == source:
            lines[(*target, *place[len(source) :])] = where
