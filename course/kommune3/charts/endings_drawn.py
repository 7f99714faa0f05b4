"""The drawing of a scenario's endings: a row each on a wide sheet, one after the other on a narrow one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..engine.models import Ending, Indicator, Scenario
from ..engine.spread import Arrivals, Spread
from ..i18n import gettext as _
from .sheet import Sheet, wrapped

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDE, NAMES, GAP, AIR = 680.0, 148.0, 14.0, 4.0
NARROW, LABELS = 240.0, 104.0
SIZE, STEP, SMALL = 12.0, 15.0, 11.5
"""Letters, lines, and the smallest letters: on the narrowest wide column these are 11 pixels."""
THICK, DOT = 10.0, 4.0
ROUND = 3.0


def wide(scenario: Scenario, found: Mapping[str, Arrivals]) -> Figure:
    """A row for each ending, a column for each indicator, so that both can be compared."""
    sheet = Sheet(WIDE)
    step = (WIDE - NAMES) / len(scenario.indicators)
    columns = [(NAMES + at * step, step - GAP) for at in range(len(scenario.indicators))]
    heads = [
        wrapped(one.name, width + GAP - AIR, SIZE)
        for one, (_left, width) in zip(scenario.indicators, columns, strict=True)
    ]
    top = 14 + STEP * max(map(len, heads)) + 8
    rows = [(ending, wrapped(ending.title, NAMES - GAP, SIZE, bold=True)) for ending in scenario.endings]
    bottom = top + sum(_height(lines) for _ending, lines in rows)
    for indicator, head, (left, width) in zip(scenario.indicators, heads, columns, strict=True):
        sheet.lines(left, 14 + STEP * (max(map(len, heads)) - len(head)), head, SIZE, STEP)
        sheet.box(left, top, width, bottom - top, colour="muted", shade=0.08, round_=ROUND)
        _start(sheet, left, width, indicator, (top, bottom))
        _scale(sheet, left, width, bottom)
    y = top
    for ending, lines in rows:
        middle = y + _height(lines) / 2
        sheet.lines(0, middle + 4 - STEP * (len(lines) - 1) / 2, lines, SIZE, STEP, bold=True)
        _ranges(sheet, columns, scenario, ending, found, middle)
        y += _height(lines)
    return sheet.figure(bottom + 20)


def _height(lines: list[str]) -> float:
    return 14 + STEP * max(len(lines), 1.4)


def _ranges(
    sheet: Sheet,
    columns: list[tuple[float, float]],
    scenario: Scenario,
    ending: Ending,
    found: Mapping[str, Arrivals],
    y: float,
) -> None:
    for indicator, (left, width) in zip(scenario.indicators, columns, strict=True):
        if ending.id in found:
            _range(sheet, left, width, y, found[ending.id].values[indicator.id])


def _range(sheet: Sheet, left: float, width: float, y: float, spread: Spread) -> None:
    """A line from the lowest to the highest, a field for the middle half, a dot for the average."""
    step = width / 100
    field = max((spread.high - spread.low) * step, 1)
    sheet.rule(
        (left + spread.lowest * step, y), (left + spread.highest * step, y), colour="accent", width=1.5
    )
    sheet.box(left + spread.low * step, y - THICK / 2, field, THICK, shade=0.35, edge=1)
    sheet.dot(left + spread.mean * step, y, DOT)


def _start(sheet: Sheet, left: float, width: float, indicator: Indicator, span: tuple[float, float]) -> None:
    x = left + width * indicator.start / 100
    sheet.rule((x, span[0]), (x, span[1]), colour="text", width=1.2, dashed=True)


def _scale(sheet: Sheet, left: float, width: float, y: float) -> None:
    sheet.text(left, y + 15, "0", SMALL, muted=True)
    sheet.text(left + width, y + 15, "100", SMALL, muted=True, side="right")


def narrow(scenario: Scenario, found: Mapping[str, Arrivals]) -> Figure:
    """One ending after the other, its indicators below each other."""
    sheet, y = Sheet(NARROW), 0.0
    for ending in scenario.endings:
        y = sheet.lines(0, y + 20, wrapped(ending.title, NARROW, 13, bold=True), 13, 16, bold=True) - 8
        for indicator in scenario.indicators:
            y = _row(sheet, y, indicator, found.get(ending.id))
        _scale(sheet, LABELS, NARROW - LABELS - DOT, y - 4)
        y += 24
    return sheet.figure(y)


def _row(sheet: Sheet, y: float, indicator: Indicator, here: Arrivals | None) -> float:
    """An indicator's name and range; returns where the next begins."""
    lines = wrapped(indicator.name, LABELS - 8, SIZE)
    height = 8 + 14 * max(len(lines), 1.2)
    middle, width = y + height / 2, NARROW - LABELS - DOT
    sheet.lines(0, middle + 4 - 14 * (len(lines) - 1) / 2, lines, SIZE, 14)
    sheet.box(LABELS, y + 2, width, height - 4, colour="muted", shade=0.08, round_=ROUND)
    _start(sheet, LABELS, width, indicator, (y + 2, y + height - 2))
    if here:
        _range(sheet, LABELS, width, middle, here.values[indicator.id])
    else:
        sheet.text(LABELS + width / 2, middle + 4, _("not reached"), SMALL, muted=True, side="center")
    return y + height
