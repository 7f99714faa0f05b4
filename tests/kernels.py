"""Kernels for the notebooks' stage: forked, and started anew where one does not come up.

A plugin of pytest, where nbval starts a kernel a notebook beside many services. One does not come up whose
ports were free when chosen, and are taken since.
"""

from __future__ import annotations

import sys

# Before nbval: jsonschema would make a parser for IRIs. That takes seconds, and no notebook has one.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

import nbval.kernel  # type: ignore[import-untyped]  # noqa: E402
from jupyter_client.provisioning import local_provisioner  # noqa: E402

import forked_kernel  # noqa: E402
import forking  # noqa: E402

TRIES = 3
start_new_kernel = nbval.kernel.start_new_kernel


def _started(*arguments: object, **named: object) -> object:
    for _ in range(TRIES - 1):
        try:
            return start_new_kernel(*arguments, **named)
        except (RuntimeError, EOFError) as error:  # EOFError: it ended before it said who it is
            # no warning, which is an error in tests
            sys.stderr.write(f"a kernel did not start, and is started anew: {error}\n")
    return start_new_kernel(*arguments, **named)


nbval.kernel.start_new_kernel = _started
if forking.possible():
    vars(local_provisioner)["launch_kernel"] = forked_kernel.Kernel
