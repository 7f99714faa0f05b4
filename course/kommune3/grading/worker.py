"""The one process that keeps nbgrader's files and gradebooks in step with the register, both ways."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.i18n import gettext as _
from kommune3.register import Register, RegisterError, UnknownCohort, cohorts, marks
from kommune3.register.cohorts import Cohort

from . import course_dir, gradebook
from . import marks as gradebook_marks
from .course_dir import CourseDir
from .gradebook import GradebookBusy, GradebookError
from .locks import FilesBusy, projecting
from .penalty import ConfigError, penalty_of
from .project import Projection
from .source import Source, sources

PAUSE = 3.0
"""Seconds between two looks for changes."""


@dataclass(frozen=True)
class Done:
    """What came of one cohort. ``trouble`` is why it could not be finished, "" where it was."""

    cohort: str
    graded: int = 0
    removed: int = 0
    marked: int = 0
    trouble: str = ""
    busy: bool = False
    """The gradebook was in use: it is tried again."""


@dataclass
class Progress:
    """What the work under way looks like from outside; ``told`` is called at each change."""

    told: Callable[[int, int], None] = lambda done, total: None
    total: int = 0
    done: int = 0

    def add(self, count: int) -> None:
        """So many more are to be done."""
        self.total += count
        self.told(self.done, self.total)

    def step(self, count: int) -> None:
        """So many more are done."""
        self.done += count
        self.told(self.done, self.total)


@dataclass
class Worker:
    """Grades every cohort of one installation. Hold ``locks.alone`` while it works."""

    register: Register
    course: Course
    data_dir: Path
    _seen: dict[str, object] = field(default_factory=dict)

    def renew(self, course: Course) -> None:
        """Go on with the course as it is now; what it asks for anew is graded again at the next look."""
        self.course = course
        self._seen.clear()

    def once(self, *, only: str = "", rebuild: bool = False, progress: Progress | None = None) -> list[Done]:
        """Bring every cohort up to date, or one. A cohort in trouble never stops the next.

        Raises RegisterError where there is no such cohort.
        """
        chosen = [cohorts.get(self.register, only)] if only else cohorts.listed(self.register)
        shown = progress or Progress()
        self._marks_first()
        return [self._cohort(one, rebuild, shown) for one in chosen]

    def changed(self) -> list[Cohort]:
        """The cohorts where register or gradebook changed since they were last brought up to date."""
        return [
            one for one in cohorts.listed(self.register) if self._seen.get(one.id) != self._signature(one)
        ]

    def look(self, progress: Progress | None = None) -> list[Done]:
        """Bring those up to date that changed; dissolved ones are taken away."""
        found = self.changed()
        self._marks_first()
        return [self._cohort(one, False, progress or Progress()) for one in found]

    def _marks_first(self) -> None:
        """Bring the marks of those who left a cohort back, before the next one begins without them."""
        there = cohorts.listed(self.register)
        self._dissolved({one.id for one in there})
        for one in there:
            place = course_dir.of(self.data_dir, one.id)
            had = {path.name for path in (place.root / "submitted").glob("*")}
            if not had <= {*one.members}:
                with suppress(FilesBusy, GradebookError, RegisterError, OSError), projecting(self.data_dir):
                    self._last_marks(place)

    def _cohort(self, cohort: Cohort, rebuild: bool, progress: Progress) -> Done:
        place = course_dir.of(self.data_dir, cohort.id)
        try:
            with projecting(self.data_dir):
                before = self._signature(cohort)  # what comes meanwhile is a change: it is looked at again
                done = self._bring_up_to_date(place, cohort, rebuild, progress)
                self._seen[cohort.id] = before
                return done
        except (GradebookBusy, FilesBusy) as error:
            return Done(cohort.id, trouble=str(error), busy=True)
        except UnknownCohort:
            return Done(cohort.id)  # dissolved meanwhile: its folder goes at the next look
        except (GradebookError, ConfigError, RegisterError) as error:
            return Done(cohort.id, trouble=str(error))
        except OSError as error:
            told = _("The files of {cohort} cannot be written ({reason}).")
            return Done(
                cohort.id,
                trouble=told.format(cohort=cohort.id, reason=error.strerror or type(error).__name__),
            )
        except Exception as error:  # unforeseen; the other cohorts go on
            told = _("The grading of {cohort} stopped with an error ({name}).")
            return Done(cohort.id, trouble=told.format(cohort=cohort.id, name=type(error).__name__))

    def _bring_up_to_date(self, place: CourseDir, cohort: Cohort, rebuild: bool, progress: Progress) -> Done:
        wanted = marks.wanted(self.register, self.course, cohort.id)
        if not wanted and not place.gradebook.exists():
            return Done(cohort.id)  # nothing to grade yet, and nbgrader takes seconds to import
        course_dir.prepare(place, self.course)
        asked = self._asked()
        by_activity = _by_activity(asked)
        if rebuild:
            _set_aside_if_damaged(place)
        with gradebook.opened(place) as opened:
            gradebook.ask_for(opened, asked, due(cohort.deadline))
            opened.db.commit()
            marked = self._bring_back(opened, by_activity)
            projection = Projection(self.course, place, opened, asked, penalty_of(place))
            removed = projection.remove(wanted)
            tasks = projection.tasks(wanted, rebuild)
            progress.add(len(tasks))
            projection.write(tasks, self.register, progress.step)
            if tasks:
                marked += self._bring_back(opened, by_activity)
        return Done(cohort.id, graded=len(tasks), removed=removed, marked=marked)

    def _bring_back(self, opened: object, by_activity: Mapping[str, Source]) -> int:
        found = gradebook_marks.read(opened, by_activity)
        return marks.write(self.register, self.course, found) if found else 0

    def _signature(self, cohort: Cohort) -> object:
        """Differs when anything did that may matter to the cohort; cheap to ask for."""
        place = course_dir.of(self.data_dir, cohort.id)
        files = (self.register.path, Path(f"{self.register.path}-wal"), place.gradebook)
        own = place.root / course_dir.OWN_CONFIG
        return cohort, *map(_state, (*files, own))

    def _dissolved(self, there: set[str]) -> None:
        """Take away the folders of cohorts that are gone, once their last marks are back."""
        for place in course_dir.all_of(self.data_dir):
            if place.cohort in there or not course_dir.is_ours(place):
                continue
            with suppress(FilesBusy, GradebookBusy, OSError), projecting(self.data_dir):
                self._last_marks(place)
                course_dir.take_away(place.root)

    def _last_marks(self, place: CourseDir) -> None:
        if not place.gradebook.exists():
            return
        try:
            with gradebook.opened(place) as opened:
                self._bring_back(opened, _by_activity(self._asked()))
        except GradebookBusy:
            raise
        except GradebookError:
            pass  # damaged: the register has what there is

    def _asked(self) -> dict[str, tuple[Source, ...]]:
        return {name: sources(self.course, name) for name in self.course.assignments}


def due(deadline: date | None) -> datetime | None:
    """The last moment that is not late, UTC without a zone as nbgrader keeps it."""
    if deadline is None or deadline == date.max:  # nothing comes after the last of all days
        return None
    midnight = datetime.combine(deadline + timedelta(days=1), time(), tzinfo=ZoneInfo(clock.ZONE))
    return (midnight.astimezone(UTC) - timedelta(microseconds=1)).replace(tzinfo=None)


def _by_activity(asked: Mapping[str, tuple[Source, ...]]) -> dict[str, Source]:
    return {source.activity: source for several in asked.values() for source in several}


def _set_aside_if_damaged(place: CourseDir) -> None:
    """Remove a gradebook that cannot be read, so that it is made anew from the register."""
    if not place.gradebook.exists():
        return
    connection = sqlite3.connect(place.gradebook)
    try:
        sound = connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    except sqlite3.OperationalError:
        sound = True  # in use, or no rights: opening it says what is wrong
    except sqlite3.DatabaseError:
        sound = False
    finally:
        connection.close()
    if not sound:
        place.gradebook.unlink()


def _state(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
