"""The people of the register: who they are, what is held about them, and how they are erased."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from kommune3.engine.cpr import holds_cpr
from kommune3.i18n import gettext as _
from kommune3.i18n import language

from . import audit
from .errors import InvalidPerson, UnknownPerson
from .naming import receipts_naming
from .reflection_tables import DraftRow, MarkRow, MemberRow, ReceiptRow, SubmissionRow, TrainerRow
from .store import Register
from .tables import AttemptRow, AuditRow, CertificateRow, CompletionRow, PersonRow

LOCAL = "local"
"""The id of the person at the machine."""
SAMPLE = "sample-"
"""How the ids of sample people start."""

Found = TypeVar("Found")
Of = TypeVar(
    "Of",
    AttemptRow,
    CompletionRow,
    CertificateRow,
    DraftRow,
    SubmissionRow,
    ReceiptRow,
    MemberRow,
    TrainerRow,
)  # fmt: skip

_ID = re.compile(r"[a-z0-9_-]{1,64}")
_DANISH = str.maketrans({"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c", "ü": "y"})
_SWEDISH = str.maketrans({"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c", "ü": "y"})
_ORDERS = {"sv": _SWEDISH, "fi": _SWEDISH}
"""How languages sort their last letters; the others as Danish and Norwegian, for which aa is an å."""
_STROKES = str.maketrans({"ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "þ": "th", "œ": "oe"})
"""Letters that Unicode does not take apart."""


@dataclass(frozen=True)
class Person:
    """Somebody who takes the course. Empty text is "not known"; ``left`` is the day they left the roster."""

    id: str
    name: str
    email: str = ""
    unit: str = ""
    role: str = ""
    manager: str = ""
    start: date | None = None
    deadline: date | None = None
    left: date | None = None
    work_field: str = ""
    """The field of the role; empty or unknown stands for the role's first."""
    sample: bool = False


STORED = tuple(field.name for field in fields(Person) if field.name != "sample")
_PLACES = {"start": "start_date", "left": "left_on"}
TABLE = PersonRow.metadata.tables["people"]
COLUMNS = (
    *(TABLE.c[_PLACES.get(name, name)] for name in STORED),
    (TABLE.c.origin == "sample").label("sample"),
)
"""What to select so that ``Person(*row)`` is the person."""


def check_id(person_id: str) -> str:
    """The id. Raises InvalidPerson, without repeating it, where it is malformed or may be a CPR number."""
    if holds_cpr(person_id):
        raise InvalidPerson(_("The id looks like a CPR number. Use an employee number instead."))
    if not _ID.fullmatch(person_id):
        raise InvalidPerson(_("An id is 1 to 64 of the characters a-z, 0-9, _ and -."))
    return person_id


def get(register: Register, person_id: str) -> Person | None:
    """The person, or None."""
    with register.read() as session:
        row = session.execute(select(*COLUMNS).where(PersonRow.id == person_id)).first()
    return Person(*row) if row else None


def count(register: Register) -> int:
    """How many people the register holds, those who left included."""
    with register.read() as session:
        return session.scalar(select(func.count()).select_from(PersonRow)) or 0


def ensure_local(register: Register) -> Person:
    """The person at the machine, added on the first call, and called what the language in use has for it."""
    person = get(register, LOCAL)
    if person is None:
        person = Person(LOCAL, nameless())
        with register.write() as session:
            if session.get(PersonRow, LOCAL) is None:
                add(session, [person], "local")
    elif person.name != nameless():
        person = replace(person, name=nameless())
        with register.write() as session:
            session.execute(update(PersonRow).where(PersonRow.id == LOCAL).values(**columns(person)))
    return person


def nameless() -> str:
    """What the person at the machine is called: a name for no document."""
    return _("You at this machine")


def set_role(register: Register, person_id: str, role: str, work_field: str | None = None) -> Person:
    """The person with this role and field, which the caller knows the course to have; the field stays where
    none is given. Raises UnknownPerson.
    """
    values = {"role": role} if work_field is None else {"role": role, "work_field": work_field}
    with register.write() as session:
        session.execute(update(PersonRow).where(PersonRow.id == person_id).values(**values))
    return _known(get(register, person_id))


def export(register: Register, person_id: str, by: str = "") -> dict[str, Any]:
    """All that the register holds about a person, ready for JSON. Raises UnknownPerson."""
    with register.write() as session:
        row = _known(session.get(PersonRow, person_id))
        audit.note(session, "person_exported", subject=row.pseudonym, by=by)
        session.flush()
        return {
            "person": _plain(row),
            "attempts": _of(session, AttemptRow, person_id),
            "completions": _of(session, CompletionRow, person_id),
            "drafts": _of(session, DraftRow, person_id),
            "submissions": _of(session, SubmissionRow, person_id),
            "marks": _marks(session, person_id),
            "receipts": _of(session, ReceiptRow, person_id)
            + [_plain(one) for one in receipts_naming(session, row)],
            "cohort_members": _of(session, MemberRow, person_id),
            "cohort_trainers": _of(session, TrainerRow, person_id),
            "certificates": _of(session, CertificateRow, person_id),
            "audit": _audit(session, row.pseudonym),
        }


def erase(register: Register, person_id: str, by: str = "") -> bool:
    """Remove a person and all that they did, for good. Raises UnknownPerson.

    False where somebody else read the register all the while: its log then holds traces until the last
    program that uses it has ended.

    The audit log keeps that somebody was erased, under a pseudonym that leads nowhere any more. A
    later roster that still holds the person adds them anew.
    """
    with register.write() as session:
        row = _known(session.get(PersonRow, person_id))
        audit.note(session, "person_erased", subject=row.pseudonym, by=by if by != person_id else "")
        session.flush()
        for receipt in receipts_naming(session, row):
            session.delete(receipt)
        session.flush()
        session.execute(update(PersonRow).where(PersonRow.manager == person_id).values(manager=""))
        session.execute(delete(PersonRow).where(PersonRow.id == person_id))
    return register.tidy()


def add(session: Session, people: Iterable[Person], origin: str) -> None:
    """Store new people, in the caller's transaction."""
    rows = [
        {_PLACES.get(name, name): value for name, value in columns(person).items()}
        | {"id": person.id, "origin": origin, "pseudonym": secrets.token_hex(12), "standing": ""}
        for person in people
    ]
    if rows:
        session.execute(TABLE.insert(), rows)


def columns(person: Person) -> dict[str, Any]:
    """What is stored of a person apart from the id; by attribute."""
    stored = {name: getattr(person, name) for name in STORED if name != "id"}
    find = " ".join((person.name, person.id, person.email, person.unit)).casefold()
    return stored | {"sort": sort_key(person.name), "find": find}


def sort_key(name: str) -> str:
    """What to sort a name by in any database, as the language in use does (CLDR): in Danish å and aa last."""
    own = unicodedata.normalize("NFC", name.casefold())
    order = _ORDERS.get(language())
    own = own.translate(order) if order else own.replace("aa", "å").translate(_DANISH)
    plain = "".join(each for each in unicodedata.normalize("NFD", own) if not unicodedata.combining(each))
    return plain.translate(_STROKES)


def _known(found: Found | None) -> Found:
    if found is None:
        raise UnknownPerson(_("The register holds nobody with that id."))
    return found


def _plain(row: Any) -> dict[str, Any]:
    values = {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs}
    return {k: v.isoformat() if isinstance(v, date | datetime) else v for k, v in values.items()}


def _of(session: Session, table: type[Of], person_id: str) -> list[dict[str, Any]]:
    rows = session.scalars(select(table).where(table.person_id == person_id))
    return sorted(map(_plain, rows), key=lambda row: row.get("id", 0))


def _marks(session: Session, person_id: str) -> list[dict[str, Any]]:
    own = select(SubmissionRow.id).where(SubmissionRow.person_id == person_id)
    rows = session.scalars(select(MarkRow).where(MarkRow.submission_id.in_(own)))
    return [_plain(row) for row in rows]


def _audit(session: Session, pseudonym: str) -> list[dict[str, Any]]:
    either = (AuditRow.subject == pseudonym) | (AuditRow.actor == pseudonym)
    return [_plain(row) for row in session.scalars(select(AuditRow).where(either).order_by(AuditRow.id))]
