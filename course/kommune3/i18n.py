"""Interface strings through gettext: English ids, catalogs in ``locale/<language>/LC_MESSAGES/kommune3.po``.

The language is the course's and so one per process; ``use`` sets it. Catalogs are read from their .po
source, so that no compiled file can go stale.
"""

from __future__ import annotations

import gettext as _gettext
import io
from functools import lru_cache
from pathlib import Path

LOCALES = Path(__file__).parent / "locale"

_language = "da"


def use(language: str) -> None:
    """Set the process's interface language, such as ``da``; one without a catalog becomes ``en``, the ids."""
    global _language
    _language = language if language in languages() else "en"


def language() -> str:
    """The interface language now in use."""
    return _language


def languages() -> list[str]:
    """The languages that the interface speaks; ``en`` is that of the ids."""
    return sorted({"en", *(path.parents[1].name for path in LOCALES.glob("*/LC_MESSAGES/kommune3.po"))})


@lru_cache
def catalog(language: str) -> _gettext.NullTranslations:
    """The language's catalog; an empty one where none is shipped."""
    from babel.messages.mofile import write_mo  # slow to import, and only needed once
    from babel.messages.pofile import read_po

    path = LOCALES / language / "LC_MESSAGES" / "kommune3.po"
    if not path.is_file():
        return _gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return _gettext.GNUTranslations(compiled)


def gettext(message: str) -> str:
    """The message in the language in use, else the message itself."""
    return catalog(_language).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form that fits n, in the language in use."""
    return catalog(_language).ngettext(singular, plural, n)


def N_(message: str) -> str:  # noqa: N802, the name that gettext tools look for
    """The message itself, marked so that it gets into the catalogs; translate it where it is shown."""
    return message
