"""Ways to write, send and mark the miniature course's reflection in tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from kommune3.content import Course
from kommune3.register import Register, cohorts, marks, reflections
from kommune3.register.cohorts import Cohort
from kommune3.register.marks import Mark
from kommune3.register.reflections import State

REFLECTION = "baenk-refleksion"
SECRET = "kanariefuglen"
"""A word that stands in TEXT and nowhere else."""
TEXT = (
    "En mand ringede, fordi hans kanariefuglen-skilt var væk. Jeg svarede kort og henviste til afdelingen.",
    "Næste gang vil jeg spørge, hvad han selv har lyst til at gøre, og om naboerne kunne være med til det.",
)
OTHER = (
    "Jeg er helt uenig i, at borgere skal male bænke. Det er vores arbejde, og vi får løn for det.",
    "Jeg vil gøre det samme igen næste gang, fordi alle har ret til ens hjælp uden selv at skulle bidrage.",
)


def requiring(course: Course, *, approval: bool = False) -> Course:
    """The course, where the module ``employee-01`` asks for the reflection too, perhaps for its approval."""
    modules = tuple(
        module.model_copy(update={"required": (*module.required, REFLECTION), "approval": approval})
        if module.id == "employee-01"
        else module
        for module in course.modules
    )
    return replace(course, manifest=course.manifest.model_copy(update={"modules": modules}))


def send(
    register: Register, course: Course, person: str, answers: Sequence[str] = TEXT, *, share: bool = False
) -> State:
    """Send the reflection with a key of its own."""
    return reflections.submit(register, course, person, REFLECTION, str(uuid4()), answers, share=share)


def cohort(register: Register, *people: str, trainer: str = "bo") -> Cohort:
    """A cohort of these people."""
    return cohorts.make(register, "Forår 2026", people, [trainer], trainer, made_from="liste")


def mark(
    register: Register, course: Course, person: str, points: float = 4.0, *, needs_manual: bool = False
) -> int:
    """Mark what the person sent, as the worker does; returns the submission."""
    number = reflections.of(register, course, person, REFLECTION).submission
    assert number is not None
    found = Mark(number, "checked", auto=1.0, manual=points, comment="Godt set.", needs_manual=needs_manual)
    marks.write(register, course, [found])
    return number
