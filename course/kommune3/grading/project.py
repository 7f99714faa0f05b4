"""What the register holds of one cohort, as nbgrader's files and gradebook.

Files first, each moved into place whole; then their grades in one transaction for a batch. A row that says
"under way" is there before any file, so whatever a killed worker left is found and done again, or taken away.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from kommune3.content import Course
from kommune3.i18n import gettext as _
from kommune3.register import Register, marks, people
from kommune3.register.marks import Mark, Submitted

from . import outcome
from .course_dir import CourseDir, put, take_away
from .penalty import Penalty
from .restore import restore
from .rows import Had, Row, Rows
from .source import Source

BATCH = 25
"""Submissions that share one transaction: it lasts some hundredths of a second."""

Key = tuple[str, str]
Told = Callable[[int], None]
"""Called with how many more submissions are done."""


@dataclass(frozen=True)
class Task:
    """A submission of which something is to be written: the reflections named in ``new``."""

    submitted: Submitted
    new: frozenset[str]
    again: frozenset[str]
    """Those of ``new`` whose text is the same as before."""


@dataclass(frozen=True)
class Made:
    """A task's files and rows, ready to be written."""

    task: Task
    files: Mapping[str, tuple[bytes, bytes]]
    """As submitted and as autograded, by notebook name."""
    rows: tuple[Row, ...]


class Projection:
    """One cohort's files and open gradebook, and how to bring them up to date."""

    def __init__(
        self,
        course: Course,
        place: CourseDir,
        gradebook: Any,
        sources: Mapping[str, tuple[Source, ...]],
        penalty: Penalty | None,
    ) -> None:
        self.course, self.place, self.gradebook, self.penalty = course, place, gradebook, penalty
        self.sources, self.rows = sources, Rows(gradebook)
        self.by_activity = {source.activity: source for several in sources.values() for source in several}
        self.prints = {name: fingerprint(source) for name, source in self.by_activity.items()}

    def tasks(self, wanted: Sequence[Submitted], rebuild: bool = False) -> list[Task]:
        """What is to be written: texts that are new, changed or graded by another source, and lost files."""
        had, found = self.rows.had(), []
        for one in wanted:
            before = {name: had.get((one.person, name)) for name in one.answers if name in self.by_activity}
            new = [name for name, was in before.items() if rebuild or not self._done(one, name, was)]
            same = [name for name in new if _submission(before[name]) == one.submissions[name]]
            if new:
                found.append(Task(one, frozenset(new), frozenset(same)))
        return found

    def _done(self, one: Submitted, activity: str, had: Had | None) -> bool:
        if had is None or had.submission != one.submissions[activity]:
            return False
        name = f"{self.by_activity[activity].name}.ipynb"
        steps = [self.place.folder(step, one.person, one.assignment) for step in ("submitted", "autograded")]
        return had.fingerprint == self.prints[activity] and all((step / name).is_file() for step in steps)

    def write(self, tasks: Sequence[Task], register: Register, told: Told = lambda count: None) -> None:
        """Write the tasks' files, grades and comments. Raises GradebookError, OSError; what is done stays."""
        kept = marks.kept(register, self.place.cohort) if tasks else {}
        for start in range(0, len(tasks), BATCH):
            batch = tasks[start : start + BATCH]
            made = [self._make(task) for task in batch]
            self.rows.begin(row for one in made for row in one.rows)
            self.gradebook.db.commit()
            for one in made:
                self._files(one)
            self.rows.students(_names(register, [one.task.submitted.person for one in made]))
            self._grades(made, kept)
            self.gradebook.db.commit()
            told(len(batch))

    def _make(self, task: Task) -> Made:
        files, rows = {}, []
        for activity in sorted(task.new):
            source = self.by_activity[activity]
            row = Row(
                task.submitted.person,
                source,
                task.submitted.submissions[activity],
                self.prints[activity],
                again=activity in task.again,
            )
            cell = outcome.written(source, task.submitted.answers[activity])
            graded = _graded(self.course, source, cell)
            sent = outcome.dumped(outcome.submitted(source, cell))
            if isinstance(graded, str):
                scores = {one.grade_id: None for one in source.cells if one.grade}
                rows.append(replace(row, scores=scores, reason=graded))
                files[source.name] = (sent, sent)
            else:
                rows.append(replace(row, scores=graded.scores, comments=graded.comments))
                files[source.name] = (sent, outcome.dumped(graded.notebook))
        return Made(task, files, tuple(rows))

    def _files(self, made: Made) -> None:
        one = made.task.submitted
        stamp = one.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC\n").encode()
        for at, step in enumerate(("submitted", "autograded")):
            folder = self.place.folder(step, one.person, one.assignment)
            for name, contents in made.files.items():
                put(folder / f"{name}.ipynb", contents[at])
            put(folder / "timestamp.txt", stamp)

    def _grades(self, made: Sequence[Made], kept: Mapping[Key, Mark]) -> None:
        handed_in = [one.task.submitted for one in made]
        notebooks = self.rows.submissions(
            [(one.person, one.assignment, _plain(one.at)) for one in handed_in], self.sources
        )
        rows = [
            (row, notebooks[row.person, row.source.assignment, row.source.name])
            for one in made
            for row in one.rows
        ]
        absent = [
            (source, notebooks[one.person, one.assignment, source.name])
            for one in handed_in
            for source in self.sources[one.assignment]
            if source.activity not in one.answers
        ]
        self.rows.grade(rows, absent)
        for row, notebook in rows:
            mark = kept.get((row.person, row.source.activity))
            if mark is not None and mark.submission == row.submission and not row.again:
                restore(self.rows, row, notebook, mark)
            if self.penalty is not None:
                self._penalise(row, notebook)

    def _penalise(self, row: Row, notebook: str) -> None:
        assert self.penalty is not None  # noqa: S101  the caller looked
        try:
            self.penalty.assign(self.rows.db, row.person, notebook)
        except Exception as error:  # a trainer's own plugin; the other submissions go on
            told = _("The late penalty could not be worked out ({name}).").format(name=type(error).__name__)
            self.rows.failed(row, notebook, told)

    def remove(self, wanted: Sequence[Submitted]) -> int:
        """Take out what is no longer to be here: withdrawn, no longer shared, not of this cohort any more."""
        stay = {(one.person, name) for one in wanted for name in one.answers if name in self.by_activity}
        whole = {(one.person, one.assignment) for one in wanted}
        gone = [had for key, had in self.rows.had().items() if key not in stay]
        for had in gone:
            self._remove(had, (had.person, had.assignment) in whole)
        if gone:
            self.rows.forget_students({had.person for had in gone} - {one.person for one in wanted})
            self.gradebook.db.commit()
        return len(gone)

    def _remove(self, had: Had, others_stay: bool) -> None:
        source = self.by_activity.get(had.activity)
        for step in ("submitted", "autograded", "feedback"):
            folder = self.place.folder(step, had.person, had.assignment)
            if not others_stay:
                take_away(folder)
                with suppress(OSError):  # other assignments' folders stay
                    folder.parent.rmdir()
            elif source is not None:
                for path in folder.glob(f"{source.name}.*"):
                    path.unlink()
        self.rows.forget(had)
        if not others_stay:
            self.rows.forget_submission(had.person, had.assignment)
        elif source is not None:
            self.rows.grade([], [(source, had.notebook)])


def _plain(at: datetime) -> datetime:
    """UTC without a zone, as nbgrader keeps it."""
    return at.astimezone(UTC).replace(tzinfo=None)


def fingerprint(source: Source) -> str:
    """Changes whenever the notebook, its points or its check change."""
    parts = [source.name, [cell.checksum for cell in source.cells], source.released]
    said = json.dumps([*parts, source.reflection.fingerprint], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _graded(course: Course, source: Source, cell: str) -> outcome.Graded | str:
    """The grading, or why it could not be done; never a silent zero, and never the text."""
    try:
        return outcome.grade(course, source, cell)
    except Exception as error:  # one that cannot be checked must not stop the rest
        told = _("The check stopped with an error ({name}). Read the answer; tell whoever runs the course.")
        return told.format(name=type(error).__name__)


def _submission(had: Had | None) -> int | None:
    return None if had is None else had.submission


def _names(register: Register, ids: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """First name, last name and e-mail address, as formgrader shows them."""
    return {person: _parts(found) for person, found in _found(register, ids)}


def _found(register: Register, ids: Iterable[str]) -> Iterator[tuple[str, people.Person]]:
    for person in ids:
        found = people.get(register, person)
        if found is not None:
            yield person, found


def _parts(person: people.Person) -> tuple[str, str, str]:
    first, _space, last = person.name.rpartition(" ")
    return first, last, person.email
