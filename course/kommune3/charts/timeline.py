"""A timeline activity as a figure: periods along an axis of years, the outer ones open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..engine.models import Period, Timeline
from ..i18n import gettext as _
from .chart import Chart
from .svg import drawn, ink

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDE, NARROW = (7.2, 1.75), (3.2, 3.9)
"""Inches; one is 72 units of the SVG, which CSS scales to the column."""
OPEN_SHARE = 0.28
"""How much of the drawn years an open end takes, at each side."""


def timeline(activity: Timeline) -> Chart:
    """The timeline drawn for a wide and for a narrow column, described, with its data as a table."""
    title = activity.title
    alt = _("Timeline: {periods}.").format(
        periods="; ".join(f"{period.name} {years(period)}" for period in activity.periods)
    )
    return Chart(
        title=title,
        caption=activity.intro,
        svg=drawn(_figure(activity, WIDE, upright=False), f"k3-{activity.id}-wide", title, alt),
        narrow=drawn(_figure(activity, NARROW, upright=True), f"k3-{activity.id}-narrow", title, alt),
        alt=alt,
        headers=(_("Period"), _("Years"), _("What it was about")),
        rows=tuple((period.name, years(period), period.text) for period in activity.periods),
    )


def years(period: Period) -> str:
    """The period's years in words: "until 1970", "1970-2007", "from 2007"."""
    if period.when is not None:
        return period.when
    if period.start is None and period.end is None:
        return ""
    if period.start is None:
        return _("until {year}").format(year=period.end)
    if period.end is None:
        return _("from {year}").format(year=period.start)
    return f"{period.start}–{period.end}"


def extent(activity: Timeline) -> tuple[float, float]:
    """The first and the last year of the axis, with room for ends that are open."""
    known = [float(y) for p in activity.periods for y in (p.start, p.end) if y is not None]
    first, last = min(known, default=0.0), max(known, default=1.0)
    room = OPEN_SHARE * (last - first) / (1 - 2 * OPEN_SHARE) or 10.0
    return (
        first - room if activity.periods[0].start is None else first,
        last + room if activity.periods[-1].end is None else last,
    )


def _figure(activity: Timeline, size: tuple[float, float], *, upright: bool) -> Figure:
    from matplotlib.figure import Figure  # slow to import, and only when a page is built

    figure = Figure(figsize=size, frameon=False)
    axes = figure.add_axes((0.01, 0.01, 0.98, 0.98))
    axes.set_axis_off()
    first, last = extent(activity)
    if upright:
        axes.set_xlim(0, 1)
        axes.set_ylim(last, first)
    else:
        axes.set_xlim(first, last)
        axes.set_ylim(0, 1)
    for place, period in enumerate(activity.periods, 1):
        (_upright if upright else _flat)(axes, period, (first, last), place / len(activity.periods))
    return figure


def _flat(axes: Any, period: Period, extent: tuple[float, float], strength: float) -> None:
    """A period lying along a horizontal axis, its name above and its years below."""
    (start, end), length = _span(period, extent), extent[1] - extent[0]
    _bar(axes, period, [(start, 0.30), (end, 0.62)], length * 0.025, strength, upright=False)
    middle = (start + end) / 2
    _text(axes, (middle, 0.80), period.name, ha="center", size=13, weight=700, color=ink("text"))
    _text(axes, (middle, 0.12), years(period), ha="center", size=12, color=ink("muted"))


def _upright(axes: Any, period: Period, extent: tuple[float, float], strength: float) -> None:
    """A period standing along a vertical axis, oldest on top, its name and years at the right."""
    (start, end), length = _span(period, extent), extent[1] - extent[0]
    _bar(axes, period, [(start, 0.02), (end, 0.20)], length * 0.03, strength, upright=True)
    middle, step = (start + end) / 2, length * 0.035
    _text(axes, (0.28, middle - step), period.name, size=14, weight=700, color=ink("text"))
    _text(axes, (0.28, middle + step), years(period), size=13, color=ink("muted"))


def _text(axes: Any, place: tuple[float, float], text: str, **look: Any) -> None:
    """Words at a place, as they are written: to matplotlib, what stands between two $ is a formula."""
    axes.text(*place, text, va="center", parse_math=False, **look)


def _span(period: Period, extent: tuple[float, float]) -> tuple[float, float]:
    start = extent[0] if period.start is None else float(period.start)
    return start, extent[1] if period.end is None else float(period.end)


def _bar(
    axes: Any,
    period: Period,
    corners: list[tuple[float, float]],
    tip: float,
    strength: float,
    *,
    upright: bool,
) -> None:
    """A block from one year to another, deeper in colour the later; an open end is drawn as a point."""
    from matplotlib.colors import to_rgba
    from matplotlib.patches import Polygon

    (start, low), (end, high) = corners
    middle, gap = (low + high) / 2, tip * 0.12
    left = [(start + gap, high), (start + gap, low)]
    if period.start is None:
        left = [(start + tip, high), (start, middle), (start + tip, low)]
    right = [(end - gap, low), (end - gap, high)]
    if period.end is None:
        right = [(end - tip, low), (end, middle), (end - tip, high)]
    points = [(y, x) if upright else (x, y) for x, y in (*left, *right)]
    shade = to_rgba(ink("accent"), strength**2)
    axes.add_patch(Polygon(points, closed=True, facecolor=shade, edgecolor=ink("accent"), linewidth=1.5))
