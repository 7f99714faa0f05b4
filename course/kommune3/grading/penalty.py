"""A late penalty, where a trainer's own nbgrader settings ask for one; nbgrader's own plugin works it out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from sqlalchemy import select, update

from kommune3.i18n import gettext as _

from .course_dir import OWN_CONFIG, CourseDir


class ConfigError(Exception):
    """A trainer's own settings that cannot be read; the message says which file."""


class Penalty:
    """nbgrader's AssignLatePenalties with the plugin that the settings name."""

    def __init__(self, config: Any) -> None:
        from nbgrader.preprocessors import AssignLatePenalties  # type: ignore[import-untyped]

        self._assigner = AssignLatePenalties(config=config)
        self._assigner.init_plugin()

    @property
    def sections(self) -> list[str]:
        """The parts of the settings that say how the penalty is worked out."""
        return ["AssignLatePenalties", *type(self._assigner.plugin_inst).section_names()]

    def assign(self, db: Any, person: str, notebook: str) -> None:
        """Set the penalty of one submitted notebook, none where it came in time; not committed."""
        from nbgrader import api  # type: ignore[import-untyped]

        table = api.SubmittedNotebook.__table__
        submission = db.scalar(
            select(api.SubmittedAssignment).where(
                api.SubmittedAssignment.id
                == select(table.c.assignment_id).where(table.c.id == notebook).scalar_subquery()
            ),
            execution_options={"populate_existing": True},
        )
        penalty, late = None, submission.total_seconds_late
        if late > 0:
            score = _score(db, notebook)
            penalty = self._assigner.plugin_inst.late_submission_penalty(person, score, late)
            if penalty is not None:
                penalty = self._assigner._check_late_penalty(SimpleNamespace(score=score), penalty)
        db.execute(update(table).where(table.c.id == notebook).values(late_submission_penalty=penalty))


def penalty_of(place: CourseDir) -> Penalty | None:
    """What the trainer's own settings ask for; none where there are none. Raises ConfigError."""
    asked = asked_for(place)
    return Penalty(asked) if asked else None


def asked_for(place: CourseDir) -> Any:
    """What the trainer's own settings say of lateness, tried out, and nothing else. Raises ConfigError."""
    from traitlets.config.loader import Config, PyFileConfigLoader

    if not (place.root / OWN_CONFIG).is_file():
        return Config()
    try:
        config = PyFileConfigLoader(OWN_CONFIG, path=str(place.root)).load_config()
        if "AssignLatePenalties" not in config and "LateSubmissionPlugin" not in config:
            return Config()
        return Config({name: config[name] for name in Penalty(config).sections if name in config})
    except Exception as error:
        told = _("The settings in {file} cannot be used ({name}): correct them, or take the file away.")
        file = f"{place.cohort}/{OWN_CONFIG}"
        raise ConfigError(told.format(file=file, name=type(error).__name__)) from error


def _score(db: Any, notebook: str) -> float:
    """The trainer's points where there are any, else the check's, with extra credit."""
    from nbgrader import api

    grades = db.execute(
        select(api.Grade.manual_score, api.Grade.auto_score, api.Grade.extra_credit).where(
            api.Grade.notebook_id == notebook
        )
    )
    total = 0.0
    for manual, auto, extra in grades:
        points = auto if manual is None else manual
        total += 0.0 if points is None else points + (extra or 0.0)
    return total
