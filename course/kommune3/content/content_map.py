"""The shape of ``course/content-map.toml``: what the sources hold, and where it is taught."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kommune3.engine.parts import Id, Part, Text


class MapRow(Part):
    """A part of the sources. It is taught where a module of each of these folders names it."""

    id: Id
    part: Text
    sources: tuple[Id, ...] = ()
    taught: Annotated[tuple[Id, ...], Field(min_length=1)]
    """Folders under ``modules/``."""


class ContentMap(Part):
    """``content-map.toml``; a course without the file has no rows."""

    rows: tuple[MapRow, ...] = ()
