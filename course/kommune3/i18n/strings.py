"""Every string of the interface, and a catalog for those who translate it."""

from __future__ import annotations

from functools import lru_cache

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from . import LOCALES
from .po import DOMAIN, forms, untranslated

LEARNERS, STAFF, AUTHORS = READERS = ("learners", "trainers and HR", "authors and whoever runs it")
"""Who reads a string, as its comment in the catalogs says; in this order they are translated."""
SHIPPED = "da"
"""The language that is complete: a test holds it to the code."""
HEADER = """# The interface of kommune3 in the language of this folder.
# kommune3 translate takes new strings into it and keeps what is translated."""


@lru_cache
def strings() -> tuple[Message, ...]:
    """The strings with their Danish, those that learners read first."""
    with (LOCALES / SHIPPED / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        found = [message for message in read_po(file, locale=SHIPPED) if message.id]
    return tuple(sorted(found, key=lambda message: READERS.index(reader(message))))


def reader(message: Message) -> str:
    """Who reads a string of the shipped catalog, the first of READERS that does."""
    return next((who for who in READERS if who in message.auto_comments), AUTHORS)


def to_translate(language: str, before: Catalog | None = None) -> Catalog:
    """Every string of the interface with its Danish beside it, and with what was translated before.

    What the interface says no longer is kept at the end, should it ever say it again.
    """
    made = Catalog(locale=language, domain=DOMAIN, charset="utf-8", fuzzy=False)
    made.header_comment = before.header_comment if before and before.header_comment else HEADER
    kept = {message.id: message for message in _translated(before)}
    for message in strings():
        own = kept.pop(message.id, None)
        made.add(
            message.id,
            own.string if own else "",
            flags=own.flags if own else (),
            user_comments=own.user_comments if own else (),
            auto_comments=[reader(message), f"Danish: {' | '.join(forms(message.string))}"],
        )
    for message in kept.values():
        if not message.fuzzy:
            made.obsolete[str(forms(message.id)[0])] = message
    return made


def left(catalog: Catalog, who: str = "") -> int:
    """How many strings (that somebody of READERS reads) have no translation, or one marked as doubtful."""
    wanted = [message for message in catalog if message.id and (not who or who in message.auto_comments)]
    return sum(message.fuzzy or untranslated(message) for message in wanted)


def _translated(catalog: Catalog | None) -> list[Message]:
    """What has a translation or a comment; first what had gone, so that what is there wins."""
    if catalog is None:
        return []
    all_of_them = [*catalog.obsolete.values(), *(message for message in catalog if message.id)]
    return [one for one in all_of_them if any(forms(one.string)) or one.user_comments]
