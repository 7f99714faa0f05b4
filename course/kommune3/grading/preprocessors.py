"""For ``nbgrader autograde``: answers put into the course's own notebook, and checks without a kernel.

Nothing that a learner wrote is executed, and one bad submission never stops the others. A cohort's
``nbgrader_config.py`` takes its settings from ``autograde_config``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat.notebooknode import NotebookNode, from_dict
from nbgrader.preprocessors import NbGraderPreprocessor  # type: ignore[import-untyped]
from traitlets import Unicode
from traitlets.config import Config

from kommune3 import i18n
from kommune3.content import Course, load_course
from kommune3.i18n import gettext as _

from . import outcome
from .cells import Sent, Unreadable, cells_in, cells_of
from .found import MOST_BYTES
from .reading import Answers, read_cells
from .source import Source, grade_id_of, sources, text_of

KEY = "kommune3"
"""The notebook metadata in which the first pass tells the second what was found."""
NOTES, REASON = "notes", "could_not_check"

_node: Callable[[Mapping[str, Any]], NotebookNode] = from_dict
EMPTY = _node({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})

_HERE = __name__
_PACKAGE = "nbgrader.preprocessors"


def autograde_config(*, course_dir: str | None = None, course_root: str | None = None) -> Config:
    """The settings with which nbgrader grades as ``kommune3 grade`` does.

    ``course_dir``: a municipality's own files; ``course_root``: where the course lies, unless it is the
    installed one.
    """
    config = Config()
    config.Autograde.exporter_class = f"{_HERE}.SafeExporter"
    config.Autograde.sanitize_preprocessors = [
        f"{_HERE}.OnlySourceCells",
        *(f"{_PACKAGE}.{name}" for name in ("ClearOutput", "DeduplicateIds", "OverwriteKernelspec")),
        *(f"{_PACKAGE}.{name}" for name in ("OverwriteCells", "CheckCellMetadata")),
    ]
    config.Autograde.autograde_preprocessors = [
        f"{_HERE}.TrustedChecks",
        *(f"{_PACKAGE}.{name}" for name in ("LimitOutput", "SaveAutoGrades")),
        *(f"{_PACKAGE}.{name}" for name in ("AssignLatePenalties", "CheckCellMetadata")),
    ]
    config.FromCourse.course_dir = course_dir or ""
    config.FromCourse.course_root = course_root or ""
    return config


class NotOfTheCourse(Exception):
    """A notebook that no reflection of the course has."""


class SafeExporter(NotebookExporter):
    """Reads what was submitted with ``cells_of`` in place of nbformat, which a bad file would break."""

    def from_filename(self, filename: str, resources: dict[str, Any] | None = None, **kw: Any) -> Any:
        """The converted notebook and its resources."""
        if not getattr(self.parent, "_sanitizing", False):  # what the first pass wrote is ours
            return super().from_filename(filename, resources, **kw)
        path = Path(filename)
        with path.open("rb") as file:
            sent = cells_of(file.read(MOST_BYTES + 1))
        named = {"metadata": {"name": path.stem, "path": str(path.parent)}, KEY: sent}
        return self.from_notebook_node(EMPTY, (resources or {}) | named, **kw)  # type: ignore[no-untyped-call]


class FromCourse(NbGraderPreprocessor):  # type: ignore[misc]
    """A preprocessor that knows the course."""

    course_dir = Unicode("", help="A municipality's own files, laid over the course").tag(config=True)
    course_root = Unicode("", help="Where the course lies, unless it is the installed one").tag(config=True)

    def course(self) -> Course:
        """The course."""
        return _course(self.course_dir, self.course_root)

    def source(self, resources: Mapping[str, Any]) -> Source:
        """The source of the notebook that is converted. Raises NotOfTheCourse."""
        wanted = resources["nbgrader"]
        try:
            found = {one.name: one for one in sources(self.course(), wanted["assignment"])}
            return found[wanted["notebook"]]
        except KeyError:
            raise NotOfTheCourse(_("The course has no such exercise.")) from None


class OnlySourceCells(FromCourse):
    """First: the released notebook with the learner's answers put in, and nothing else of the learner's.

    Whatever was changed is as it was released: cells that were added, deleted, moved, doubled or retyped,
    points, versions. What cannot be read stays visible: its reason stands where the answer would, so that
    nbgrader asks the trainer to look at it.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook to grade."""
        source = self.source(resources)
        answers = _answers(nb, resources, source)
        name = "/".join(resources["nbgrader"][key] for key in ("student", "assignment", "notebook"))
        if isinstance(answers, Unreadable):
            self.log.error("%s: %s", name, answers.reason)
            rest = [""] * (len(source.reflection.prompts) - 1)
            cell, told = outcome.written(source, [f"({answers.reason})", *rest]), {REASON: answers.reason}
        else:
            for note in answers.notes:
                self.log.warning("%s: %s", name, note)
            cell, told = _cell(source, answers), {NOTES: "\n".join(answers.notes)}
        made = outcome.submitted(source, cell)
        made["cells"] = [one | {"source": text_of(one)} for one in made["cells"]]  # nbgrader takes no lines
        made["metadata"] = dict(made["metadata"]) | {KEY: told}
        return _node(made), resources


class TrustedChecks(FromCourse):
    """In place of Execute: the source's own test calls, worked out here. No kernel is started."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook with the outputs that a kernel would have left under its test cells."""
        source = self.source(resources)
        told = nb.metadata.get(KEY, {})
        answer = next(text_of(cell) for cell in nb.cells if grade_id_of(cell) == source.activity)
        tests = {test.grade_id for test in source.tests}
        for cell in nb.cells:
            if cell.cell_type != "code":
                continue
            cell.outputs, cell.execution_count = [], None
            if grade_id_of(cell) in tests:
                printed, score = self._checked(source, answer, told)
                cell.outputs, cell.execution_count = (
                    [_node(one) for one in outcome.outputs(printed, score)],
                    1,
                )
        return nb, resources

    def _checked(self, source: Source, answer: str, told: Mapping[str, Any]) -> tuple[str, float]:
        if reason := told.get(REASON):
            return f"{reason}\n", 0.0
        printed, score = outcome.check(self.course(), source, answer)
        notes = told.get(NOTES, "")
        return (f"{notes}\n{printed}" if notes else printed), score


def _answers(nb: NotebookNode, resources: Mapping[str, Any], source: Source) -> Answers | Unreadable:
    sent = resources.get(KEY)
    if sent is None:  # converted by somebody who does not use SafeExporter
        cells = cells_in(nb)
        sent = cells if isinstance(cells, Unreadable) else Sent(cells)
    return sent if isinstance(sent, Unreadable) else read_cells(sent, (source,))


def _cell(source: Source, answers: Answers) -> str:
    """The answer cell; as it was released where nothing is written, so that nbgrader says so."""
    return (
        outcome.written(source, answers.answers[source.activity]) if answers.written else source.answer.source
    )


@lru_cache(maxsize=4)
def _course(overlay: str, root: str) -> Course:
    found = load_course(Path(overlay) if overlay else None, root=Path(root) if root else None)
    i18n.use(found.info.language, found.places.overlay)
    return found
