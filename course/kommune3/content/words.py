"""A municipality's own words for the interface: ``locale/<language>/LC_MESSAGES/kommune3.po``."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from kommune3.i18n import MAX_BYTES, place
from kommune3.i18n import gettext as _
from kommune3.i18n import language as language_in_use

from .document import fault, read_text
from .places import Places, base_root
from .problem import ContentError, Problem

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

FOLDER = "locale"
"""Where catalogs lie in an overlay."""
LANGUAGE = re.compile(r"[a-z]{2,3}")
"""How the code of a language is written."""


def word_problems(where: Places, language: str) -> list[Problem]:
    """What is wrong with the overlay's catalog of a language; nothing where it has none."""
    try:
        catalog = own_words(where, language)
    except ContentError as error:
        return list(error.problems)
    if catalog is None:
        return []
    from kommune3.i18n.sound import faults

    return [
        Problem(
            where.shown(place(language)), message.lineno, _(one.what), _(one.hint).format(**dict(one.values))
        )
        for message in catalog
        if message.id
        for one in faults(message, catalog)
    ]


def own_words(where: Places, language: str) -> Catalog | None:
    """The overlay's catalog of a language; none where it has none. Raises ContentError."""
    relative = place(language)
    found = where.find(relative) if where.overlay is not None else None
    if found is None:
        return None
    path, shown = found
    return parsed(read_text(path, shown, MAX_BYTES), shown, language)


def parsed(text: str, shown: str, language: str) -> Catalog:
    """The catalog in a file's text. Raises ContentError."""
    from kommune3.i18n import po  # slow to import, and few have words of their own

    try:
        return po.read(text, language)
    except po.PoError as error:
        raise fault(shown, error.line, _(error.what), _(error.hint)) from error


def spoken(overlay: Path) -> str:
    """The language of the course with this overlay, as its manifest says; nothing else is looked at."""
    manifests = reversed(Places(base_root(), overlay).manifests("course.toml"))
    return next(filter(None, (said(path) for path, _shown in manifests)), language_in_use())


def said(manifest: Path) -> str:
    """The language that a manifest's file says; empty where it says none. What is wrong with it is told where
    the course is loaded."""
    try:
        language = tomllib.loads(manifest.read_text(encoding="utf-8-sig"))["course"]["language"]
    except (OSError, ValueError, LookupError, TypeError):
        return ""
    return language if isinstance(language, str) and LANGUAGE.fullmatch(language) else ""


def command(language: str) -> str:
    """What makes a catalog, or takes new strings into it."""
    return f"kommune3 translate {language} --course {_('FOLDER')}"
