"""Invented people, marked as such, so that HR's pages can be looked at before there are real ones.

What they have done is played through the engine, and checked, like anybody's: nothing is written straight
into the results. The same course and day give the same people.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.engine import scenario as play
from kommune3.engine.exercises import Assessment, CitizenMap, Comparison, Plan
from kommune3.engine.models import Activity, Quiz, Reflection, Scenario, Sorter
from kommune3.engine.open_ended import AFTER, BEFORE
from kommune3.engine.plans import finished

from . import audit, people, sample_reflections
from .attempts import Attempt, store
from .people import LOCAL, SAMPLE, Person
from .reflection_tables import CohortRow
from .store import Register
from .tables import PersonRow

PEOPLE = 40
DAYS = 60
"""How far back the first of them began."""
PLAYABLE = Scenario | Quiz | Sorter | CitizenMap | Comparison | Assessment | Plan | Reflection


def add(register: Register, course: Course, by: str = "") -> int:
    """Add the sample people, with what they have done; returns how many, 0 where they are there already.

    Some of them are a sample cohort, trained by whoever adds them, or by the person at the machine.
    """
    chance = random.Random(f"{course.info.id} {course.version}")  # noqa: S311
    invented = [_person(chance, course, number) for number in range(1, PEOPLE + 1)]
    with register.write() as session:
        if _there(session):  # asked here, as two may ask at once
            return 0
        people.add(session, invented, "sample")
        session.flush()
        for person in invented:
            _live(session, course, person, chance)
        if course.reflections:
            sample_reflections.train(session, course, invented, _names(), by or LOCAL)
        audit.note(session, "samples_added", by=by, detail={"people": len(invented)})
    return len(invented)


def remove(register: Register, by: str = "") -> int:
    """Remove exactly the sample people and what they did; returns how many there were."""
    with register.write() as session:
        found = session.scalar(select(func.count()).where(PersonRow.origin == "sample")) or 0
        session.execute(delete(PersonRow).where(PersonRow.origin == "sample"))
        session.execute(delete(CohortRow).where(CohortRow.sample))
        if found:
            audit.note(session, "samples_removed", by=by, detail={"people": found})
    return found


def present(register: Register) -> bool:
    """Whether there are sample people in the register."""
    with register.read() as session:
        return _there(session)


def _there(session: Session) -> bool:
    return session.scalar(select(PersonRow.id).where(PersonRow.origin == "sample").limit(1)) is not None


@cache
def _names() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _person(chance: random.Random, course: Course, number: int) -> Person:
    names = _names()
    roles = course.info.hr_sees_roles or tuple(role.id for role in course.roles)
    today = clock.today()
    name = f"{chance.choice(names['first'])} {chance.choice(names['last'])} {names['mark']}"
    return Person(
        id=f"{SAMPLE}{number:02}",
        name=name,
        email=f"{SAMPLE}{number:02}@example.org",
        unit=names["units"][number % len(names["units"])],
        role=chance.choices(roles, [3 if place == 0 else 1 for place in range(len(roles))])[0],
        start=today - timedelta(days=DAYS + chance.randrange(30)),
        deadline=chance.choice(
            (today - timedelta(days=7), today + timedelta(days=14), today + timedelta(days=45))
        ),
        sample=True,
    )


def _live(session: Session, course: Course, person: Person, chance: random.Random) -> None:
    """A quarter has not begun, a quarter stops half-way, half complete their path."""
    wanted = [
        a
        for m in course.modules_of(person.role, person.work_field)
        for a in course.activities_of(m.id)
        if _playable(a)
    ]
    share = chance.choice((0.0, 0.5, 1.0, 1.0))
    did = [path for activity in wanted[: round(share * len(wanted))] for path in _tries(activity, chance)]
    for (activity, choices), at in zip(did, _moments(len(did), chance), strict=True):
        if isinstance(activity, Reflection):
            texts = _names()["reflections"]
            sample_reflections.send(session, course, person, activity, at, chance, texts)
            continue
        key = str(UUID(int=chance.getrandbits(128), version=4))
        store(session, course, Attempt(person.id, activity.id, key, choices, at))


def _moments(count: int, chance: random.Random) -> Iterator[datetime]:
    """So many working moments, minutes apart, on one day of the past weeks."""
    day = clock.today() - timedelta(days=chance.randrange(1, DAYS))
    begun = datetime.combine(day, time(7 + chance.randrange(7), chance.randrange(60)), UTC)
    return (begun + timedelta(minutes=6 * step) for step in range(count))


def _playable(activity: Activity) -> bool:
    return isinstance(activity, PLAYABLE)


def _tries(activity: Activity, chance: random.Random) -> Iterator[tuple[Activity, tuple[str, ...]]]:
    """Paths through an activity, the last of them right to the end."""
    match activity:
        case Scenario():
            path = _walk(activity, chance)
            yield activity, path[: len(path) // 2]
            yield activity, path
        case Quiz():
            if chance.random() < 0.3:
                yield activity, tuple(chance.choice(q.options).id for q in activity.questions)
            yield activity, tuple(next(o.id for o in q.options if o.correct) for q in activity.questions)
        case Sorter():
            if chance.random() < 0.3:
                yield activity, tuple(chance.choice(activity.buckets).id for _item in activity.items)
            yield activity, tuple(item.bucket for item in activity.items)
        case CitizenMap():
            yield activity, tuple(chance.choice(activity.arenas).id for _person in activity.people)
        case Comparison():
            yield activity, (BEFORE, *(topic.id for topic in activity.topics), AFTER)
        case Assessment():
            yield activity, tuple(statement.id for statement in activity.statements)
        case Plan():
            yield activity, finished(activity)
        case Reflection():
            yield activity, ()


def _walk(scenario: Scenario, chance: random.Random) -> tuple[str, ...]:
    state = play.start(scenario)
    while not play.ended(scenario, state):
        choice = chance.choice(play.open_choices(scenario, state))
        state = play.next_state(scenario, state, choice.id)
    return state.path
