"""What a widget's model holds, on a page as in Jupyter. Free of anywidget: pages are built without it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from kommune3 import i18n
from kommune3.engine import judge
from kommune3.engine.form import FEWEST_WORDS
from kommune3.engine.models import Activity, Quiz, Reflection, Scenario, Sorter, Table
from kommune3.engine.moves import Circular
from kommune3.engine.walk import TooManyStates, walk
from kommune3.i18n import gettext as _

from .strings import hand_in_strings, strings

Exercise = Scenario | Quiz | Sorter | Table | Reflection

COUNTED = 20_000
"""States beyond which a learner is told no number of choices, as in ``js/length.js``."""


class Citable(Protocol):
    """What a source must have to be named in an exercise."""

    @property
    def author(self) -> str:
        """Who wrote it."""
        ...

    @property
    def title(self) -> str:
        """What it is called."""
        ...

    @property
    def date(self) -> str:
        """When it appeared, in words."""
        ...

    @property
    def url(self) -> str | None:
        """Where it can be read."""
        ...


def traits_of(
    activity: Activity,
    *,
    api: str = "",
    language: str | None = None,
    pass_mark: int = 80,
    sources: Mapping[str, Citable] | None = None,
) -> dict[str, Any]:
    """The synced traits as JSON; never a quiz's key. ``pass_mark`` is in per cent.

    ``sources`` are the course's, by id; only those that the activity cites are kept.
    """
    cited = {id_: source for id_, source in (sources or {}).items() if id_ in _cites(activity)}
    return {
        "activity": activity.id,
        "version": judge.version(activity),
        "content": judge.public(activity),
        "strings": strings(activity.kind),
        "api": api,
        "language": language or i18n.language(),
        "pass_mark": pass_mark,
        "sources": {id_: _named(source) for id_, source in cited.items()},
        "lengths": _lengths(activity),
    }


def traits_of_hand_in(
    assignment: str, *, titles: Mapping[str, str] | None = None, api: str = "", language: str | None = None
) -> dict[str, Any]:
    """The synced traits of the button that hands a notebook in; ``titles`` are its reflections' by id."""
    return {
        "assignment": assignment,
        "content": {"title": _("Hand in the notebook"), "reflections": dict(titles or {})},
        "strings": hand_in_strings(),
        "api": api,
        "language": language or i18n.language(),
    }


def _lengths(activity: Activity) -> list[int]:
    """The fewest and the most choices of a way through a scenario, or the fewest words of a reflection.

    Empty where there is no telling.

    Worked out here, so that a phone need not before its first choice can be made.
    """
    if isinstance(activity, Reflection):
        return [FEWEST_WORDS]
    if not isinstance(activity, Scenario):
        return []
    try:
        found = walk(activity, COUNTED)
    except (TooManyStates, Circular, KeyError):  # the last two are for `check` to tell: the page still shows
        return []
    return [len(found.shortest), len(found.longest)]


def _cites(activity: Activity) -> set[str]:
    cited = set(activity.sources)
    if isinstance(activity, Scenario):
        cited.update(id_ for ending in activity.endings for voice in ending.debrief for id_ in voice.sources)
    return cited


def _named(source: Citable) -> dict[str, str]:
    return {"label": f"{source.author}: {source.title} ({source.date})", "url": source.url or ""}
