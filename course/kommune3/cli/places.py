"""Opening what the options name: the settings, the course, the register."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from kommune3.service.settings import Settings, from_environment

if TYPE_CHECKING:
    from kommune3.content import Course
    from kommune3.register import Register


def settings(arguments: argparse.Namespace) -> Settings:
    """The environment's settings, with what the options say instead. Raises SettingsError."""
    found = from_environment()
    if getattr(arguments, "data", None):
        found = replace(found, data_dir=arguments.data.expanduser())
    if getattr(arguments, "course", None):
        found = replace(found, course_dir=arguments.course.expanduser())
    if getattr(arguments, "root_path", None) is not None:
        found = replace(found, root_path=arguments.root_path.rstrip("/"))
    return found


def course(arguments: argparse.Namespace) -> Course:
    """The course, in whose language the command then speaks. Raises ContentError."""
    from kommune3 import i18n
    from kommune3.content import load_course

    found = load_course(settings(arguments).course_dir)
    i18n.use(found.info.language, found.places.overlay)
    return found


def speak(chosen: Settings) -> None:
    """Speak the language of a municipality's own course before the course is loaded, or without it."""
    if chosen.course_dir is not None:
        from kommune3 import i18n
        from kommune3.content.words import spoken

        i18n.use(spoken(chosen.course_dir), chosen.course_dir)


@contextmanager
def register(arguments: argparse.Namespace) -> Iterator[Register]:
    """The register, closed at the end. Raises RegisterError."""
    from kommune3.register import open_register

    found = open_register(settings(arguments).data_dir)
    try:
        yield found
    finally:
        found.close()
