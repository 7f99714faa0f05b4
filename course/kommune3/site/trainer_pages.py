"""The trainer's pages. Each method returns a whole HTML page, as those of Site, which has them all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Protocol

from markupsafe import Markup

from ..content import Course
from ..engine.models import Reflection
from . import trainer
from .markdown import Article
from .view import Me

if TYPE_CHECKING:
    from ..register.cohorts import Candidates, Cohort, CohortLine, Read
    from ..register.people import Person
    from ..register.reflections import Receipt

SHOWN = 100
"""How many people of each kind a preview spells out."""
LONGEST_TITLE = 100
"""Characters that a cohort's name may have."""


@dataclass(frozen=True)
class CohortForm:
    """What was filled in to make a cohort, as it was typed. ``month`` and ``deadline`` are ISO 8601."""

    title: str = ""
    unit: str = ""
    month: str = ""
    ids: str = ""
    deadline: str = ""


class _Pages(Protocol):
    course: Course

    def _page(self, template: str, me: Me | None, **context: Any) -> str: ...


class TrainerPages:
    """The part of Site that trainers see."""

    def trainer(
        self: _Pages,
        me: Me,
        cohorts: Sequence[tuple[Cohort, Sequence[CohortLine]]],
        *,
        units: Sequence[str] = (),
        months: Sequence[str] = (),
        form: CohortForm | None = None,
        notice: str = "",
        problem: str = "",
    ) -> str:
        """One's cohorts with what waits in each, and the form to make one; ``problem`` is why it was not."""
        cards = [
            {"cohort": one, "members": len(lines), "numbers": trainer.counts(lines)} for one, lines in cohorts
        ]
        return self._page(
            "trainer.html",
            me,
            cohorts=cards,
            units=units,
            months=months,
            form=form or CohortForm(),
            notice=notice,
            problem=problem,
            longest=LONGEST_TITLE,
        )

    def cohort_preview(
        self: _Pages,
        me: Me,
        form: CohortForm,
        found: Candidates,
        *,
        seen: str,
        made_from: str,
        notice: str = "",
    ) -> str:
        """Who would be in the cohort, before it is made; ``seen`` stands for exactly these people."""
        return self._page(
            "trainer_preview.html",
            me,
            form=asdict(form),
            people=found.people,
            taken=found.taken,
            unknown=found.unknown,
            deadline=trainer.a_date(form.deadline),
            made_from=made_from,
            seen=seen,
            notice=notice,
            shown=SHOWN,
        )

    def cohort(
        self: _Pages,
        me: Me,
        cohort: Cohort,
        lines: Sequence[CohortLine],
        *,
        trainers: Sequence[Person] = (),
        show: str = "",
        receipts: Sequence[Receipt] = (),
        notice: str = "",
        problem: str = "",
        typed: str = "",
    ) -> str:
        """Who has sent what, what waits and what can be returned; ``typed`` are ids that were not added;
        ``receipts`` what came in to the cohort and could not be read; ``trainers`` by name."""
        deadline = cohort.deadline.isoformat() if cohort.deadline else ""
        return self._page(
            "trainer_cohort.html",
            me,
            cohort=cohort,
            trainers=trainers,
            receipts=receipts,
            notice=notice,
            problem=problem,
            typed=typed,
            deadline_value=deadline,
            **trainer.cohort_context(self.course, lines, show),
        )

    def cohort_remove(self: _Pages, me: Me, cohort: Cohort, lines: Iterable[CohortLine]) -> str:
        """What removing the cohort means, and the button that does it."""
        return self._page(
            "trainer_remove.html", me, cohort=cohort, unreturned=trainer.counts(lines)["marked"]
        )

    def cohort_trainer_out(
        self: _Pages, me: Me, cohort: Cohort, trainer_asked: Person, lines: Iterable[CohortLine]
    ) -> str:
        """What taking a trainer out means, or leaving oneself, and the button that does it."""
        numbers = trainer.counts(lines)
        return self._page(
            "trainer_out.html",
            me,
            cohort=cohort,
            person=trainer_asked,
            waiting=numbers["waiting"] + numbers["not_passed"] + numbers["ready"],
        )

    def cohort_read(
        self: _Pages,
        me: Me,
        cohort: Cohort,
        reflection: Reflection,
        read: Read,
        lines: Sequence[CohortLine] = (),
        *,
        approved: bool,
    ) -> str:
        """One reflection, for its writer's trainer: the text, what the check says of it, marks, rubric.

        ``lines``: the cohort's, for the next that waits; ``approved``: whether the points reach what
        course.toml asks for.
        """
        cited = {source.id: f"{source.author}, {source.title}" for source in self.course.sources.values()}
        article = Article(cited, str)
        question = Markup(article.html(reflection.question))  # noqa: S704, the course's, without HTML
        prompts = (prompt.title for prompt in reflection.prompts)
        return self._page(
            "trainer_read.html",
            me,
            cohort=cohort,
            reflection=reflection,
            read=read,
            answers=list(zip(prompts, read.answers, strict=True)),
            words=sum(len(answer.split()) for answer in read.answers),
            stands=trainer.standing(read.cell),
            following=trainer.following(self.course, lines, read.person.id, reflection.id),
            verdict=trainer.verdict(approved),
            question=question,
            references=[self.course.sources[name] for name in article.cited],
        )
