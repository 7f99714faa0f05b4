"""How far the checkout's set-up is with JupyterLab: it installs it while the course already runs."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "KOMMUNE3_LAB_SETUP"
"""Names the file in which the set-up tells how far it is (``tools/bootstrap/beside.py`` writes it)."""


@dataclass(frozen=True)
class SetUp:
    """A set-up that has not ended well yet; ``done`` of ``total`` steps."""

    failed: bool = False
    done: int = 0
    total: int = 0


def under_way(environment: Mapping[str, str] = os.environ) -> SetUp | None:
    """How far the set-up is; none where it has ended well, or nobody is setting up."""
    if VARIABLE not in environment:
        return None
    try:
        told = json.loads(Path(environment[VARIABLE]).read_text(encoding="utf-8"))
        state, done, total = str(told["state"]), int(told["done"]), int(told["total"])
    except (OSError, ValueError, TypeError, KeyError):
        return SetUp()
    return None if state == "done" else SetUp(state == "failed", done, total)
