"""Catalogs as files: read strictly, compiled, and written so that the same words give the same bytes."""

from __future__ import annotations

import gettext
import io
import re

from babel.core import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, PoFileParser, write_po

from . import N_

Id = str | tuple[str, ...] | list[str]
"""As Babel has it: more than one text where it counts something. So is a translation."""

DOMAIN = "kommune3"
WIDTH = 100
"""Characters of a line that is written."""
MOST_FORMS = 6
"""No language needs more for its numbers."""
OLDER = "#~|"

UNKNOWN = N_("is for a language that dates and numbers are not known for")
UNKNOWN_HINT = N_("Use the code of a language, such as nb or sv, in course.toml and as the folder's name")
BROKEN = N_("is not written as a .po file")
BROKEN_HINT = N_(
    'Every text stands in quotes, after msgid, msgid_plural or msgstr. Write \\" for a quote inside it'
)
TWICE = N_("has the same msgid once more")
TWICE_HINT = N_("Keep one of the two")

_TEXT = r'"(?:[^"\\]|\\.)*"'
_LINE = re.compile(rf"(?:(?:(msgctxt|msgid|msgid_plural|msgstr)|(msgstr\[)[0-5]\]) )?{_TEXT}")
_AFTER = {
    "msgctxt": {"", "msgstr", "msgstr["},
    "msgid": {"", "msgctxt", "msgstr", "msgstr["},
    "msgid_plural": {"msgid"},
    "msgstr": {"msgid"},
    "msgstr[": {"msgid_plural", "msgstr["},
}
"""What stands right before each keyword; "" is a file's beginning."""
_VOLATILE = (
    '"Last-Translator',
    '"Language-Team',
    '"POT-Creation-Date',
    '"PO-Revision-Date',
    '"Generated-By',
    '"Project-Id',
    '"Report-Msgid',
)


class PoError(Exception):
    """A file is no catalog; ``what`` says why and ``hint`` what to do, both to be translated."""

    def __init__(self, line: int, what: str, hint: str) -> None:
        super().__init__(what)
        self.line, self.what, self.hint = line, what, hint


def known(language: str) -> bool:
    """Whether dates, numbers and plural forms are known for the language."""
    try:
        Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def read(text: str, language: str) -> Catalog:
    """The catalog in a file's text. Its header counts for nothing: the language says what forms numbers have.

    Raises PoError, also for a language that nothing is known of.
    """
    if not known(language):
        raise PoError(1, UNKNOWN, UNKNOWN_HINT)
    _look_through(text)
    found = _AsWritten(locale=language)
    try:
        PoFileParser(found, abort_invalid=True).parse(_known_lines(text))
    except PoFileError as error:
        raise PoError(error.lineno + 1, BROKEN, BROKEN_HINT) from error
    catalog = Catalog(locale=language, domain=DOMAIN, charset="utf-8", fuzzy=False)
    catalog.header_comment = found.header_comment
    for message in found:
        if message.id:
            put(catalog, message, _needed(message, catalog.num_plurals))
    catalog.obsolete.update(found.obsolete)
    return catalog


def put(catalog: Catalog, message: Message, string: Id | None, *, comments: bool = True) -> None:
    """Add a message to a catalog, with this translation."""
    catalog.add(
        message.id,
        string,
        flags=message.flags,
        user_comments=message.user_comments if comments else (),
        auto_comments=message.auto_comments if comments else (),
        lineno=message.lineno,
    )


def compiled(catalog: Catalog) -> gettext.GNUTranslations:
    """The catalog as gettext looks words up in it."""
    out = io.BytesIO()
    write_mo(out, catalog)
    out.seek(0)
    return gettext.GNUTranslations(out)


def written(catalog: Catalog, *, by_id: bool = True) -> bytes:
    """The text of the catalog's file, else in the order in which the strings were added.

    The same strings always give the same bytes.
    """
    out = io.BytesIO()
    write_po(out, catalog, width=WIDTH, sort_output=by_id, no_location=True)
    lines = out.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_VOLATILE)).encode()


def forms(words: Id | None) -> tuple[str, ...]:
    """An id or a translation as its forms: one, or one for each kind of number."""
    return tuple(words) if isinstance(words, list | tuple) else (str(words or ""),)


def untranslated(message: Message) -> bool:
    """Whether any form of the message has no translation."""
    return not all(form.strip() for form in forms(message.string))


def _known_lines(text: str) -> list[str]:
    """The lines, those left empty that tell of an older id of what is gone: Babel knows no such."""
    return ["" if line.lstrip().startswith(OLDER) else line for line in text.split("\n")]


def _look_through(text: str) -> None:
    """Raise PoError for the first line that cannot stand where it does; Babel would guess."""
    before, was_gone, begins = "", False, True
    for number, line in enumerate(map(str.strip, _known_lines(text)), 1):
        gone = line.startswith("#~")
        if not line or (line.startswith("#") and not gone):
            begins = begins or bool(line)  # a comment is never inside a message
            continue
        found = _LINE.fullmatch(line.removeprefix("#~").strip())
        keyword = (found[1] or found[2] or "") if found else ""
        inside = keyword not in ("msgid", "msgctxt") and (begins or gone != was_gone)
        if found is None or inside or (keyword and before not in _AFTER[keyword]):
            raise PoError(number, BROKEN, BROKEN_HINT)
        before, was_gone, begins = keyword or before, gone, False


def _needed(message: Message, number: int) -> Id:
    """The translation without the empty forms that the language has no use for."""
    if not message.pluralizable:
        return str(message.string)
    all_of_them = forms(message.string)
    return all_of_them if any(all_of_them[number:]) else all_of_them[:number]


class _AsWritten(Catalog):
    """What stands in a file: each id once, with all of its forms. The interface knows no contexts."""

    @property
    def num_plurals(self) -> int:
        """As many as a file may have."""
        return MOST_FORMS

    def __setitem__(self, name: Id, message: Message) -> None:
        message.context = None
        if not name:
            self.header_comment = "\n".join(f"# {one}".rstrip() for one in message.user_comments)
        elif self.get(name) is not None:
            raise PoError(message.lineno or 1, TWICE, TWICE_HINT)
        else:
            super().__setitem__(name, message)
