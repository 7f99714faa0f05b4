"""The exercises in which one writes, as HTML that is read without JavaScript."""

from __future__ import annotations

from html import escape

from kommune3.engine.exercises import Language, Plan, Term
from kommune3.i18n import gettext as _

from .html import items, notice, paragraphs


def language(activity: Language) -> str:
    """The words that the check looks for, each with what one might write instead and why."""
    told = "".join(_term(term) for term in activity.terms)
    needed = _("Checking a letter needs JavaScript. Turn it on in the browser, and load the page again.")
    return f"<dl>{told}</dl>{notice(needed)}"


def plan(activity: Plan) -> str:
    """The questions, and the table with empty rows: both can be printed and filled in by hand."""
    asked = "".join(
        f"<li><p>{escape(one.title)}</p>{paragraphs(one.help) if one.help else ''}</li>"
        for one in activity.questions
    )
    needed = _("Writing here needs JavaScript. Turn it on in the browser, and load the page again.")
    return f"<ol>{asked}</ol>{_table(activity) if activity.columns else ''}{notice(needed)}"


def _term(term: Term) -> str:
    instead = items(term.instead) if term.instead else ""
    return f"<dt>{escape(', '.join(term.words))}</dt><dd>{paragraphs(term.reason)}{instead}</dd>"


def _table(activity: Plan) -> str:
    heads = "".join(f'<th scope="col">{escape(column.name)}</th>' for column in activity.columns)
    rows = f"<tr>{'<td>&nbsp;</td>' * len(activity.columns)}</tr>" * activity.rows
    return (
        f'<div class="k3-scroll" tabindex="0" role="region" aria-label="{escape(activity.title)}">'
        f'<table class="k3-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )
