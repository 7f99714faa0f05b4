"""How far a person is, module by module, in one short text: ``common-01=c employee-02=s``.

It follows from attempts and completions and is kept beside the person, so that the totals of a whole
municipality are counted without reading either. ``c`` is completed, ``s`` started; the text is sorted.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

STARTED, COMPLETED = "s", "c"


@lru_cache(maxsize=20_000)
def parse(standing: str) -> Mapping[str, str]:
    """Module id to STARTED or COMPLETED."""
    return dict(part.split("=", 1) for part in standing.split())


def compose(modules: Mapping[str, str]) -> str:
    """The text for these modules; the same modules give the same text."""
    return " ".join(f"{module}={state}" for module, state in sorted(modules.items()))


def advance(standing: str, module: str, state: str) -> str:
    """The standing once the module is started or completed; a completed module stays so."""
    modules = dict(parse(standing))
    if modules.get(module) != COMPLETED:
        modules[module] = state
    return compose(modules)
