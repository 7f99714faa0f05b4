"""The exercises as slides: what is asked of a room, the answer a step later, the rest for the trainer."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from ..content import Course
from ..engine.exercises import Assessment, CitizenMap, Comparison, Language, Plan
from ..engine.models import Activity, Quiz, Reflection, Sorter, Table
from ..i18n import gettext as _
from .pieces import Piece, height, pieces, row_height
from .render import part
from .slide import Slide
from .text import SlideText, divided, unique

NOTHING = Markup()
SPACIOUS = 5.0
"""Lines of a table's row, on the average, from which each row gets a slide."""


class Exercises:
    """Makes the slides of a deck's exercises. ``taken`` are the ids in use; ``papers`` names the handouts."""

    def __init__(self, course: Course, text: SlideText, taken: set[str], papers: Sequence[str]) -> None:
        self.course, self.text, self.taken, self.papers = course, text, taken, papers

    def slides(self, activity: Activity) -> list[Slide]:
        """The activity's slides; none for what is drawn or played."""
        match activity:
            case Quiz():
                return self.quiz(activity)
            case Sorter():
                return self.sorter(activity)
            case Table():
                return self.table(activity)
            case Comparison():
                return self.comparison(activity)
            case CitizenMap():
                return self.citizen_map(activity)
            case Assessment():
                return self.assessment(activity)
            case Plan():
                return self.plan(activity)
            case Language():
                return self.language(activity)
            case Reflection():
                return self.reflection(activity)
        return []

    def quiz(self, quiz: Quiz) -> list[Slide]:
        """A question each, options lettered; the next step shows which holds and why."""
        made = []
        for number, question in enumerate(quiz.questions, start=1):
            right = next((n for n, option in enumerate(question.options) if option.correct), 0)
            texts = [option.text for option in question.options]
            body = part("options", texts, right, question.options[right].feedback)
            eyebrow = _("Question {number} of {total}").format(number=number, total=len(quiz.questions))
            notes = part("told", [(one.text, one.feedback) for one in question.options if not one.correct])
            made.append(self._one(quiz.id, question.text, body, notes, eyebrow, "question"))
        return made

    def sorter(self, sorter: Sorter) -> list[Slide]:
        """The piles, then a statement each, to be placed by show of hands."""
        intro = part("told", [("", sorter.intro)])
        made = [
            self._one(sorter.id, sorter.title, part("meanings", sorter.buckets), intro, _("Sort"), "text")
        ]
        ids = [bucket.id for bucket in sorter.buckets]
        for number, item in enumerate(sorter.items, start=1):
            right = ids.index(item.bucket) if item.bucket in ids else 0
            body = part("options", [bucket.name for bucket in sorter.buckets], right, item.feedback)
            eyebrow = _("Statement {number} of {total}").format(number=number, total=len(sorter.items))
            made.append(self._one(sorter.id, item.text, body, NOTHING, eyebrow, "question"))
        return made

    def table(self, table: Table) -> list[Slide]:
        """The table, a few rows at a time; what there is to think about is the trainer's to ask."""
        before, after = f"{part('row_head', table.columns)}", "</tbody></table>"
        if sum(row_height((row.name, *row.cells)) for row in table.rows) > SPACIOUS * len(table.rows):
            return self._row_by_row(table)
        rows = []
        for row in table.rows:
            cells = (row.name, *row.cells)
            lines = row_height(cells)
            rows.append(Piece(part("row", row.name, row.cells), lines, "table", "", 0, before, after, 1.8))
        meanings = [(column.name, column.meaning) for column in table.columns]
        notes = part("told", [*meanings, *((row.name, row.note) for row in table.rows)])
        return divided(table.title, rows, notes, self.taken, look="text")

    def _row_by_row(self, table: Table) -> list[Slide]:
        """A slide for each row, where a row's cells are too long to stand beside others."""
        made = []
        for number, row in enumerate(table.rows, start=1):
            body = part("fields", list(zip(table.columns, row.cells, strict=True)))
            eyebrow = f"{table.title} · {_('{part} of {parts}').format(part=number, parts=len(table.rows))}"
            made.append(self._one(table.id, row.name, body, part("told", [("", row.note)]), eyebrow, "text"))
        return made

    def comparison(self, comparison: Comparison) -> list[Slide]:
        """The statement to stand by before and after, and each topic with what the sources say."""
        scale = part("scale", comparison.statement, comparison.scale)
        asked = (comparison.title, scale, part("told", [("", comparison.intro)]))
        made = [self._one(comparison.id, *asked, _("Where do you stand?"), "stand")]
        for topic in comparison.topics:
            said = [(self._source(one.source), one.text) for one in topic.positions]
            notes = part("told", [(_("The course's own voice:"), topic.note)] if topic.note else [])
            made += self._list(topic.question, said, notes, _("The sources side by side"))
        made += self._list(_("What the sources do not show"), [("", comparison.own_voice)], NOTHING, "")
        again = (_("And now?"), scale, NOTHING, _("Where do you stand?"), "stand")
        return [*made, self._one(comparison.id, *again)]

    def citizen_map(self, asked: CitizenMap) -> list[Slide]:
        """The arenas, then the people whom the room places; the authors' placing is in the notes."""
        arenas = [(arena.name, arena.meaning) for arena in asked.arenas]
        names = {arena.id: arena.name for arena in asked.arenas}
        ours = part("told", [(f"{p.name}: {names.get(p.arena, '')}.", p.why) for p in asked.people])
        made = self._list(asked.title, arenas, part("told", [("", asked.intro)]), _("From the inside out"))
        people = [(person.name, person.text) for person in asked.people]
        return [*made, *self._list(_("Where would you place them?"), people, ours, asked.title)]

    def assessment(self, asked: Assessment) -> list[Slide]:
        """The statements, for each to place herself on in silence."""
        thoughts = [(f"{one.name}:", f"{one.low} / {one.high}") for one in asked.statements]
        levels = " · ".join(level.name for level in asked.levels)
        notes = part("told", [("", asked.intro), *thoughts])
        said = [(one.name, one.text) for one in asked.statements]
        eyebrow = _("Each for oneself: {levels}").format(levels=levels)
        return self._list(asked.title, said, notes, eyebrow, paper=True)

    def plan(self, plan: Plan) -> list[Slide]:
        """The plan's questions, and the columns of its table."""
        asked = [(question.title, question.help or "") for question in plan.questions]
        if plan.columns:
            asked.append((_("Agreements:"), ", ".join(column.name.lower() for column in plan.columns)))
        notes = part("told", [("", plan.intro)])
        return self._list(plan.title, asked, notes, _("Write it down"), paper=True)

    def language(self, language: Language) -> list[Slide]:
        """The sample letter; the words to look for are in the notes."""
        found = [("", line.strip()) for line in language.letter.split("\n") if line.strip()]
        words = [(", ".join(t.words[:3]), f"→ {', '.join(t.instead)}. {t.reason}") for t in language.terms]
        notes = part("told", [("", language.intro), *words])
        return self._list(language.title, found, notes, _("Find the words"), bullets=False)

    def reflection(self, asked: Reflection) -> list[Slide]:
        """A quiet minute with the question."""
        found = pieces(self.text.parsed(asked.question), self.text.rendered)
        kept = found[:1]
        notes = Markup("".join(piece.html for piece in found[1:]))  # noqa: S704, rendered from Markdown
        prompts = part("quiet_minute", asked.prompts)
        kept.append(Piece(prompts, 1.5 * len(asked.prompts) + 1.5, "other"))
        return divided(asked.title, kept, notes, self.taken, look="minute", eyebrow=_("A quiet minute"))

    def _one(self, owner: str, heading: str, body: Markup, notes: Markup, eyebrow: str, look: str) -> Slide:
        return Slide(unique(owner, self.taken), heading, body, notes, eyebrow, look)

    def _list(
        self,
        heading: str,
        said: Sequence[tuple[str, str]],
        notes: Markup,
        eyebrow: str,
        *,
        paper: bool = False,
        bullets: bool = True,
    ) -> list[Slide]:
        """Names with texts as a list, or paragraphs, on as many slides as they take."""
        around = (0, "<ul>", "</ul>") if bullets and len(said) > 1 else (-1, "", "")
        macro = "item" if around[1] else "told"
        found = []
        for name, words in said:
            html = part("item", name, words) if macro == "item" else part("told", [(name, words)])
            text = f"{name} {words}"
            found.append(Piece(html, height(text) + 0.4, "list", text, *around))
        if paper and self.papers:
            found.append(Piece(part("paper", self.papers), 1.2, "other", "", -2))
        return divided(heading, found, notes, self.taken, look="text", eyebrow=eyebrow)

    def _source(self, name: str) -> str:
        """Who says it, shortly, and when."""
        source = self.course.sources.get(name)
        return name if source is None else f"{source.author} ({source.date}):"
