"""What every piece of content is made of: ids, texts, and frozen parts that refuse what they do not know."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cached_property
from typing import Annotated, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints

ID = r"^[a-z0-9][a-z0-9_-]{0,63}$"

Id = Annotated[str, StringConstraints(pattern=ID)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class Part(BaseModel):
    """A frozen piece of content that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hex digits that change with the content; worked out once, as every attempt asks for it."""
        canonical = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]


class Identified(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """The id."""
        ...


Found = TypeVar("Found", bound=Identified)


def by_id(parts: Iterable[Found]) -> dict[str, Found]:
    """The parts by their id; of two with the same id the last one is kept."""
    return {part.id: part for part in parts}
