"""The JSON API under ``/api/v1``. Each function hands over to the register; nothing is decided here."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Path, Query, Request, Response
from fastapi.openapi.utils import get_openapi
from starlette.concurrency import run_in_threadpool

from kommune3 import __version__, report
from kommune3.i18n import gettext as _
from kommune3.register import attempts, people, progress
from kommune3.register.attempts import Attempt, Recorded

from .hr import plain
from .identity import LOCAL_PERSON, Identity
from .models import (
    Completions,
    Health,
    Line,
    ModuleStanding,
    Myself,
    NewAttempt,
    NewestAttempt,
    NewRole,
    Problem,
)
from .problems import Refused
from .services import Parts, Services, Who, identity, services

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": text,
        "content": {"application/problem+json": {"schema": Problem.model_json_schema()}},
    }
    for status, text in {
        400: "Broken JSON",
        401: "Nobody is signed in",
        403: "Not allowed for this person, or sent by another site",
        404: "Unknown activity or role",
        409: "Another version of the activity, or the key was used for other choices",
        413: "Too large",
        415: "Not JSON",
        422: "A path that the activity does not allow, or fields that do not fit",
        503: "Nothing was stored; try again",
    }.items()
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The documented refusals of a route."""
    return {status: REFUSALS[status] for status in (401, 403, *statuses)}


def healthz(parts: Parts) -> Health:
    """Answer once the register can be read."""
    with parts.register.read():
        return Health()


def me(parts: Parts, who: Who) -> Myself:
    """Who asks, which role's path is followed, and how far."""
    return _myself(parts, who)


def put_role(parts: Parts, who: Who, sent: NewRole) -> Myself:
    """Choose the role whose path one follows."""
    if not choose_role(parts, who, sent.role, sent.work_field):
        detail = _("Your role comes from the staff list. Ask HR if it is wrong.")
        raise Refused(409, detail, kind="role-fixed")
    return _myself(parts, who)


def choose_role(parts: Services, who: Identity, role: str, work_field: str | None = None) -> bool:
    """Set the role and field of who asks; False where the staff list says another role.

    Raises Refused for an unknown role or field.
    """
    known = next((one for one in parts.course.roles if one.id == role), None)
    if known is None or (work_field is not None and work_field not in {one.id for one in known.fields}):
        raise Refused(404, kind="unknown-role")
    person = parts.person(who)
    if person.id != LOCAL_PERSON and person.role not in ("", role):
        return False
    people.set_role(parts.register, person.id, role, work_field)
    return True


def _myself(parts: Services, who: Identity) -> Myself:
    person = parts.person(who)
    steps = progress.of_person(parts.register, parts.course, person.id)
    standings = [ModuleStanding.model_validate(step) for step in steps.values()]
    return Myself(
        id=person.id,
        name=person.name,
        roles=sorted(who.roles),
        role=person.role,
        work_field=person.work_field,
        modules=standings,
    )


async def post_attempt(request: Request, sent: NewAttempt, response: Response) -> Recorded:
    """Store the path so far; the outcome is computed here, whatever the page believes."""
    # not as dependencies, which would be a fifth of all that a step's HTTP costs
    parts, who = await services(request), await identity(request)
    attempt = Attempt(who.person_id, sent.activity, str(sent.key), tuple(sent.choices), version=sent.version)
    recorded = await parts.recorder.record(attempt)
    response.status_code = 201 if recorded.created else 200
    return recorded


def newest_attempt(parts: Parts, who: Who, activity: Annotated[str, Path(max_length=64)]) -> NewestAttempt:
    """Where the one who asks goes on."""
    known_activity(parts, activity)
    found = attempts.newest(parts.register, parts.course, who.person_id, activity)
    return NewestAttempt(attempt=found)


def known_activity(parts: Services, activity: str) -> None:
    """Raise Refused for an activity that the course does not have."""
    if activity not in parts.course.activities:
        raise Refused(404, kind="unknown-activity")


Text = Annotated[str, Query(max_length=200)]
Page = Annotated[int, Query(ge=1, le=1_000_000)]


def completions(
    parts: Parts, unit: Text = "", role: Text = "", status: Text = "", search: Text = "", page: Page = 1
) -> Completions:
    """One line per person, for the roles that HR may see; status is also ``overdue``."""
    query = report.Query(unit=unit, role=role, status=status, search=plain(search), page=page)
    found = report.listing(parts.register, parts.course, query)
    return Completions(
        total=found.total, page=found.page, pages=found.pages, lines=[_line(line) for line in found.lines]
    )


def _line(line: report.PersonLine) -> Line:
    person = line.person
    return Line(
        id=person.id,
        name=person.name,
        unit=person.unit,
        role=person.role,
        deadline=person.deadline,
        sample=person.sample,
        status=line.status,
        done=line.done,
        required=line.required,
        modules=[ModuleStanding.model_validate(module) for module in line.modules],
    )


async def openapi(request: Request) -> dict[str, Any]:
    """This description, computed once."""
    return await run_in_threadpool(request.app.openapi)


def describe(app: FastAPI, prefix: str) -> dict[str, Any]:
    """The OpenAPI description of the routes under ``/api``."""
    return get_openapi(
        title="kommune3",
        version=__version__,
        summary="Attempts, progress and completions of the course.",
        description="Errors are application/problem+json. The server replays every path and decides.",
        routes=app.routes,
        servers=[{"url": prefix or "/"}],
    )


def add_routes(router: APIRouter) -> None:
    """Add the API to the router; ``access.RULES`` has a row for each."""
    add = router.add_api_route
    # asked more than all others together, so the first to be looked at
    add(
        "/api/v1/attempts",
        post_attempt,
        methods=["POST"],
        status_code=201,
        tags=["learner"],
        responses={
            200: {"model": Recorded, "description": "Stored before, with the same key"},
            **problems(400, 404, 409, 413, 415, 422, 503),
        },
    )
    add("/healthz", healthz, tags=["service"], responses={503: REFUSALS[503]})
    add("/api/v1/openapi.json", openapi, tags=["service"], responses=problems())
    add("/api/v1/me", me, tags=["learner"], responses=problems())
    add(
        "/api/v1/me/role",
        put_role,
        methods=["PUT"],
        tags=["learner"],
        responses=problems(400, 404, 409, 413, 415, 422, 503),
    )
    add("/api/v1/attempts/{activity}", newest_attempt, tags=["learner"], responses=problems(404, 422))
    add("/api/v1/completions", completions, tags=["hr"], responses=problems(422))
