"""Parsed files, kept for the next start: YAML is read by a parser in Python, seconds for a whole course.

A file is kept under a hash of its text and of the code that reads it, in the user's own cache folder
(``KOMMUNE3_CACHE``, else the operating system's). Whatever goes wrong there, the file is parsed anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from . import document, yaml_source
from .document import Document
from .yaml_source import read_yaml

SMALLEST = 2000
"""Characters; shorter files are parsed as fast as they are looked for."""
MOST = 1000
"""Files that are kept; the oldest go first."""


def read(text: str, file: str) -> Document:
    """As ``read_yaml``, from the cache where the same text was read before. Raises ContentError."""
    place = _place(text)
    if place is None:
        return read_yaml(text, file)
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        held = json.loads(place.read_text(encoding="utf-8"))
        lines = {tuple(where): (file, line) for where, line in held["lines"]}
        return Document(file, held["data"], lines)
    found = read_yaml(text, file)
    with suppress(OSError, ValueError, RecursionError):
        _keep(place, found)
    return found


def _place(text: str) -> Path | None:
    folder = _folder()
    if folder is None or len(text) < SMALLEST:
        return None
    digest = hashlib.sha256((_reader() + text).encode("utf-8", "surrogatepass")).hexdigest()
    return folder / f"{digest[:40]}.json"


@lru_cache
def _folder() -> Path | None:
    """The folder, none where it cannot be made or belongs to somebody else."""
    from platformdirs import user_cache_path

    asked = os.environ.get("KOMMUNE3_CACHE")
    folder = Path(asked) if asked else user_cache_path("kommune3", appauthor=False) / "parsed"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        stranger = hasattr(os, "getuid") and folder.stat().st_uid != os.getuid()
    except (OSError, RuntimeError):  # RuntimeError: no home
        return None
    return None if stranger else folder


@lru_cache
def _reader() -> str:
    """What a kept file depends on besides its text."""
    code = [Path(module.__file__ or "").read_bytes() for module in (yaml_source, document)]
    return hashlib.sha256(b"\0".join([*code, version("ruamel.yaml").encode()])).hexdigest()


def _keep(place: Path, found: Document) -> None:
    """Write the file whole or not at all; two that start at once write the same."""
    lines = [[list(where), line] for where, (_file, line) in found.lines.items()]
    text = json.dumps({"data": found.data, "lines": lines}, ensure_ascii=False, separators=(",", ":"))
    aside = place.with_suffix(f".{os.getpid()}")
    aside.write_text(text, encoding="utf-8")
    aside.replace(place)
    kept = list(place.parent.iterdir())
    if len(kept) > MOST:
        for old in sorted(kept, key=lambda one: one.stat().st_mtime)[: len(kept) - MOST]:
            old.unlink(missing_ok=True)
