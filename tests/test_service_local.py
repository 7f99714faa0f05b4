"""Local mode: what the first start puts into the register, and what a later one leaves alone."""

from __future__ import annotations

from pathlib import Path

from kommune3.content import Course
from kommune3.register import people, samples
from kommune3.service.app import open_services
from kommune3.service.local import settle_in
from kommune3.service.settings import Settings


def test_sample_people_come_with_the_first_start_only(tmp_path: Path, mini_course: Course) -> None:
    services = open_services(Settings(tmp_path / "data", course_root=mini_course.places.root))
    register = services.register
    try:
        settle_in(services)
        assert people.get(register, people.LOCAL) is not None
        assert samples.present(register)
        samples.remove(register)
        settle_in(services)
        assert not samples.present(register)
    finally:
        register.close()


def test_erasing_oneself_does_not_bring_sample_people_back(tmp_path: Path, mini_course: Course) -> None:
    services = open_services(Settings(tmp_path / "data", course_root=mini_course.places.root))
    register = services.register
    try:
        settle_in(services)
        samples.remove(register)
        with register.write() as session:
            people.add(session, [people.Person("anna", "Anna Ankjær")], "roster")
        people.erase(register, people.LOCAL)
        settle_in(services)
        assert people.get(register, people.LOCAL) is not None
        assert not samples.present(register)
    finally:
        register.close()
