"""The interface speaks the course's language: what nobody asks for there, and what is left to translate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kommune3.i18n import gettext as _
from kommune3.i18n import languages, ngettext, place

from ..problem import ContentError, Problem, did_you_mean
from ..words import command, own_words

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

    from ..course import Course

SHOWN, LONGEST = 3, 50
"""How many strings without a translation are named, each in so many characters at most."""


def interface_problems(course: Course) -> list[Problem]:
    """A language without a catalog leaves every button in English; a catalog has what the interface says."""
    language = course.info.language
    try:
        catalog = own_words(course.places, language)
    except ContentError:  # reported where the course was loaded
        return []
    if catalog is None:
        return [] if language in languages() else _no_catalog(course)
    return _unknown(course, catalog)


def still_to_translate(course: Course) -> list[Problem]:
    """What is left to translate, which breaks no rule: it is shown in Danish or English meanwhile."""
    if course.info.language in languages():
        return []
    catalog = own_words(course.places, course.info.language)
    return _untranslated(course, catalog) if catalog is not None else []


def _no_catalog(course: Course) -> list[Problem]:
    from kommune3.i18n import po

    document, language = course.documents["course.toml"], course.info.language
    what = _('buttons and messages are not translated into "{language}"').format(language=language)
    if po.known(language):
        hint = _("It must be one of: {names}. Or translate them: {command}")
        hint = hint.format(names=", ".join(languages()), command=command(language))
    else:  # kommune3 translate would refuse it
        hint = _(po.UNKNOWN_HINT)
    return [document.problem(("course", "language"), what, hint)]


def _untranslated(course: Course, catalog: Catalog) -> list[Problem]:
    """One problem for the file, with how many strings are left and the first of them."""
    from kommune3.i18n.sound import used
    from kommune3.i18n.strings import strings

    language = course.info.language
    done = {message.id for message in catalog if used(message)}
    left = [message for message in strings() if message.id not in done]
    if not left:
        return []
    n = len(left)
    what = ngettext(
        "{n} string of the interface is not translated: {first}",
        "{n} strings of the interface are not translated: {first}",
        n,
    )
    first = ", ".join(f'"{_clipped(_first(message))}"' for message in left[:SHOWN])
    hint = _("Take new ones into the file with {command}, and translate them").format(
        command=command(language)
    )
    doubted = [message.lineno for message in catalog if message.id and message.fuzzy]
    if doubted:
        told = _('What is marked "fuzzy", first on line {line}, is not shown until you take the mark off')
        hint += f". {told.format(line=doubted[0])}"
    shown = course.places.shown(place(language))
    return [Problem(shown, None, what.format(n=n, first=first + (" …" if n > SHOWN else "")), hint)]


def _unknown(course: Course, catalog: Catalog) -> list[Problem]:
    """Translations of what the interface does not say, or says in one form where there are two."""
    from kommune3.i18n.sound import used
    from kommune3.i18n.strings import strings

    known = {message.id for message in strings()}
    counted = {message.id[0]: message.id[1] for message in strings() if message.pluralizable}
    shown, problems = course.places.shown(place(course.info.language)), []
    for message in catalog:
        if not message.id or message.id in known or not used(message):
            continue
        text = _first(message)
        if text in counted:
            what = _("the plural forms are missing")
            hint = _('Write msgid_plural "{text}" after msgid').format(text=counted[text])
        else:
            what = _('the interface does not say "{text}"').format(text=text)
            hint = did_you_mean(text, map(_first, strings())) or _("Write msgid as the interface has it")
        problems.append(Problem(shown, message.lineno, what, hint))
    return problems


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
