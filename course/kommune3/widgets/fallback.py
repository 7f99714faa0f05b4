"""An activity as HTML that is read without JavaScript: escaped, semantic, nothing hidden."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from markdown_it import MarkdownIt

from kommune3.engine.exercises import Assessment, CitizenMap, Comparison, Language, Plan
from kommune3.engine.models import Activity, Quiz, Reflection, Scenario, Sorter, Table
from kommune3.i18n import gettext as _

from . import fallback_open_ended as open_ended
from . import fallback_texts as texts
from .first_scene import choices_without
from .html import items, notice, paragraphs, terms
from .traits import Citable

_CITED = re.compile(r" ?\[@[a-z0-9_-]+\]")


def fallback_html(activity: Activity, sources: Mapping[str, Citable] | None = None) -> str:
    """The activity's heading and text as HTML, with a notice where doing it needs JavaScript.

    A table is whole. ``sources`` are the course's, by id, which a comparison names. A timeline has no widget
    and raises TypeError.
    """
    match activity:
        case Scenario():
            inside = _scenario(activity)
        case Quiz():
            inside = _quiz(activity)
        case Sorter():
            inside = _sorter(activity)
        case Table():
            inside = _table(activity)
        case CitizenMap():
            inside = open_ended.citizen_map(activity)
        case Comparison():
            inside = open_ended.comparison(activity, sources or {})
        case Assessment():
            inside = open_ended.assessment(activity)
        case Language():
            inside = texts.language(activity)
        case Plan():
            inside = texts.plan(activity)
        case Reflection():
            inside = _reflection(activity)
        case _:
            raise TypeError(f"a {activity.kind} has no widget, and so no fallback")
    intro = "" if isinstance(activity, Reflection) else paragraphs(activity.intro)
    head = f'<h3 class="k3-title">{escape(activity.title)}</h3>{intro}'
    look = activity.kind.replace("_", "-")
    return f'<div class="k3 k3-fallback k3-{look}">{head}{inside}</div>'


def _scenario(scenario: Scenario) -> str:
    node = scenario.nodes[0]
    speaker = f'<p class="k3-speaker">{escape(node.speaker)}</p>' if node.speaker else ""
    return f"{speaker}{paragraphs(node.text)}" + choices_without(c.text for c in node.choices)


def _quiz(quiz: Quiz) -> str:
    questions = "".join(
        f"<li><p>{escape(question.text)}</p>{items(option.text for option in question.options)}</li>"
        for question in quiz.questions
    )
    return f"<ol>{questions}</ol>" + notice(
        _("Answering needs JavaScript. Turn it on in the browser, and load the page again.")
    )


def _sorter(sorter: Sorter) -> str:
    buckets = terms((bucket.name, bucket.meaning) for bucket in sorter.buckets)
    return f"{buckets}{items(item.text for item in sorter.items)}" + notice(
        _("Sorting needs JavaScript. Turn it on in the browser, and load the page again.")
    )


def _table(table: Table) -> str:
    columns = "".join(
        f'<th scope="col">{escape(c.name)}<br><span class="k3-small">{escape(c.meaning)}</span></th>'
        for c in table.columns
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(row.name)}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row.cells)
        + f"<td>{paragraphs(row.note)}</td></tr>"
        for row in table.rows
    )
    think = escape(_("To think about"))
    return (
        f'<div class="k3-scroll" tabindex="0" role="region" aria-label="{escape(table.title)}">'
        f'<table class="k3-table"><caption>{escape(table.title)}</caption>'
        f'<thead><tr><td></td>{columns}<th scope="col">{think}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _reflection(reflection: Reflection) -> str:
    return (
        _markdown(reflection.question)
        + items(prompt.title for prompt in reflection.prompts)
        + notice(_("Writing here needs JavaScript. Turn it on in the browser, and load the page again."))
    )


def _markdown(source: str) -> str:
    """Paragraphs, lists and emphasis; citations are left out, and so are headings and pictures."""
    markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "heading", "lheading"])
    return str(markdown.render(_CITED.sub("", source)))
