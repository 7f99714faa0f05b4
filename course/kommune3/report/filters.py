"""What the list can be narrowed to, by the names that people know: a role's id or title, a unit's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from unicodedata import normalize

from sqlalchemy import select

from kommune3.content import Course
from kommune3.register import Register
from kommune3.register.people import sort_key
from kommune3.register.tables import PersonRow

from .groups import Paths

Names = Mapping[str, Sequence[str]]
"""What each of them is called, by what a Query knows it by."""


def roles(course: Course) -> Names:
    """The roles that HR may see, by id."""
    titles = {role.id: role.title for role in course.roles}
    return {role: (role, titles[role]) for role in Paths(course).roles}


def units(register: Register, course: Course) -> Names:
    """The units of these roles' people, those who have left included, sorted as Danish sorts them."""
    asked = select(PersonRow.unit).where(PersonRow.role.in_(Paths(course).roles), PersonRow.unit != "")
    with register.read() as session:
        found = session.scalars(asked.distinct()).all()
    return {unit: (unit,) for unit in sorted(found, key=sort_key)}


def called(asked: str, names: Names) -> str | None:
    """The one that is called so, in any case; None where none is, or several are."""
    if asked in names:
        return asked
    found = [key for key, known in names.items() if _plain(asked) in map(_plain, known)]
    return found[0] if len(found) == 1 else None


def _plain(text: str) -> str:
    return " ".join(normalize("NFC", text).casefold().split())
