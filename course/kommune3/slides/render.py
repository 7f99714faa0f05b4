"""Jinja for slides: everything escaped, gettext at hand, macros as functions."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from ..site.jinja import reading
from ..widgets.html import paragraphs

TEMPLATES = Path(__file__).parent / "templates"


@lru_cache
def environment() -> Environment:
    """The slides' templates."""
    made = reading(TEMPLATES)
    made.filters.update(paragraphs=lambda text: Markup(paragraphs(text)))  # noqa: S704, escaped there
    return made


def part(name: str, *arguments: Any, **named: Any) -> Markup:
    """What a macro of ``parts.html`` makes."""
    macro = getattr(environment().get_template("parts.html").module, name)
    return Markup(str(macro(*arguments, **named)).strip())  # noqa: S704, from a template that escapes
