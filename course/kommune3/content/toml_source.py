"""TOML through the standard library, with the lines of tables and keys found beside it."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from kommune3.i18n import gettext as _

from .document import MAX_DEPTH, Document, Place, fault

TABLE = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_-]+)\s*\]")
KEY = re.compile(r"""\s*["']?([A-Za-z0-9_-]+)["']?\s*=""")
AT = re.compile(r"\s*\(at line (\d+), column \d+\)|\s*\(at end of document\)")


def read_toml(text: str, file: str) -> Document:
    """The file's data. Raises ContentError with the line of what cannot be read."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        why = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "nesting"
        at = AT.search(why)
        line = int(at[1]) if at and at[1] else text.count("\n") + 1
        what = _("is not valid TOML: {why}").format(why=AT.sub("", why))
        raise fault(file, line, what, _("Texts stand in quotes, and no key stands twice")) from error
    if _depth(data) > MAX_DEPTH:
        raise fault(file, None, _("is nested more than {depth} levels deep").format(depth=MAX_DEPTH))
    return Document(file, data, _lines(text, file))


def _lines(text: str, file: str) -> dict[Place, tuple[str, int]]:
    """Where tables and their keys stand. What stands in a text of several lines is not looked at."""
    lines: dict[Place, tuple[str, int]] = {(): (file, 1)}
    table: Place = ()
    counts: dict[str, int] = {}
    fence = ""
    for number, line in enumerate(text.split("\n"), start=1):
        inside, fence = bool(fence), _fence(line, fence)
        if inside:
            continue
        if head := TABLE.match(line):
            name = head[2]
            table = (name, counts.get(name, 0)) if head[1] == "[[" else (name,)
            counts[name] = counts.get(name, 0) + 1
            lines.setdefault((name,), (file, number))
            lines[table] = (file, number)
        elif key := KEY.match(line):
            lines.setdefault((*table, key[1]), (file, number))
    return lines


def _fence(line: str, fence: str) -> str:
    """The quotes of the multi-line text still open after this line, or nothing."""
    for found in re.findall(r"\"\"\"|'''", line):
        if not fence:
            fence = found
        elif fence == found:
            fence = ""
    return fence


def _depth(data: Any) -> int:
    deepest, todo = 0, [(data, 0)]
    while todo:
        part, depth = todo.pop()
        deepest = max(deepest, depth)
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        todo.extend((one, depth + 1) for one in inner)
    return deepest
