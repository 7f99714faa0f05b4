"""What a translation must keep of its id, so that no page breaks and nobody gets a script into one."""

from __future__ import annotations

import re
from string import Formatter
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message

from . import N_
from .po import DOMAIN, forms, put, untranslated

PERCENT = re.compile(r"%(?:\(\w+\))?[sdr]")
MARK = re.compile(r"&#?\w+;")
CONTROL = re.compile("[\\x00-\\x1f\\x7f]")
"""Line breaks and the like, which may only be in a translation where they are in the id."""

FORMS = N_("the translation has not one form for each kind of number")
FORMS_HINT = N_("{language} needs: {names}")
BRACES = N_("the translation lacks or adds words in braces or after %")
MARKUP = N_("the translation has signs of HTML that the text has not")
LINES = N_("the translation has line breaks or tabs that the text has not")
HINT = N_("The text is: {text}")


class Fault(NamedTuple):
    """What is wrong with a translation: ``what`` and ``hint`` are ids, ``values`` go into the hint."""

    what: str
    hint: str
    values: tuple[tuple[str, str], ...]


def sound(catalog: Catalog) -> Catalog:
    """The translations alone that can be used."""
    made = Catalog(locale=catalog.locale_identifier, domain=DOMAIN, charset="utf-8")
    for message in catalog:
        if message.id and used(message) and not faults(message, catalog):
            put(made, message, message.string, comments=False)
    return made


def used(message: Message) -> bool:
    """Whether the message is translated, and nobody doubts it."""
    return not (message.fuzzy or untranslated(message))


def faults(message: Message, catalog: Catalog) -> list[Fault]:
    """What is wrong with a message's translation; nothing where it has none, or is marked as doubtful."""
    ids, told = forms(message.id), forms(message.string)
    if message.fuzzy or not any(one.strip() for one in told):
        return []
    text = (("text", " / ".join(ids)),)
    checks = ((BRACES, _braces), (BRACES, _percent), (MARKUP, _markup), (LINES, _lines))
    wrong = [what for what, fits in checks if not all(fits(ids, one) for one in told if one)]
    found = [Fault(what, HINT, text) for what in dict.fromkeys(wrong)]
    if message.pluralizable and (untranslated(message) or len(told) != catalog.num_plurals):
        names = ", ".join(f"msgstr[{n}]" for n in range(catalog.num_plurals))
        found.append(
            Fault(FORMS, FORMS_HINT, (("language", str(catalog.locale_identifier)), ("names", names)))
        )
    return found


def _braces(ids: tuple[str, ...], told: str) -> bool:
    """Whether ``format`` finds what it needs, and nothing else; an id that is never formatted allows all."""
    wanted = [_fields(one) for one in ids]
    if any(one is None or not all(map(str.isidentifier, one)) for one in wanted):
        return True
    if not any(sign in one for one in ids for sign in "{}"):
        return "{" not in told and "}" not in told
    has, known = _fields(told), set[str]().union(*filter(None, wanted))
    all_of_them = {n: how for one in ids for n, how in (_fields(one) or {}).items()}
    same = has is not None and all(all_of_them.get(name) == how for name, how in has.items())
    return same and (len(ids) > 1 or known == set(has or ()))


def _fields(text: str) -> dict[str, tuple[str, str]] | None:
    """What is filled in where, and how it is written; none where the braces are broken."""
    try:
        return {
            name: (spec or "", conversion or "")
            for _text, name, spec, conversion in Formatter().parse(text)
            if name is not None
        }
    except ValueError:
        return None


def _percent(ids: tuple[str, ...], told: str) -> bool:
    """Whether ``%`` finds what it needs; what has a name may be left out."""
    wanted, has = PERCENT.findall(ids[0]), PERCENT.findall(told)
    if not wanted:
        return True
    unnamed = [one for one in wanted if "(" not in one]
    same = unnamed == [one for one in has if "(" not in one] and set(has) <= set(wanted)
    return same and told.count("%") == len(has)


def _markup(ids: tuple[str, ...], told: str) -> bool:
    same = any(sorted(MARK.findall(one)) == sorted(MARK.findall(told)) for one in ids)
    return same and all(any(one.count(sign) >= told.count(sign) for one in ids) for sign in "<>")


def _lines(ids: tuple[str, ...], told: str) -> bool:
    return set(CONTROL.findall(told)) <= set("".join(ids))
