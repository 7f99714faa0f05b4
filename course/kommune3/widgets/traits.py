"""What a widget's model holds, on a page as in Jupyter. Free of anywidget: pages are built without it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from kommune3 import i18n
from kommune3.engine import judge
from kommune3.engine.exercises import Assessment, CitizenMap, Comparison, Language, Plan
from kommune3.engine.form import FEWEST_WORDS
from kommune3.engine.language import MOST_CHARACTERS
from kommune3.engine.models import Activity, Quiz, Reflection, Scenario, Sorter, Table
from kommune3.engine.moves import Circular
from kommune3.engine.open_ended import enough
from kommune3.engine.walk import TooManyStates, walk
from kommune3.i18n import gettext as _

from .strings import hand_in_strings, strings

Exercise = (
    Scenario | Quiz | Sorter | Table | CitizenMap | Comparison | Assessment | Language | Plan | Reflection
)

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
    def interest(self) -> str:
        """Whose interest it speaks for."""
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
        "sources": {id_: _named(source, activity) for id_, source in cited.items()},
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
    """The fewest and the most choices of a way through a scenario, the fewest words of a reflection, the
    most characters of a letter, or the fewest people to place on a map.

    Empty where there is no telling.

    Worked out here, so that a phone need not before its first choice can be made.
    """
    if isinstance(activity, Reflection):
        return [FEWEST_WORDS]
    if isinstance(activity, Language):
        return [MOST_CHARACTERS]
    if isinstance(activity, CitizenMap):
        return [enough(activity)]
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
    if isinstance(activity, Comparison):
        cited.update(position.source for topic in activity.topics for position in topic.positions)
    return cited


def label(source: Citable) -> str:
    """Who wrote it, what it is called, and when it appeared."""
    return f"{source.author}: {source.title} ({source.date})"


def _named(source: Citable, activity: Activity) -> dict[str, str]:
    """A source as a widget names it; where sources are compared, with whose interest each speaks for."""
    told = {"label": label(source), "url": source.url or ""}
    return told | {"interest": source.interest} if isinstance(activity, Comparison) else told
