"""Parsed files, kept for the next start: YAML is read by a parser in Python, seconds for a whole course.

A file is kept under a hash of its text and of the code that reads it, in the user's own cache folder
(``KOMMUNE3_CACHE``, else the operating system's). Whatever goes wrong there, the file is parsed anew.
Compiled templates (``site.jinja``) and drawn figures (``charts.kept``) lie there too.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from . import document, yaml_source
from .document import Document
from .yaml_source import read_yaml

SMALLEST = 500
"""Characters; shorter files are parsed as fast as they are looked for."""
MOST = 1000
"""Files that are kept; the oldest go first."""
_OURS = re.compile(r"[0-9a-f]{40}\.(json|code|[0-9a-f]{8})")
"""Names of files that are written here, or by ``site.jinja``. The folder may be anybody's choice, and others'
files stay."""


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
    place = folder() if len(text) >= SMALLEST else None
    reader = _reader() if place else None
    if place is None or reader is None:
        return None
    digest = hashlib.sha256((reader + text).encode("utf-8", "surrogatepass")).hexdigest()
    return place / f"{digest[:40]}.json"


@lru_cache
def folder() -> Path | None:
    """The folder, none where it cannot be made, or where somebody else could put a file into it."""
    from platformdirs import user_cache_path

    asked = os.environ.get("KOMMUNE3_CACHE")
    found = Path(asked) if asked else user_cache_path("kommune3", appauthor=False) / "parsed"
    try:
        found.mkdir(parents=True, exist_ok=True, mode=0o700)
        about = found.stat()
    except (OSError, ValueError, RuntimeError):  # ValueError: no path at all; RuntimeError: no home
        return None
    strange = hasattr(os, "getuid") and (about.st_uid != os.getuid() or about.st_mode & 0o022)
    return None if strange else found


@lru_cache
def _reader() -> str | None:
    """What a kept file depends on besides its text; None where that cannot be told."""
    try:
        code = [Path(module.__file__ or "").read_bytes() for module in (yaml_source, document)]
    except OSError:
        return None
    return hashlib.sha256(b"\0".join([*code, version("ruamel.yaml").encode()])).hexdigest()


def put(place: Path, text: str) -> None:
    """Write a file of the folder whole or not at all; two at once write the same. Raises OSError."""
    aside = place.with_suffix(f".{secrets.token_hex(4)}")
    try:
        aside.write_text(text, encoding="utf-8")
        aside.replace(place)
    finally:
        aside.unlink(missing_ok=True)  # only there where the disk is full, or somebody reads the old one


def _keep(place: Path, found: Document) -> None:
    lines = [[list(where), line] for where, (_file, line) in found.lines.items()]
    text = json.dumps({"data": found.data, "lines": lines}, ensure_ascii=False, separators=(",", ":"))
    put(place, text)
    kept = [one for one in place.parent.iterdir() if _OURS.fullmatch(one.name)]
    if len(kept) > MOST:
        for old in sorted(kept, key=lambda one: one.stat().st_mtime)[: len(kept) - MOST]:
            old.unlink(missing_ok=True)
