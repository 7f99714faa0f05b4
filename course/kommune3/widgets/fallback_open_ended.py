"""Exercises without a right answer as HTML that is read without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from kommune3.engine.exercises import Assessment, CitizenMap, Comparison, Topic
from kommune3.i18n import gettext as _

from .html import items, notice, paragraphs, terms
from .traits import Citable, label


def citizen_map(activity: CitizenMap) -> str:
    """The arenas and the people; not where the authors would put them."""
    return (
        terms((arena.name, arena.meaning) for arena in activity.arenas)
        + terms((person.name, person.text) for person in activity.people)
        + notice(_("Placing people needs JavaScript. Turn it on in the browser, and load the page again."))
    )


def comparison(activity: Comparison, sources: Mapping[str, Citable]) -> str:
    """The statement, every topic with what each source says, and what none of them shows."""
    scale = items(step.name for step in activity.scale)
    topics = "".join(_topic(topic, sources) for topic in activity.topics)
    own = f"<h4>{escape(_('What the sources do not show'))}</h4>{paragraphs(activity.own_voice)}"
    needed = _("Comparing where you stand before and after needs JavaScript. Everything else is here.")
    return f"<p>{escape(activity.statement)}</p>{scale}{topics}{own}{notice(needed)}"


def assessment(activity: Assessment) -> str:
    """The levels, and each statement with its two thoughts."""
    statements = "".join(
        f"<h4>{escape(each.name)}</h4>{paragraphs(each.text)}{items((each.low, each.high))}"
        for each in activity.statements
    )
    needed = _(
        "Placing yourself needs JavaScript. The thoughts below each statement can be read all the same."
    )
    return f"{items(level.name for level in activity.levels)}{statements}{notice(needed)}"


def _topic(topic: Topic, sources: Mapping[str, Citable]) -> str:
    says = "".join(
        f"<li>{paragraphs(position.text)}{_named(sources.get(position.source))}</li>"
        for position in topic.positions
    )
    note = paragraphs(topic.note) if topic.note else ""
    return f"<h4>{escape(topic.question)}</h4><ul>{says}</ul>{note}"


def _named(source: Citable | None) -> str:
    return (
        ""
        if source is None
        else f'<p class="k3-small">{escape(label(source))}. {escape(source.interest)}</p>'
    )
