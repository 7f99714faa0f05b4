"""The Danish that is spelled, as pieces of plain text: what a learner, a trainer or an author reads."""

from __future__ import annotations

import io
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from kommune3.content import ContentError
from kommune3.content.kept import read as read_kept
from kommune3.content.lix import ADDRESS, CITATION
from kommune3.content.prose import NOT_PROSE, of_markdown

ROOT = Path(__file__).resolve().parents[1]
CATALOG = "course/kommune3/locale/da/LC_MESSAGES/kommune3.po"
GUIDES = ("docs/authors.md", "docs/trainers.md", "docs/jupyterlab.md")
DANISH_PART = re.compile(r"^## På dansk.*?(?=^## )", re.MULTILINE | re.DOTALL)
"""What is Danish in a guide that has more languages than one."""

IDS = (NOT_PROSE - {"letter"}) | {
    *(
        "file",
        "version",
        "language",
        "colour",
        "start",
        "modules",
        "required",
        "teaches",
        "taught",
        "exercise",
    ),
    *("opening", "module", "hr_sees_roles", "logo", "url", "contact_url", "author", "place"),
}
"""The keys whose values are no text: ids, files, addresses, and who and where a source is."""

ID = re.compile(r"[a-z0-9_]+(-[a-z0-9_]+)+")

MARKUP = re.compile(r"<[^<>]*>|\{[^{}]*\}|%\(\w+\)s|&\w+;")
"""Tags, and the places that the interface's strings fill in."""

NAMES = re.compile(r"\S*(?:\w[=@\\]\w|[/\\]\B|\B/|\w\.[a-z]{2,5}\b|\*\.[a-z])\S*")
"""Files, paths, addresses and settings, which no dictionary has."""


Reader = Callable[[str], Iterable[str]]


def texts(root: Path, broken: list[str]) -> Iterator[tuple[str, str]]:
    """Each piece of text with the file it stands in; ``broken`` takes the files that cannot be read."""
    for file, piece in _all(root, broken):
        yield file, NAMES.sub(" ", ADDRESS.sub(" ", CITATION.sub(" ", piece)))


def _all(root: Path, broken: list[str]) -> Iterator[tuple[str, str]]:
    for path, read in _files(root):
        file = path.relative_to(root).as_posix()
        try:
            pieces = list(read(path.read_text(encoding="utf-8")))
        except (ContentError, ValueError, KeyError, TypeError):
            broken.append(file)
        else:
            yield from ((file, piece) for piece in pieces)


def _files(root: Path) -> Iterator[tuple[Path, Reader]]:
    for folder in ("modules", "solutions"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in READERS and ".ipynb_checkpoints" not in path.parts:
                yield path, READERS[path.suffix]
    yield from ((path, of_toml) for path in sorted((root / "course").glob("*.toml")))
    yield from ((root / guide, of_guide) for guide in GUIDES if (root / guide).is_file())
    if (root / CATALOG).is_file():
        yield root / CATALOG, of_catalog


def of_notebook(text: str) -> Iterator[str]:
    """The Markdown cells, without code."""
    for cell in json.loads(text)["cells"]:
        if cell["cell_type"] == "markdown":
            yield from of_markdown("".join(cell["source"]))


def of_yaml(text: str) -> Iterator[str]:
    """The values of an exercise's file."""
    yield from of_data(read_kept(text, "").data)


def of_toml(text: str) -> Iterator[str]:
    """The values of a manifest."""
    yield from of_data(tomllib.loads(text))


def of_data(data: Any) -> Iterator[str]:
    """Every text in plain data, without ids; what a source in another language is called stays out."""
    if isinstance(data, str):
        yield "" if ID.fullmatch(data) else data
    elif isinstance(data, list):
        for part in data:
            yield from of_data(part)
    elif isinstance(data, dict):
        foreign = {"title"} if "interest" in data and data.get("language", "da") != "da" else set()
        for key, value in data.items():
            tables = isinstance(value, list) and any(isinstance(part, dict) for part in value)
            if tables or key not in IDS | foreign:
                yield from of_data(value)


def of_guide(text: str) -> Iterator[str]:
    """A guide's prose, without code; of a guide in two languages the Danish part."""
    part = DANISH_PART.search(text)
    yield from of_markdown(part[0] if part else text)


def of_catalog(text: str) -> Iterator[str]:
    """The Danish of the interface."""
    for message in read_po(io.StringIO(text)):
        forms = (message.string,) if isinstance(message.string, str) else message.string or ()
        if message.id:
            yield from (MARKUP.sub(" ", form) for form in forms)


READERS: dict[str, Reader] = {".ipynb": of_notebook, ".yml": of_yaml, ".md": of_markdown}
