"""The widgets' front end as text: one bundled ES module per kind, one style sheet for all."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ..engine import models

HERE = Path(__file__).parent
KINDS = tuple(kind for kind in models.KINDS if kind != "timeline")
"""The kinds of activity that are widgets; a timeline is drawn once and for all."""
BUNDLES = (*KINDS, "hand_in")
"""Every widget: the button that hands a notebook in shows no activity."""


@lru_cache
def bundle(kind: str) -> str:
    """The ES module of this kind of widget; made from ``js/`` by ``npm run bundle``."""
    return (HERE / "dist" / f"{kind}.js").read_text(encoding="utf-8")


@lru_cache
def style_sheet() -> str:
    """The looks of every widget."""
    return (HERE / "widgets.css").read_text(encoding="utf-8")
