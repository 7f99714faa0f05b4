"""From a page into JupyterLab: the learner's own copy of a module, and formgrader for a trainer's cohort.

Only where the service serves the person at the machine, and JupyterLab is or will be installed.
"""

from __future__ import annotations

import time

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kommune3.lab import server, trainer, workspace

from .identity import Identity
from .labs import LEARNER, Labs, Progress
from .problems import Refused
from .services import Parts, Services, Who
from .trainer import own

PATIENCE = 20.0  # seconds that the waiting page's next request is held, so that it need not ask all the time
STEP = 0.1
NO_STORE = {"Cache-Control": "no-store"}


def labs(parts: Services) -> Labs:
    """This machine's JupyterLab. Raises Refused where there is none."""
    if parts.labs is None or not parts.labs.available:
        raise Refused(404)
    return parts.labs


def module_notebook(parts: Parts, who: Who, module: str, wait: bool = False, again: bool = False) -> Response:
    """The learner's own copy of a module, in JupyterLab."""
    found = labs(parts)
    try:
        source = parts.course.module(module).file
    except KeyError as error:
        raise Refused(404) from error
    here = f"/modules/{module}"
    told = patient(found, LEARNER, wait, again)
    if told.state != "ready":
        return waiting(parts, who, told, here, f"{here}/notebook")
    path = workspace.path_of(parts.settings.data_dir, who.person_id, source)
    return away(server.link(told.address, told.token, path or ""))


def formgrader(parts: Parts, who: Who, cohort: str, wait: bool = False, again: bool = False) -> Response:
    """Formgrader for one of the trainer's cohorts, in JupyterLab."""
    found, here = labs(parts), f"/trainer/cohorts/{own(parts, who, cohort).id}"
    told = patient(found, trainer.NAME, wait, again)
    if told.state != "ready":
        return waiting(parts, who, told, here, f"{here}/formgrader")
    return away(trainer.link(told.address, told.token, cohort))


def patient(found: Labs, name: str, wait: bool, again: bool) -> Progress:
    """How far JupyterLab is; with ``wait`` the answer is held while it starts."""
    told = found.ask(name, again)
    until = time.monotonic() + PATIENCE
    while wait and told.state == "starting" and time.monotonic() < until:
        time.sleep(STEP)
        told = found.ask(name)
    return told


def waiting(parts: Services, who: Identity, told: Progress, back: str, here: str) -> HTMLResponse:
    """What is awaited, and how far it is; the page asks again by itself."""
    html = parts.site.waiting(parts.visitor(who), told, back=back, here=here)
    return HTMLResponse(html, 503 if told.state == "failed" else 200, NO_STORE)


def away(address: str) -> RedirectResponse:
    """Go there; the address holds a token, so nobody keeps it or passes it on."""
    return RedirectResponse(address, 303, NO_STORE | {"Referrer-Policy": "no-referrer"})


def add_routes(router: APIRouter) -> None:
    """Add the routes."""
    for path, endpoint in (
        ("/modules/{module}/notebook", module_notebook),
        ("/trainer/cohorts/{cohort}/formgrader", formgrader),
    ):
        router.add_api_route(path, endpoint, methods=["GET"], include_in_schema=False)
