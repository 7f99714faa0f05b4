"""A notebook as the inside of a page: its Markdown as HTML, its calls as widget mounts and charts."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import Any

from ..content import Course, Notebook
from ..content.rules.markdown import resolved
from ..engine.models import DRAWINGS, Activity, Scenario
from ..i18n import gettext as _
from ..widgets.files import KINDS
from .markdown import Article
from .pictures import pictures

FRAME = ("main", "aims", "finish", "sources")
"""The ids of the templates around a body."""


@dataclass(frozen=True)
class Body:
    """The finished inside of a page. ``cited`` are source ids in the order of their numbers."""

    html: str
    cited: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """The kinds of widget on the page."""
    first_scene: tuple[str, str] = ("", "")
    """Where the page's first exercise is a scenario: its HTML as it is read, and as it is played at once."""

    def played(self) -> str:
        """The HTML with the first scene as it is played, for somebody who has not begun."""
        return self.html.replace(*self.first_scene, 1)

    def to_json(self) -> str:
        """For the cache."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Body:
        """From the cache. Raises ValueError, LookupError or TypeError where the text is not a body's."""
        found = json.loads(text)
        return cls(
            str(found["html"]),
            tuple(map(str, found["cited"])),
            tuple(map(str, found["kinds"])),
            (str(found["first_scene"][0]), str(found["first_scene"][1])),
        )


def build(course: Course, notebook: Notebook, base: str, *, without_title: bool) -> Body:
    """The notebook's cells in order. A cell that the rules refuse becomes a message, not a broken page."""
    article = Article(
        {source.id: f"{source.author}, {source.title}" for source in course.sources.values()},
        _links(course, notebook, base),
        pictures(course, notebook),
        taken=(*FRAME, *notebook.activity_ids),
    )
    parts, drawn, title = [], [], without_title
    for cell in notebook.cells:
        if cell.kind == "markdown":
            parts.append(article.html(cell.source, without_title=title))
            title = False
        elif cell.call is not None:
            activity = course.activities.get(str(next(iter(cell.call.arguments), "")))
            parts.append(_shown(course, cell.call.function, activity))
            if activity is not None and activity.kind in KINDS and cell.call.function not in DRAWINGS:
                drawn.append(activity)
    kinds = tuple(dict.fromkeys(activity.kind for activity in drawn))
    return Body("\n".join(parts), tuple(article.cited), kinds, _first_scene(course, drawn))


def _shown(course: Course, function: str, activity: Activity | None) -> str:
    if activity is None:
        return _warning(_("This exercise is missing."))
    if function in DRAWINGS or activity.kind == "timeline":
        from .. import charts  # slow to import, and only when a page is built

        try:
            chart = charts.called(function, activity)
        except charts.Undrawable as error:
            return _warning(str(error))
        # No activity's id has a dot, so a drawing's address is never another's.
        place = f"{activity.id}.{function}" if function in DRAWINGS else activity.id
        if chart is None:
            return _warning(_("This figure is missing."))
        return f'<div id="{place}"{lang(course, activity)}>{chart.html()}</div>'
    return mount(course, activity)


def lang(course: Course, activity: Activity) -> str:
    """What marks an exercise's language in a course of two: it may be another than the text's around it."""
    if course.base_language in ("", course.info.language):
        return ""
    return f' lang="{course.language_of_activity(activity.id)}"'


def _warning(text: str) -> str:
    return f'<p class="ds-alert" data-color="warning">{escape(text)}</p>'


def _first_scene(course: Course, drawn: Sequence[Activity]) -> tuple[str, str]:
    from ..widgets.fallback import fallback_html
    from ..widgets.first_scene import first_scene_html

    if not drawn or not isinstance(first := drawn[0], Scenario):
        return "", ""
    lengths = _traits(course, first)["lengths"]
    return fallback_html(first), first_scene_html(
        first, language=course.language_of_activity(first.id), lengths=lengths
    )


def _traits(course: Course, activity: Activity) -> dict[str, Any]:
    from ..widgets.traits import traits_of

    language, pass_mark = course.language_of_activity(activity.id), course.info.pass_mark
    return traits_of(activity, language=language, pass_mark=pass_mark, sources=course.sources)


def mount(course: Course, activity: Activity) -> str:
    """Where a widget goes: what is read without JavaScript, and the traits as data.

    host.js fills in where the service is.
    """
    from ..widgets.fallback import fallback_html

    traits = _traits(course, activity)
    return (
        f'<section class="k3-mount" id="{activity.id}"{lang(course, activity)} data-widget="{activity.kind}"'
        f' data-activity="{activity.id}">{fallback_html(activity, course.sources)}'
        f'<script type="application/json">{script_json(traits)}</script></section>'
    )


def script_json(value: object) -> str:
    """JSON that may stand in a script element: nothing in it can end the element or start a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def _links(course: Course, notebook: Notebook, base: str) -> Callable[[str], str]:
    """How the notebook's relative links are read: another notebook is the page made of it."""
    pages = {module.file: f"{base}/modules/{module.id}" for module in course.modules}
    pages |= {one.file: f"{base}/trainer/materials/{one.id}" for one in course.materials}
    pages |= {role.start: f"{base}/start/{role.id}" for role in course.roles if role.start}

    def link(target: str) -> str:
        _name, hash_, anchor = target.partition("#")
        page = pages.get(resolved(notebook, target))
        return target if page is None else page + hash_ + anchor

    return link
