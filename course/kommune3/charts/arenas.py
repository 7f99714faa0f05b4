"""The map of active citizenship as a picture: bands inside one another, with nobody placed on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..engine.exercises import CitizenMap
from ..i18n import gettext as _
from .chart import Chart
from .sheet import Sheet, wrapped
from .svg import drawn

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDE, NARROW = (680.0, 22.0), (240.0, 7.0)
"""A sheet's width, and how far each band lies inside the one around it."""
NAME, SIZE = (14.0, 18.0), (12.5, 16.0)
"""Letters and lines: an arena's name, and what it means."""


def arenas(activity: CitizenMap) -> Chart:
    """The arenas drawn from the innermost to the outermost, told in words, with their meaning as a table."""
    title, key = _("The places on the map"), activity.id
    names = [one.name for one in activity.arenas]
    alt = _(
        "{count} bands, one inside the other. Innermost {inner}, then {between}outermost {outer}."
    ).format(
        count=len(names),
        inner=names[0],
        between="".join(f"{name}, " for name in names[1:-1]),
        outer=names[-1],
    )
    return Chart(
        title=title,
        caption=_("From the inside out. No place is better than another, and one can be in several at once."),
        svg=drawn(_figure(activity, *WIDE), f"k3-{key}.arenas-wide", title, alt),
        narrow=drawn(_figure(activity, *NARROW), f"k3-{key}.arenas-narrow", title, alt),
        alt=alt,
        headers=(_("Place"), _("What it is")),
        rows=tuple((one.name, one.meaning) for one in activity.arenas),
        table_open=False,  # the figure says every word of it
    )


def _figure(activity: CitizenMap, width: float, inset: float) -> Figure:
    """The outermost band first; each holds its own words at the top and the inner bands below them."""
    sheet, y, pad = Sheet(width), 2.0, inset + 5
    bands = []
    for depth, arena in enumerate(reversed(activity.arenas)):
        left = 2 + depth * inset
        room = width - 2 * left - 2 * pad
        names, meaning = wrapped(arena.name, room, NAME[0], bold=True), wrapped(arena.meaning, room, SIZE[0])
        bands.append((left, y, names, meaning))
        y += 12 + len(names) * NAME[1] + len(meaning) * SIZE[1]
    bottom = y + 4
    for left, top, names, meaning in bands:
        height = bottom - top + (len(bands) - 1 - bands.index((left, top, names, meaning))) * inset / 2
        sheet.box(left, top, width - 2 * left, height, shade=0.07, edge=1.5, round_=12)
        y = sheet.lines(left + pad, top + NAME[1] + 2, names, NAME[0], NAME[1], bold=True)
        sheet.lines(left + pad, y, meaning, SIZE[0], SIZE[1], muted=False)
    return sheet.figure(bottom + (len(bands) - 1) * inset / 2 + 2)
