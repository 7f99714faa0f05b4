"""A drawn figure with everything it takes to be read without seeing it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from ..i18n import gettext as _


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

    @property
    def table(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The data: headers and rows; the first cell of a row names it."""
        return self.headers, self.rows

    def html(self) -> str:
        """The figure for a page: both shapes, of which CSS shows one, and the data, open to read."""
        return (
            f'<figure class="k3-chart" aria-label="{escape(self.title)}">'
            f'<div class="k3-chart-wide">{self.svg}</div><div class="k3-chart-narrow">{self.narrow}</div>'
            f"{self._caption()}{self._details()}</figure>"
        )

    def _repr_html_(self) -> str:
        """The figure in a notebook, where the column is wide."""
        return f"<figure>{self.svg}{self._caption()}{self._details()}</figure>"

    def _caption(self) -> str:
        return f"<figcaption>{escape(self.caption)}</figcaption>"

    def _details(self) -> str:
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.headers)
        body = "".join(map(_row, self.rows))
        return (
            f"<details open><summary>{escape(_('The figure as a table'))}</summary>"
            f"<table><caption>{escape(self.title)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table></details>"
        )


def _row(cells: tuple[str, ...]) -> str:
    rest = "".join(f"<td>{escape(cell)}</td>" for cell in cells[1:])
    return f'<tr><th scope="row">{escape(cells[0])}</th>{rest}</tr>'
