"""Drawn figures, kept for whoever shows them next: a page, a notebook and a slide show the same.

A figure is kept under a hash of what it shows and of the code that draws it, where parsed files are kept
(``content.kept``). Whatever goes wrong there, it is drawn anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from .. import i18n
from ..content import kept
from ..engine.models import Activity
from .chart import Chart

A = TypeVar("A", bound=Activity)
PACKAGE = Path(__file__).parents[1]
SHAPES = ("charts/*.py", "engine/*.py", "i18n/*.py", "locale/*/*/*.po")
"""The code and words that decide what a figure looks like."""


def chart(draw: Callable[[A], Chart], activity: A) -> Chart:
    """What ``draw`` makes of the activity, drawn only where nobody has drawn it. Raises what it raises."""
    place = _place(draw.__name__, activity)
    if place is not None:
        with suppress(OSError, ValueError, TypeError, KeyError):
            held = json.loads(place.read_text(encoding="utf-8"))
            table = {"headers": tuple(held["headers"]), "rows": tuple(map(tuple, held["rows"]))}
            return Chart(**held | table)
    found = draw(activity)
    if place is not None:
        with suppress(OSError):
            kept.put(place, json.dumps(asdict(found)))
    return found


def _place(name: str, activity: Activity) -> Path | None:
    folder = kept.folder()
    code = _code() if folder else None
    if folder is None or code is None:
        return None
    parts = "\0".join((code, i18n.edition(), name, activity.model_dump_json()))
    return folder / f"{hashlib.sha256(parts.encode('utf-8', 'surrogatepass')).hexdigest()[:40]}.json"


@lru_cache
def _code() -> str | None:
    """A hash of the code; None where it cannot be read."""
    digest = hashlib.sha256(version("matplotlib").encode())
    try:
        for file in sorted(file for shape in SHAPES for file in PACKAGE.glob(shape)):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    except OSError:
        return None
    return digest.hexdigest()
