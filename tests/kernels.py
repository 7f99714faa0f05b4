"""A kernel that does not come up is started anew: its ports were free when chosen, and may be taken since.

A plugin of pytest for the notebooks' stage, where nbval starts a kernel a notebook beside many services.
"""

from __future__ import annotations

import warnings

import nbval.kernel  # type: ignore[import-untyped]

TRIES = 3
start_new_kernel = nbval.kernel.start_new_kernel


def _started(*arguments: object, **named: object) -> object:
    for _ in range(TRIES - 1):
        try:
            return start_new_kernel(*arguments, **named)
        except RuntimeError as error:
            warnings.warn(f"a kernel did not start, and is started anew: {error}", stacklevel=2)
    return start_new_kernel(*arguments, **named)


nbval.kernel.start_new_kernel = _started
