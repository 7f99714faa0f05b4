"""What sample people wrote, for and against, and a sample cohort whose trainer marked and returned some.

The texts stand in samples.toml, marked as examples; they are checked and stored like anybody's.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kommune3.content import Course
from kommune3.engine.answers import tidy
from kommune3.engine.models import Reflection

from . import cohort_rows, marks, submissions
from .marks import Mark
from .people import Person
from .reflection_tables import MarkRow, SubmissionRow
from .tables import PersonRow

MEMBERS = 12
"""Of the sample people; the rest are left to try making a cohort with."""


def send(
    session: Session,
    course: Course,
    person: Person,
    reflection: Reflection,
    at: datetime,
    chance: random.Random,
    texts: Sequence[Mapping[str, Any]],
) -> None:
    """Store one of the texts as the person's reflection."""
    written = chance.choice(texts)
    answers = spread(written["text"], len(reflection.prompts))
    submissions.append(
        session,
        course,
        submissions.person_of(session, person.id),
        reflection,
        answers,
        key=str(UUID(int=chance.getrandbits(128), version=4)),
        way="page",
        shared=not submissions.is_private(course, person.role),
        passed=submissions.findings_of(course, reflection, answers, person.name).passed,
        at=at,
    )


def spread(sentences: Sequence[str], count: int) -> list[str]:
    """The sentences as so many answers, in order; the first takes what does not go up."""
    size, more = divmod(len(sentences), count)
    ends = [size * (place + 1) + more for place in range(count)]
    starts = [0, *ends]
    return [tidy(" ".join(sentences[start:end])) for start, end in zip(starts, ends, strict=False)]


def train(
    session: Session, course: Course, people: Sequence[Person], names: Mapping[str, Any], trainer: str
) -> None:
    """Make the sample cohort; of what its members sent, a third is returned, one marked, one waits."""
    trainers = [trainer] if session.get(PersonRow, trainer) is not None else []
    members = [person.id for person in people[:MEMBERS]]
    cohort_rows.put(session, names["cohort"], members, trainers, made_from=names["made_from"], sample=True)
    sent = select(SubmissionRow).where(SubmissionRow.person_id.in_(members)).order_by(SubmissionRow.id)
    texts = {written["text"][0]: written for written in names["reflections"]}
    for number, row in enumerate(session.scalars(sent).all()):
        written = next((one for start, one in texts.items() if row.answers[0].startswith(start)), None)
        reflection = course.activities[row.activity]
        if number % 3 and written and row.shared and isinstance(reflection, Reflection):
            marks.put(session, course, [_mark(row, reflection, written)])
            if number % 3 == 1:
                session.get_one(MarkRow, row.id).returned_at = row.submitted_at + timedelta(hours=22)


def _mark(row: SubmissionRow, reflection: Reflection, written: Mapping[str, Any]) -> Mark:
    return Mark(
        submission=row.id,
        state="checked" if row.passed else "not_passed",
        auto=float(row.passed),
        manual=float(round(written["share"] * reflection.points)),
        comment=written["comment"],
        needs_manual=False,
    )
