"""Who trains a cohort: let another in, or take somebody out after a question."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kommune3.i18n import gettext as _
from kommune3.register import cohorts
from kommune3.register.errors import LastTrainer, UnknownCohort, UnknownPerson

from .problems import Refused
from .services import Parts, Services, Who
from .trainer import Field, back, not_added, own, page


def post_trainer(parts: Parts, who: Who, cohort: str, person: Field = "") -> Response:
    """Let one more person read and mark what the cohort sends."""
    found, new = own(parts, who, cohort), person.strip().lower()
    if not new:
        return page(parts, who, found, problem=_("Write or choose somebody first."), status=422)
    try:
        cohorts.add_trainer(parts.register, found.id, new, who.person_id)
    except UnknownPerson:
        return page(parts, who, found, problem=not_added([], [new]), status=422)
    return back(parts, found.id, "?done=trainer")


def out_page(parts: Parts, who: Who, cohort: str, person: str) -> HTMLResponse:
    """What it means to take the trainer out, or to leave oneself."""
    found = own(parts, who, cohort)
    trainers = cohorts.trainers(parts.register, found.id)
    asked = next((one for one in trainers if one.id == person), None)
    if asked is None:
        raise Refused(404)
    lines = cohorts.lines(parts.register, parts.course, found.id)
    return HTMLResponse(parts.site.cohort_trainer_out(parts.visitor(who), found, asked, lines))


def post_out(parts: Parts, who: Who, cohort: str, person: str) -> Response:
    """Take the trainer out; pressed twice it is the same, also for whoever took out themselves."""
    try:
        found = own(parts, who, cohort)
        cohorts.drop_trainer(parts.register, found.id, person, who.person_id)
    except LastTrainer as error:
        return page(parts, who, found, problem=str(error), status=409)
    except (UnknownCohort, Refused):
        return to_own(parts, "gone")
    return to_own(parts, "left") if person == who.person_id else back(parts, found.id, "?done=trainer-out")


def to_own(parts: Services, done: str) -> Response:
    """To one's own cohorts."""
    return RedirectResponse(f"{parts.settings.root_path}/trainer?done={done}", 303)


def add_routes(router: APIRouter) -> None:
    """Add these to the router; ``access.RULES`` has a row for each."""
    all_of, one = "/trainer/cohorts/{cohort}/trainers", "/trainer/cohorts/{cohort}/trainers/{person}/remove"
    router.add_api_route(all_of, post_trainer, methods=["POST"], include_in_schema=False)
    router.add_api_route(one, out_page, include_in_schema=False)
    router.add_api_route(one, post_out, methods=["POST"], include_in_schema=False)
