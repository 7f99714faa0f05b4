"""Puts the course's files into the wheel, where there is no checkout to read them from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CONTENT = (
    "course/course.toml",
    "course/sources.toml",
    "course/content-map.toml",
    "modules",
    "exercises",
    "solutions",
)


class ContentHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the content under ``kommune3/_content``, in the checkout's own layout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill force_include; an editable install (version "editable") reads the checkout instead."""
        if version != "standard":
            return
        for name in CONTENT:
            source = Path(self.root, name)
            if source.exists():
                build_data["force_include"][str(source)] = f"kommune3/_content/{name}"
