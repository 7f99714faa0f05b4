"""Jinja as every template of ours is read: all escaped, nothing undefined, gettext at hand."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .. import i18n


def reading(templates: Path) -> Environment:
    """An environment for the templates of a folder."""
    made = Environment(
        loader=FileSystemLoader(templates, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(_=i18n.gettext)
    return made
