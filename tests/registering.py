"""A register for tests, and the ways through the miniature course's activities."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.util import LRUCache

from kommune3 import i18n
from kommune3.content import Course
from kommune3.engine.models import Quiz, Sorter
from kommune3.register import Person, Register, attempts, open_register, people, samples
from kommune3.register.attempts import Recorded
from kommune3.register.store import FILE

ENDING = ("sporg", "del", "faelles")
"""A path through the scenario ``opkaldet`` to its ending ``baenk``."""
STAFF = (
    Person("anna", "Anna Ankjær", "anna@example.org", "Skole", "employee", manager="bo"),
    Person("bo", "Bo Bang", unit="Skole", role="employee"),
    Person("aase", "Åse Ærlig", unit="Vej og Park", role="employee"),
    Person("pia", "Pia Politiker", unit="Byrådet", role="politician"),
)


@pytest.fixture(autouse=True, scope="session")
def _sql_written_once() -> Iterator[None]:
    """Tests open registers and gradebooks of their own and ask the same: each question becomes SQL once."""
    written = LRUCache[object, object](2_000)
    with pytest.MonkeyPatch.context() as patch:
        kept = property(lambda engine: written, lambda engine, own: None)
        patch.setattr(Engine, "_compiled_cache", kept, raising=False)
        patch.setattr(SQLiteDialect, "__eq__", lambda one, other: type(one) is type(other))
        patch.setattr(SQLiteDialect, "__hash__", lambda one: hash(type(one)))
        yield


@pytest.fixture
def english() -> Iterator[None]:
    """Messages as they are written in the code."""
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a register with nothing in it: copied, it spares every test the making of its tables."""
    folder = tmp_path_factory.mktemp("blank")
    open_register(folder).close()
    return folder / FILE


def lay(blank: Path, data: Path) -> None:
    """Put an empty register into a data folder that has none."""
    data.mkdir(parents=True, exist_ok=True)
    if not (data / FILE).exists():
        shutil.copy(blank, data / FILE)


@pytest.fixture
def empty(tmp_path: Path, blank: Path) -> Iterator[Register]:
    """A new register."""
    lay(blank, tmp_path / "data")
    register = open_register(tmp_path / "data")
    yield register
    register.close()


@pytest.fixture(scope="session")
def with_samples(blank: Path, mini_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a register with the sample people in it, who play for a good while."""
    folder = tmp_path_factory.mktemp("samples")
    lay(blank, folder)
    register = open_register(folder)
    samples.add(register, mini_course)
    register.close()
    return folder / FILE


@pytest.fixture
def sampled(tmp_path: Path, with_samples: Path) -> Iterator[Register]:
    """A register with the sample people in it."""
    lay(with_samples, tmp_path / "data")
    register = open_register(tmp_path / "data")
    yield register
    register.close()


@pytest.fixture
def staffed(empty: Register) -> Register:
    """A register with STAFF in it, as from a roster."""
    add(empty, STAFF)
    return empty


def add(register: Register, staff: Sequence[Person], origin: str = "roster") -> None:
    """Put people into the register."""
    with register.write() as session:
        people.add(session, staff, origin)


def do(register: Register, course: Course, person: str, activity: str, *choices: str) -> Recorded:
    """Record an attempt with a key of its own."""
    return attempts.record(register, course, person, activity, str(uuid4()), choices)


def right(course: Course, activity: str) -> tuple[str, ...]:
    """The right answers to a quiz or sorter of the miniature course."""
    found = course.activities[activity]
    if isinstance(found, Quiz):
        return tuple(next(o.id for o in q.options if o.correct) for q in found.questions)
    assert isinstance(found, Sorter)
    return tuple(item.bucket for item in found.items)


def complete(register: Register, course: Course, person: str, module: str) -> tuple[str, ...]:
    """Pass all that the module requires; returns the modules newly completed."""
    done: tuple[str, ...] = ()
    for activity in course.module(module).required:
        choices = ENDING if activity == "opkaldet" else right(course, activity)
        done += do(register, course, person, activity, *choices).completed
    return done
