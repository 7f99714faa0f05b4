"""Certificates: that somebody completed a role's path, under a number that HR can look up."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.i18n import gettext as _

from . import audit, progress
from .errors import RegisterError, UnknownPerson
from .people import COLUMNS, Person
from .store import Register
from .tables import CertificateRow, PersonRow

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without the signs that are taken for one another: no 0, O, 1, I, L and U."""
LENGTH = 12
GROUP = 4


class NotCompleted(RegisterError):
    """The path is not complete yet, so there is no certificate for it."""


@dataclass(frozen=True)
class Certificate:
    """A path completed: who, as what, by which modules. ``issued_at`` is UTC."""

    number: str
    person: Person
    role: str
    course_version: str
    issued_at: datetime
    modules: tuple[progress.ModuleProgress, ...]
    titles: tuple[str, ...]
    """What each module was called on the day."""


def issue(register: Register, course: Course, person_id: str) -> Certificate:
    """The certificate for the path of the person's role and field; the same one until something is renewed.

    Raises NotCompleted and UnknownPerson.
    """
    with register.write() as session:
        row = session.execute(select(*COLUMNS).where(PersonRow.id == person_id)).first()
        if row is None:
            raise UnknownPerson(_("The register holds nobody with that id."))
        person = Person(*row)
        if person.role not in {role.id for role in course.roles}:
            raise NotCompleted(_("Choose a role first. Your path follows from it."))
        done = progress.completions(session, [person_id]).get(person_id, {})
        path = course.modules_of(person.role, person.work_field)
        if any(module.id not in done for module in path):
            raise NotCompleted(_("You can have the certificate when every module on your path is completed."))
        modules = [_stored(done[module.id], module.title) for module in path]
        same = select(CertificateRow).where(
            CertificateRow.person_id == person_id, CertificateRow.role == person.role
        )
        for known in session.scalars(same.order_by(CertificateRow.issued_at.desc())):
            if known.modules == modules:
                return _certificate(known, person)
        made = CertificateRow(
            number="".join(secrets.choice(ALPHABET) for _place in range(LENGTH)),
            person_id=person_id,
            role=person.role,
            course_version=course.version,
            issued_at=clock.now(),
            modules=modules,
        )
        session.add(made)
        audit.note(session, "certificate_issued", subject=_pseudonym(session, person_id), by=person_id)
        session.flush()
        return _certificate(made, person)


def find(register: Register, number: str) -> Certificate | None:
    """The certificate with this number, however it is spaced; None where there is none."""
    with register.read() as session:
        row = session.get(CertificateRow, plain(number))
        if row is None:
            return None
        person = session.execute(select(*COLUMNS).where(PersonRow.id == row.person_id)).one()
        return _certificate(row, Person(*person))


def of_person(register: Register, person_id: str) -> list[Certificate]:
    """All that the person has, the newest first: a change of role, field or course takes none away."""
    with register.read() as session:
        person = session.execute(select(*COLUMNS).where(PersonRow.id == person_id)).first()
        own = select(CertificateRow).where(CertificateRow.person_id == person_id)
        rows = session.scalars(own.order_by(CertificateRow.issued_at.desc())).all() if person else ()
        return [_certificate(row, Person(*person)) for row in rows if person]


def plain(number: str) -> str:
    """A number as it is stored: capitals and digits, without what stands between them."""
    return "".join(sign for sign in number.upper() if sign.isascii() and sign.isalnum())[: LENGTH + 1]


def shown(number: str) -> str:
    """A number as people read it: three groups of four."""
    return " ".join(number[start : start + GROUP] for start in range(0, len(number), GROUP))


def _pseudonym(session: Session, person_id: str) -> str:
    return session.scalar(select(PersonRow.pseudonym).where(PersonRow.id == person_id)) or ""


def _stored(done: progress.ModuleProgress, title: str) -> dict[str, str]:
    at = done.at.isoformat() if done.at else ""
    return {"id": done.module, "title": title, "at": at, "version": done.version, "evidence": done.evidence}


def _certificate(row: CertificateRow, person: Person) -> Certificate:
    modules = tuple(
        progress.ModuleProgress(
            one["id"], "completed", datetime.fromisoformat(one["at"]), one["version"], one["evidence"]
        )
        for one in row.modules
    )
    titles = tuple(one["title"] for one in row.modules)
    return Certificate(row.number, person, row.role, row.course_version, row.issued_at, modules, titles)
