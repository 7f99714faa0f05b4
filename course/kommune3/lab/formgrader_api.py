"""nbgrader's own API on a cohort's folder, with answers that a trainer can use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.apps.api import NbGraderAPI  # type: ignore[import-untyped]
from nbgrader.apps.baseapp import NbGrader  # type: ignore[import-untyped]
from traitlets.config import Config

from kommune3.engine import clock
from kommune3.grading.course_dir import CourseDir
from kommune3.grading.gradebook import write_anew
from kommune3.grading.penalty import ConfigError, asked_for
from kommune3.i18n import gettext as _

from .formgrader_checks import KEPT, in_words

CLOCK = {"timezone": clock.ZONE, "timestamp_format": "%d.%m.%Y %H:%M"}


def app_of(folder: Path) -> NbGrader:
    """nbgrader with the settings of the cohort that has this folder."""
    app = NbGrader()
    app.load_cwd_config, app.config_dir = False, str(folder)
    app.initialize([], root=str(folder))
    # nbgrader warns where it has no exchange
    app.update_config(Config({"Exchange": {"root": str(folder)}, "NbGraderAPI": CLOCK}))
    return app


class InWords(NbGraderAPI):  # type: ignore[misc]
    """nbgrader's API, whose check says in the course's language what came of it."""

    def autograde(self, assignment_id: str, student_id: str, **options: Any) -> dict[str, Any]:
        """nbgrader's answer, with ``told``: sentences for the trainer."""
        place = CourseDir(Path(self.coursedir.root), self.coursedir.course_id)
        try:
            late = asked_for(place)
        except ConfigError as error:
            return {"success": False, "told": [str(error), _(KEPT)]}
        self.update_config(late)
        found = super().autograde(assignment_id, student_id, **options)
        said = in_words(found, f"{student_id}/{assignment_id}")
        if said["told"]:
            write_anew(place, student_id, assignment_id)  # nbgrader takes files away where it fails
        return said
