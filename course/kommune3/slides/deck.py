"""A module's notebook as a deck of slides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from .. import charts
from ..content import Course, Module
from ..content.manifest import Material
from ..content.notebook import Call
from ..engine.models import Activity, Scenario
from ..engine.moves import Circular
from ..engine.spread import spreads
from ..engine.walk import TooManyStates
from ..i18n import gettext as _
from .exercises import Exercises
from .pieces import Piece, height
from .render import part
from .slide import Slide, Story
from .story import story
from .text import SOURCES, SlideText, divided, sections, slides

ON_PAPER = ("profile",)
"""Drawings to fill in with a pen: nothing to look at on a slide."""


@dataclass(frozen=True)
class Deck:
    """The slides of a module, in order; a story is a stack of slides below one."""

    module: Module
    slides: tuple[Slide | Story, ...]


def build(course: Course, module_id: str) -> Deck:
    """The module's slides. KeyError for an unknown module."""
    return _Builder(course, course.module(module_id)).deck()


class _Builder:
    def __init__(self, course: Course, module: Module) -> None:
        self.course, self.module, self.taken = course, module, {SOURCES}
        self.notebook = course.notebook(module.id)
        self.text = SlideText(course, self.notebook)
        self.exercises = Exercises(course, self.text, self.taken, self._handouts())

    def deck(self) -> Deck:
        """Title, text and exercises as the notebook has them, sources."""
        inside = [*self._title(), *self._cells()]
        return Deck(self.module, (*inside, *self._sources()))

    def _title(self) -> Iterator[Slide]:
        papers = [self.course.papers[one.id] for one in self._materials("notes")]
        notes = Markup().join(self.text.notes(cell.source) for paper in papers for cell in paper.cells)
        owner = f"{self.course.municipality.name} · {self.course.info.title}"
        body = part("title", self.course, self.module, self.module.aims)
        yield Slide("titel", self.module.title, body, notes, owner, "title")
        self.taken.add("titel")

    def _cells(self) -> Iterator[Slide | Story]:
        for cell in self.notebook.cells:
            if cell.kind == "markdown":
                for section in sections(self.text.parsed(cell.source)):
                    yield from slides(section, self.text, self.module.title, self.taken)
            elif cell.call is not None:
                activity = self.course.activities.get(str(next(iter(cell.call.arguments), "")))
                if activity is not None:
                    yield from self._activity(cell.call, activity)

    def _activity(self, call: Call, activity: Activity) -> Iterator[Slide | Story]:
        if call.function in ON_PAPER:
            return
        if call.function == "endings" and isinstance(activity, Scenario):
            yield from self._endings(activity)
            return
        try:
            chart = charts.called(call.function, activity)
        except charts.Undrawable:  # the page tells of it; a room need not look at nothing
            return
        if chart is not None:
            name = f"{activity.id}-{call.function}"
            svg = Markup(chart.svg)  # noqa: S704, drawn by charts, its texts escaped
            notes = part("figure_notes", chart)
            yield Slide(name, chart.title, part("figure", chart, svg), notes, "", "figure")
        elif isinstance(activity, Scenario):
            yield story(activity)
        else:
            yield from self.exercises.slides(activity)

    def _endings(self, scenario: Scenario) -> Iterator[Slide]:
        """All endings as a table: the drawing's letters are too small for the back row."""
        try:
            found = spreads(scenario)
        except (Circular, TooManyStates, KeyError):  # for `check` to tell of
            return
        told = _("Where the paths to each ending come to on average. The numbers are the authors' estimate.")
        body = part("all_endings", scenario, found)
        yield Slide(
            f"{scenario.id}-endings", _("All endings"), body, Markup.escape(told), scenario.title, "table"
        )

    def _sources(self) -> list[Slide]:
        found = []
        for name, number in self.text.cited.items():
            one = self.course.sources[name]
            words = f"{one.author}{one.title}{one.place}{one.date}{one.interest}"
            html = part("source", number, one)
            found.append(Piece(html, height(words) + 0.4, "list", words, 0, "<ol>", "</ol>"))
        made = divided(_("Sources"), found, Markup(), self.taken, look="sources") if found else []
        return [replace(slide, id=SOURCES) if n == 0 else slide for n, slide in enumerate(made)]

    def _materials(self, kind: str) -> list[Material]:
        return [one for one in self.course.materials if one.module == self.module.id and one.kind == kind]

    def _handouts(self) -> list[str]:
        """The sheets for this module, or else those of its role."""
        own = self._materials("handout")
        role = self.module.file.split("/")[1] if self.module.file.count("/") > 1 else ""
        of_role = [one for one in self.course.materials if one.kind == "handout" and one.role == role]
        return [one.title for one in own or of_role]
