"""How a scenario ends, all ways at once: per ending and indicator where its paths come to.

Worked out by walking every path; what the numbers are worth is the authors' estimate, and the figure says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..engine.models import Ending, Indicator, Scenario
from ..engine.moves import Circular
from ..engine.spread import Arrivals, Spread, spreads
from ..engine.walk import TooManyStates
from ..i18n import gettext as _
from .chart import Chart, Undrawable
from .endings_drawn import narrow, wide
from .svg import drawn


def endings(scenario: Scenario) -> Chart:
    """The endings' trade-offs, folded away until asked for. Raises Undrawable for what cannot be walked."""
    try:
        found = spreads(scenario)
    except (Circular, TooManyStates, KeyError) as error:  # the last for a target that is not there
        raise Undrawable(_("This scenario cannot be walked, so its endings cannot be drawn.")) from error
    title, alt, key = (
        _("All endings: {title}").format(title=scenario.title),
        told(scenario, found),
        scenario.id,
    )
    return Chart(
        title=title,
        caption=_(
            "The line goes from the lowest to the highest that the paths come to. The field is the middle: "
            "half of the paths end there. The dot is the average of them all. The dashed line is where you "
            "began."
        ),
        svg=drawn(wide(scenario, found), f"k3-{key}.endings-wide", title, alt),
        narrow=drawn(narrow(scenario, found), f"k3-{key}.endings-narrow", title, alt),
        alt=alt,
        headers=(_("Ending"), _("Paths"), *(one.name for one in scenario.indicators)),
        rows=tuple(_rows(scenario, found)),
        fold=_("See all endings – best when you have played"),
        note=_note(found),
        large=True,
        table_open=False,
    )


def _note(found: Mapping[str, Arrivals]) -> str:
    paths = sum(one.paths for one in found.values())
    return _(
        "The numbers are the authors' estimate. All {paths} paths through the story are counted, each as "
        "much as any other, also those that hardly anybody would take. See how far the lines reach: the same "
        "ending can be dear or cheap. The path decides."
    ).format(paths=_number(paths))


def _number(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def _rows(scenario: Scenario, found: Mapping[str, Arrivals]) -> Iterable[tuple[str, ...]]:
    """Where the indicators begin, then an ending each."""
    yield (_("At the start"), "–", *(str(one.start) for one in scenario.indicators))
    for ending in scenario.endings:
        here = found.get(ending.id)
        cells = [_cell(here.values[one.id]) for one in scenario.indicators] if here else []
        empty = ["–"] * (len(scenario.indicators) - len(cells))
        yield (ending.title, _number(here.paths) if here else "0", *cells, *empty)


def _cell(spread: Spread) -> str:
    if spread.lowest == spread.highest:
        return str(spread.lowest)
    cell = _("{lowest}–{highest}, middle {low}–{high}, average {mean}").format(
        lowest=spread.lowest,
        highest=spread.highest,
        mean=round(spread.mean),
        low=spread.low,
        high=spread.high,
    )
    return cell.replace("–", "\N{WORD JOINER}–\N{WORD JOINER}")  # no range is broken over two lines


def told(scenario: Scenario, found: Mapping[str, Arrivals]) -> str:
    """In words: which ending is highest and lowest on what, on the average of its paths."""
    reached = [ending for ending in scenario.endings if ending.id in found]
    said = [_told(one, reached, found) for one in scenario.indicators] if reached else []
    return " ".join(
        [_("Ranges on a scale from 0 to 100, with the average of all paths to each ending."), *said]
    )


def _told(indicator: Indicator, endings: Sequence[Ending], found: Mapping[str, Arrivals]) -> str:
    means = {one.title: round(found[one.id].values[indicator.id].mean) for one in endings}
    least, most = min(means.values()), max(means.values())
    words = {"name": indicator.name, "start": indicator.start, "most": most, "least": least}
    if least == most:
        return _("{name} begins at {start} and ends at {most} on average, whatever the ending.").format(
            **words
        )
    said = _(
        "{name} begins at {start} and ends highest in {highest}, {most}, and lowest in {lowest}, {least}."
    )
    return said.format(highest=_those(means, most), lowest=_those(means, least), **words)


def _those(means: Mapping[str, int], value: int) -> str:
    titles = [_("“{title}”").format(title=title) for title, mean in means.items() if mean == value]
    return _(" and ").join(titles)
