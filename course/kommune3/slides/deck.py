"""A module's notebook as a deck of slides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from .. import charts
from ..content import Course, Module
from ..content.manifest import Material
from ..content.notebook import Call
from ..engine.exercises import CitizenMap
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


FEW = 30
"""Words up to which what leads to an exercise gets no slide of its own."""


@dataclass(frozen=True)
class Deck:
    """The slides of a module, in order; a story is a stack of slides below one."""

    module: Module
    slides: tuple[Slide | Story, ...]


def build(course: Course, module_id: str) -> Deck:
    """The module's slides. KeyError for an unknown module."""
    return _Builder(course, course.module(module_id)).deck()


def led(lead: list[Slide], made: list[Slide | Story]) -> list[Slide | Story]:
    """An exercise's slides after the section that leads to it. A few words that only lead there need no slide
    of their own: their heading goes above the exercise's, the words into its notes."""
    if len(lead) != 1 or not made or lead[0].look != "text" or not few_words(lead[0]):
        return [*lead, *made]
    (words,), first = lead, made[0]
    slide = first.slides[0] if isinstance(first, Story) else first
    slide = replace(slide, eyebrow=words.heading, notes=words.body + words.notes + slide.notes)
    begun = replace(first, slides=(slide, *first.slides[1:])) if isinstance(first, Story) else slide
    return [begun, *made[1:]]


def few_words(slide: Slide) -> bool:
    """Whether the slide has a paragraph or two of few words, and nothing else."""
    plain = "<li" not in slide.body and "<t" not in slide.body
    return plain and len(slide.body.striptags().split()) <= FEW


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
        heading, lead = self.module.title, list[Slide]()
        for cell in self.notebook.cells:
            if cell.kind == "markdown":
                yield from lead
                lead = []
                for section in sections(self.text.parsed(cell.source)):
                    yield from lead
                    lead = slides(section, self.text, heading, self.taken)
                    heading = section.heading or heading
            elif cell.call is not None:
                activity = self.course.activities.get(str(next(iter(cell.call.arguments), "")))
                made = [] if activity is None else list(self._activity(cell.call, activity))
                yield from led(lead, made)
                lead = []
        yield from lead

    def _activity(self, call: Call, activity: Activity) -> Iterator[Slide | Story]:
        if call.function in ON_PAPER:
            return
        if call.function == "endings" and isinstance(activity, Scenario):
            yield from self._endings(activity)
            return
        if call.function == "arenas" and isinstance(activity, CitizenMap):
            bands = part("bands", tuple(reversed(activity.arenas)))
            notes = part("told", [(f"{one.name}:", one.meaning) for one in activity.arenas])
            yield Slide(f"{activity.id}-arenas", _("The places on the map"), bands, notes, "", "bands")
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
