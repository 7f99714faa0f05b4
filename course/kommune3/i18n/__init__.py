"""Interface strings through gettext: English ids, catalogs in ``locale/<language>/LC_MESSAGES/kommune3.po``.

The language is the course's and so one per process; ``use`` sets it. A municipality's own folder may hold
such a catalog too: its words come before the shipped ones, and those before Danish or the ids. Catalogs are
read from their .po source, so that no compiled file can go stale.
"""

from __future__ import annotations

import gettext as _gettext
import hashlib
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

LOCALES = Path(__file__).parents[1] / "locale"
MAX_BYTES = 2_000_000
"""Of a catalog in an overlay."""
NEIGHBOURS = frozenset({"nb", "nn", "no", "sv", "fo", "kl"})
"""Languages whose readers read Danish, as the course's texts are, rather than English."""
VARIABLE = "KOMMUNE3_LANGUAGE"
"""Tells a process that we start, and that loads no course, which language to speak."""

_language = "da"
_own: _gettext.NullTranslations | None = None
_edition = ""


def place(language: str) -> str:
    """Where the catalog of a language lies in an overlay."""
    return f"locale/{language}/LC_MESSAGES/kommune3.po"


def use(language: str, overlay: Path | None = None) -> None:
    """Set the process's interface language, such as ``da``, with the words that an overlay has for it.

    What has no words is Danish for our neighbours and English, the ids, for others. What is wrong in an
    overlay's catalog is told where a course is loaded; here it is passed over.
    """
    global _language, _own, _edition
    found = _read(overlay / place(language), language) if overlay is not None else None
    shipped = language if language in languages() else "da" if language in NEIGHBOURS else "en"
    _language, _own, _edition = shipped, None, ""
    if found:
        _language, (_own, _edition) = language, found
        _own.add_fallback(catalog(shipped))


def inherit(environment: Mapping[str, str] = os.environ) -> None:
    """Speak as the process does that started this one; Danish where none of ours did."""
    if asked := environment.get(VARIABLE):
        folder = environment.get("KOMMUNE3_COURSE")
        use(asked, Path(folder).expanduser() if folder else None)


def language() -> str:
    """The interface language now in use."""
    return _language


def edition() -> str:
    """The language in use and which words of an overlay: what was made with others must be made anew."""
    return f"{_language}-{_edition}" if _edition else _language


def region() -> str:
    """The language in use as dates and numbers need it: English as it is written in Europe."""
    return "en_GB" if _language == "en" else _language


def languages() -> list[str]:
    """The languages that the interface speaks by itself; ``en`` is that of the ids."""
    return sorted({"en", *(path.parents[1].name for path in LOCALES.glob("*/LC_MESSAGES/kommune3.po"))})


@lru_cache
def catalog(language: str) -> _gettext.NullTranslations:
    """The language's shipped catalog; an empty one where none is shipped."""
    from babel.messages.pofile import read_po  # slow to import, and only needed once

    from .po import compiled

    path = LOCALES / language / "LC_MESSAGES" / "kommune3.po"
    if not path.is_file():
        return _gettext.NullTranslations()
    with path.open("rb") as file:
        return compiled(read_po(file, locale=language))


def _read(path: Path, language: str) -> tuple[_gettext.NullTranslations, str] | None:
    """The sound words of an overlay's catalog and a hash of it; none where it cannot be read."""
    if not path.is_file() or path.stat().st_size > MAX_BYTES:
        return None
    from . import po
    from .sound import sound

    try:
        text = path.read_text(encoding="utf-8-sig")
        found = po.compiled(sound(po.read(text, language)))
    except (OSError, UnicodeDecodeError, po.PoError):
        return None
    return found, hashlib.sha256(text.encode()).hexdigest()[:16]


def gettext(message: str) -> str:
    """The message in the language in use, else the message itself."""
    return (_own or catalog(_language)).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form that fits n, in the language in use."""
    return (_own or catalog(_language)).ngettext(singular, plural, n)


def N_(message: str) -> str:  # noqa: N802, the name that gettext tools look for
    """The message itself, marked so that it gets into the catalogs; translate it where it is shown."""
    return message
