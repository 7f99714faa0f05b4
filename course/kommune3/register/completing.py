"""When a module is complete: what its required activities came to, and on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from kommune3.content import Course
from kommune3.content.manifest import Module

from . import progress
from . import standing as standings
from .progress import Pass
from .tables import CompletionRow, PersonRow

CHECKED = "server_checked"
"""Evidence: the service found it passed."""
APPROVED = "approved"
"""Evidence: a trainer did."""

_COMPLETIONS = CompletionRow.metadata.tables["completions"]
_COMPLETED = select(_COMPLETIONS.c.module, _COMPLETIONS.c.course_version).where(
    _COMPLETIONS.c.person_id == bindparam("person")
)


def complete(
    session: Session,
    course: Course,
    person_id: str,
    activity_id: str,
    at: datetime,
    attempt: int | None = None,
) -> tuple[str, ...]:
    """Store a completion of every module that the activity, just passed, was the last to be needed for.

    A first completion counts what was passed in any version of the course, so that an update takes nothing
    from somebody halfway; to renew one, everything is passed anew. ``attempt`` is what it was passed with,
    where that was one. Returns the modules, in the caller's transaction.
    """
    done = session.execute(_COMPLETED, {"person": person_id}).all()
    missing = [m for m in course.modules_requiring(activity_id) if (m.id, course.version) not in done]
    if not missing:
        return ()
    renewed = {module for module, _version in done}
    passed = progress.passed_by(session, course, person_id)
    now = [one for one in passed if one.version == course.version]
    found = {module.id: _evidence(module, now if module.id in renewed else passed) for module in missing}
    new = {module: evidence for module, evidence in found.items() if evidence}
    session.add_all(
        CompletionRow(
            person_id=person_id,
            module=module,
            course_version=course.version,
            evidence=evidence,
            attempt_id=attempt,
            completed_at=at,
        )
        for module, evidence in new.items()
    )
    return tuple(new)


def _evidence(module: Module, passed: Iterable[Pass]) -> str:
    """What the module is complete on, "" where it is not."""
    counted = [one for one in passed if one.settled or not module.approval]
    if not {one.activity for one in counted}.issuperset(module.required):
        return ""
    on_form = {one.activity for one in counted if not (one.approved and (module.approval or not one.form))}
    return CHECKED if on_form.issuperset(module.required) else APPROVED


def advance(session: Session, person_id: str, before: str, module: str, completed: Sequence[str]) -> None:
    """The person's standing once the module is started and others are complete; "" is no module."""
    after = standings.advance(before, module, standings.STARTED) if module else before
    for name in completed:
        after = standings.advance(after, name, standings.COMPLETED)
    if after != before:
        session.execute(update(PersonRow).where(PersonRow.id == person_id).values(standing=after))
