"""A sheet to draw on in the units of the SVG: x to the right, y downwards, as tall as what is drawn needs."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from .svg import ink

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

UNITS = 72
"""Of the SVG in one of matplotlib's inches."""
SLACK = 1.02
"""How much wider a page's font may be than the one that measures, which is a wide one."""

LEAST = 4
"""Letters of a cut word on either line."""
LATIN = 0x24F
"""The last letter that the measuring font is asked for; what comes after counts as a wide one."""

Side = Literal["left", "center", "right"]


class Sheet:
    """Shapes, the later over the earlier; lengths and letters in units of the SVG."""

    def __init__(self, width: float) -> None:
        self.width = width
        self._shapes: list[Artist] = []

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        bold: bool = False,
        muted: bool = False,
        side: Side = "left",
    ) -> None:
        """One line of words as they are written, on the line y; ``side`` is what stands at x."""
        from matplotlib.text import Text

        font: dict[str, Any] = {"size": size, "weight": 700 if bold else 400}
        font |= {"color": ink("muted" if muted else "text"), "horizontalalignment": side}
        self._shapes.append(Text(x, y, words, parse_math=False, **font))

    def lines(self, x: float, y: float, lines: list[str], size: float, step: float, **look: Any) -> float:
        """Lines below each other, the first on y; returns where the next would stand."""
        for words in lines:
            self.text(x, y, words, size, **look)
            y += step
        return y

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        colour: str = "accent",
        shade: float = 0.0,
        edge: float = 0.0,
        round_: float = 0.0,
    ) -> None:
        """A rectangle from its upper left corner; ``shade`` is how much of the colour fills it, 0 to 1."""
        from matplotlib.colors import to_rgba
        from matplotlib.patches import FancyBboxPatch, Rectangle

        fill = to_rgba(ink(colour), shade) if shade else "none"
        look: dict[str, Any] = {"facecolor": fill, "edgecolor": ink(colour) if edge else "none"}
        if round_:
            style = f"round,pad=0,rounding_size={round_}"
            self._shapes.append(FancyBboxPatch((x, y), width, height, boxstyle=style, linewidth=edge, **look))
        else:
            self._shapes.append(Rectangle((x, y), width, height, linewidth=edge, **look))

    def rule(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        colour: str = "muted",
        width: float = 1.0,
        shade: float = 1.0,
        dashed: bool = False,
    ) -> None:
        """A straight line."""
        from matplotlib.lines import Line2D

        xs, ys = zip(start, end, strict=True)
        look: dict[str, Any] = {"color": ink(colour), "alpha": None if shade == 1 else shade}
        style: Any = (0, (3, 2.5)) if dashed else "solid"
        self._shapes.append(Line2D(xs, ys, linewidth=width, linestyle=style, solid_capstyle="round", **look))

    def dot(self, x: float, y: float, radius: float) -> None:
        """A disc."""
        from matplotlib.patches import Circle

        self._shapes.append(Circle((x, y), radius, facecolor=ink("accent"), edgecolor="none"))

    def figure(self, height: float) -> Figure:
        """Everything drawn so far, on a sheet of that height; no axes, for these measure each shape."""
        from matplotlib.figure import Figure  # slow to import, and only when a page is built
        from matplotlib.transforms import Affine2D

        figure = Figure(figsize=(self.width / UNITS, height / UNITS), frameon=False)
        place = Affine2D().scale(1 / UNITS, -1 / UNITS).translate(0, height / UNITS) + figure.dpi_scale_trans
        for shape in self._shapes:
            shape.set_transform(place)
            shape.set_zorder(1)
            figure.add_artist(shape)
        return figure


def wrapped(words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The words in lines that fit the width; a single word that does not is cut with a hyphen."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if _width(longer, size, bold) <= width:
            lines[-1] = longer
            continue
        *whole, rest = _pieces(word, width, size, bold)
        lines += [*whole, rest]
    return lines if lines[0] else lines[1:] or [""]


def _pieces(word: str, width: float, size: float, bold: bool) -> list[str]:
    pieces = []
    while _width(word, size, bold) > width and len(word) >= 2 * LEAST:
        cuts = range(LEAST, len(word) - LEAST + 1)
        fits = max((cut for cut in cuts if _width(word[:cut] + "-", size, bold) <= width), default=LEAST)
        pieces.append(word[:fits] + "-")
        word = word[fits:]
    return [*pieces, word]


@lru_cache(maxsize=4096)
def _width(words: str, size: float, bold: bool) -> float:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    measured = "".join(one if one.isprintable() and ord(one) <= LATIN else "W" for one in words)
    font = FontProperties(size=size, weight=700 if bold else 400)
    return float(text_to_path.get_text_width_height_descent(measured, font, False)[0]) * SLACK
