"""A drawn figure with everything it takes to be read without seeing it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from ..i18n import gettext as _


class Undrawable(ValueError):
    """What was asked for cannot be drawn; the message says so to whoever reads the page."""


@dataclass(frozen=True)
class Chart:
    """A figure in two shapes, its description and its data."""

    title: str
    caption: str
    """Who says so, shown under the figure."""
    svg: str
    """The figure for a wide column."""
    narrow: str
    """The same for a phone."""
    alt: str
    """What the figure shows, in a sentence or two."""
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    fold: str = ""
    """What to press to see the figure; empty where it is seen at once."""
    note: str = ""
    """What to know before looking at it."""
    large: bool = False
    """Whether there is so much in it that small tablets get the phone's shape."""
    table_open: bool = True

    @property
    def table(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The data: headers and rows; the first cell of a row names it."""
        return self.headers, self.rows

    def html(self) -> str:
        """The figure for a page: both shapes, of which CSS shows one, and the data as a table."""
        looks = "k3-chart k3-chart-large" if self.large else "k3-chart"
        return self._folded(
            f'<figure class="{looks}" aria-label="{escape(self.title)}">'
            f'<div class="k3-chart-wide">{self.svg}</div><div class="k3-chart-narrow">{self.narrow}</div>'
            f"{self._caption()}{self._details()}</figure>"
        )

    def _repr_html_(self) -> str:
        """The figure in a notebook, where the column is wide."""
        return self._folded(f"<figure>{self.svg}{self._caption()}{self._details()}</figure>")

    def _folded(self, figure: str) -> str:
        note = f"<p>{escape(self.note)}</p>" if self.note else ""
        if not self.fold:
            return note + figure
        return (
            f'<details class="k3-chart-fold"><summary>{escape(self.fold)}</summary>{note}{figure}</details>'
        )

    def _caption(self) -> str:
        return f"<figcaption>{escape(self.caption)}</figcaption>"

    def _details(self) -> str:
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.headers)
        body = "".join(_row(cells, self.headers) for cells in self.rows)
        opened = " open" if self.table_open else ""
        return (
            f"<details{opened}><summary>{escape(_('The figure as a table'))}</summary>"
            f"<table><caption>{escape(self.title)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table></details>"
        )


def _row(cells: tuple[str, ...], headers: tuple[str, ...]) -> str:
    """A row; each cell knows its column's name, which a phone shows beside it."""
    rest = "".join(
        f'<td data-column="{escape(name)}">{escape(cell)}</td>'
        for cell, name in zip(cells[1:], headers[1:], strict=True)
    )
    return f'<tr><th scope="row">{escape(cells[0])}</th>{rest}</tr>'
