"""Jinja as every template of ours is read: all escaped, nothing undefined, gettext at hand."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from .. import i18n
from ..content import kept


def reading(templates: Path) -> Environment:
    """An environment for the templates of a folder."""
    folder = kept.folder()
    made = Environment(
        loader=FileSystemLoader(templates, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=Compiled(str(folder), "%s.code") if folder else None,
    )
    made.globals.update(_=i18n.gettext)
    return made


class Compiled(FileSystemBytecodeCache):
    """Templates as they were compiled at an earlier start, beside the parsed files that are kept.

    Jinja sees whether a template has changed. Whatever goes wrong with the folder, it is compiled anew.
    """

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """What the kept file is called: by the template and by what compiles it."""
        return hashlib.sha256(f"{_compiler()}\0{name}\0{filename}".encode()).hexdigest()[:40]

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what was kept."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, whole or not at all."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


@lru_cache
def _compiler() -> str:
    """Jinja, and this file, which says how it reads."""
    own = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    return f"{version('jinja2')} {own}"
