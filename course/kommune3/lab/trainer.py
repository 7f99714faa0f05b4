"""A trainer's JupyterLab: formgrader on own cohorts, and nothing that could run what a learner wrote.

No kernels, no terminals, files to read only, and Jupyter folders of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kommune3.grading.course_dir import home

from . import server as jupyter
from . import settings
from .formgrader_cohorts import DATA, PERSON
from .workspace import jupyter_dir

NAME = "trainer"
"""Under which ``running`` knows the server."""
FRONT = "lab?formgrader=true"
"""The address that opens JupyterLab with formgrader in it."""
FIRST_PORT = 8988
EXTENSION = "kommune3.lab.formgrader"
LOOKS = settings.CONFIG / "trainer"


@contextmanager
def started(data_dir: Path, person: str, port: int | None = None) -> Iterator[jupyter.Starting]:
    """Start the JupyterLab of the trainer with that id; it is gone when the block ends. Raises LabError."""
    data = data_dir.resolve()
    place = jupyter_dir(data, person).with_name(f"{person}-{NAME}")
    told = {DATA: str(data), PERSON: person}
    chosen = server(home(data), port)
    with jupyter.started(place, home(data), port, server=chosen, looks=LOOKS, **told) as starting:
        yield starting


def link(address: str, token: str, cohort: str = "") -> str:
    """Where a browser opens the formgrader of a cohort, or JupyterLab with the choice of them."""
    if not cohort:
        return f"{address}{FRONT}&token={token}"
    return f"{address}cohorts/{cohort}/formgrader/?token={token}"


def server(root: Path, port: int | None) -> dict[str, Any]:
    """Jupyter's settings, by class: a learner's, but for what could run something or write a file."""
    found = settings.server(root, FIRST_PORT if port is None else port)
    extensions = {**found["ServerApp"]["jpserver_extensions"], settings.EXTENSION: False, EXTENSION: True}
    found["ServerApp"] |= {
        "default_url": f"/{FRONT}",
        "contents_manager_class": "kommune3.lab.formgrader_files.CohortFiles",
        "jpserver_extensions": extensions,
        "port_retries": 50 if port is None else 0,
    }
    return found | {
        "IdentityProvider": {"cookie_options": {"path": "/", "samesite": "Lax", "httponly": True}},
        "KernelSpecManager": {"allowed_kernelspecs": ["none"], "ensure_native_kernel": False},
    }
