"""The button by which a notebook is handed in from JupyterLab."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

import anywidget
import traitlets

from .files import bundle, style_sheet
from .traits import traits_of_hand_in


class HandIn(anywidget.AnyWidget):
    """Saves the notebook that it stands in and hands it in for an assignment; on a page it explains that."""

    _esm = bundle("hand_in")
    _css = style_sheet()

    assignment = traitlets.Unicode().tag(sync=True)
    content = traitlets.Dict().tag(sync=True)
    strings = traitlets.Dict().tag(sync=True)
    api = traitlets.Unicode().tag(sync=True)
    language = traitlets.Unicode("da").tag(sync=True)

    @classmethod
    def of(
        cls,
        assignment: str,
        *,
        titles: Mapping[str, str] | None = None,
        api: str = "",
        language: str | None = None,
    ) -> Self:
        """The button for an assignment. ``titles`` names its reflections by their ids."""
        return cls(**traits_of_hand_in(assignment, titles=titles, api=api, language=language))
