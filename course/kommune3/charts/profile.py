"""A self-assessment as an empty form for a pen: for a team on paper, with the widget's boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..engine.exercises import Assessment
from ..i18n import gettext as _
from .chart import Chart
from .sheet import Sheet, wrapped
from .svg import drawn

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDE, WORDS, GAP = 680.0, 350.0, 6.0
NARROW = 240.0
NAME, SIZE, LEVEL = (13.0, 17.0), (12.5, 16.0), (11.5, 14.0)
"""Letters and lines: a statement's name, its text, and a level's name."""
BOX = 24.0
ROUND = 3.0


def profile(activity: Assessment) -> Chart:
    """An empty profile: a box for each statement and level. Nobody's answers are in it."""
    title, key = _("{title}: a profile to fill in with a pen").format(title=activity.title), activity.id
    levels = [level.name for level in activity.levels]
    alt = _("An empty form. Statements: {statements}. Beside each a box for every level: {levels}.").format(
        statements="; ".join(one.name for one in activity.statements), levels="; ".join(levels)
    )
    return Chart(
        title=title,
        caption=_("One cross in each line. Nothing is added up, and you decide whether others may see it."),
        svg=drawn(_wide(activity), f"k3-{key}.profile-wide", title, alt),
        narrow=drawn(_narrow(activity), f"k3-{key}.profile-narrow", title, alt),
        alt=alt,
        headers=(_("Statement"), _("What it says"), _("Boxes")),
        rows=tuple((one.name, one.text, " / ".join(levels)) for one in activity.statements),
        fold=_("The profile on paper – to print and fill in with a pen"),
        large=True,
        table_open=False,
    )


def _wide(activity: Assessment) -> Figure:
    """Statements to the left, a column of boxes for each level."""
    sheet, step = Sheet(WIDE), (WIDE - WORDS) / len(activity.levels)
    heads = [wrapped(level.name, step - GAP, LEVEL[0]) for level in activity.levels]
    tall = max(map(len, heads))
    for at, head in enumerate(heads):
        middle = WORDS + (at + 0.5) * step - GAP / 2
        sheet.lines(middle, 14 + LEVEL[1] * (tall - len(head)), head, *LEVEL, side="center")
    y = 14 + LEVEL[1] * tall
    for statement in activity.statements:
        text = wrapped(statement.text, WORDS - 24, SIZE[0])
        height = 14 + NAME[1] + SIZE[1] * len(text)
        sheet.rule((0, y), (WIDE - GAP, y), shade=0.4, width=0.8)
        below = sheet.lines(0, y + 20, [statement.name], *NAME, bold=True)
        sheet.lines(0, below, text, *SIZE)
        _boxes(sheet, WORDS, y + (height - BOX) / 2, step, len(activity.levels))
        y += height
    return sheet.figure(y + 2)


def _boxes(sheet: Sheet, left: float, y: float, step: float, count: int) -> None:
    """The widget's row of boxes, none of them filled."""
    for at in range(count):
        sheet.box(left + at * step, y, step - GAP, BOX, edge=1.2, round_=ROUND)


def _narrow(activity: Assessment) -> Figure:
    """One statement after the other, its boxes below it and the levels below them."""
    sheet, y, step = Sheet(NARROW), 0.0, (NARROW + GAP - 4) / len(activity.levels)
    heads = [wrapped(level.name, step - GAP, 11.0) for level in activity.levels]
    for statement in activity.statements:
        y = sheet.lines(0, y + 18, wrapped(statement.name, NARROW, NAME[0], bold=True), *NAME, bold=True)
        y = sheet.lines(0, y, wrapped(statement.text, NARROW, SIZE[0]), *SIZE) - 6
        _boxes(sheet, 2, y, step, len(heads))
        for at, head in enumerate(heads):
            sheet.lines(2 + (at + 0.5) * step - GAP / 2, y + BOX + 14, head, 11.0, 13.0, side="center")
        y += BOX + 14 + 13 * max(map(len, heads))
    return sheet.figure(y + 2)
