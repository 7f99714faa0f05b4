"""Who may do what: one table, and the one place that enforces it. A route without a row is refused."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from .identity import ROLES, Authenticate, Identity, Role
from .problems import Refused, Responder, route_path

ANYONE = None
SIGNED_IN: frozenset[Role] = ROLES
LEARNER: frozenset[Role] = frozenset({"learner"})
TRAINER: frozenset[Role] = frozenset({"trainer"})
HR: frozenset[Role] = frozenset({"hr"})
STAFF_LIST: frozenset[Role] = frozenset({"hr", "admin"})

RULES: dict[tuple[str, str], frozenset[Role] | None] = {
    ("GET", "/healthz"): ANYONE,
    ("GET", "/static/{path:path}"): ANYONE,
    ("GET", "/logo"): ANYONE,
    ("GET", "/about"): ANYONE,
    ("GET", "/api/v1/openapi.json"): SIGNED_IN,
    ("GET", "/api/v1/me"): SIGNED_IN,
    ("PUT", "/api/v1/me/role"): LEARNER,
    ("POST", "/api/v1/attempts"): LEARNER,
    ("GET", "/api/v1/attempts/{activity}"): LEARNER,
    ("GET", "/api/v1/reflections/{activity}"): LEARNER,
    ("PUT", "/api/v1/reflections/{activity}/draft"): LEARNER,
    ("DELETE", "/api/v1/reflections/{activity}/draft"): LEARNER,
    ("POST", "/api/v1/reflections/{activity}/submissions"): LEARNER,
    ("DELETE", "/api/v1/reflections/{activity}/submissions"): LEARNER,
    ("GET", "/api/v1/plans/{activity}"): LEARNER,
    ("PUT", "/api/v1/plans/{activity}/draft"): LEARNER,
    ("DELETE", "/api/v1/plans/{activity}/draft"): LEARNER,
    ("POST", "/api/v1/plans/{activity}/finished"): LEARNER,
    ("POST", "/api/v1/language/{activity}"): LEARNER,
    ("POST", "/api/v1/assignments/{assignment}/notebook"): LEARNER,
    ("GET", "/api/v1/completions"): HR,
    ("GET", "/"): SIGNED_IN,
    ("GET", "/roles/{role}"): SIGNED_IN,
    ("GET", "/start/{role}"): SIGNED_IN,
    ("GET", "/modules/{module}"): SIGNED_IN,
    ("GET", "/local"): SIGNED_IN,
    ("GET", "/local/films/{number}"): SIGNED_IN,
    ("GET", "/modules/{module}/notebook"): LEARNER,
    ("POST", "/me/role"): LEARNER,
    ("GET", "/trainer"): TRAINER,
    ("GET", "/trainer/materials"): TRAINER,
    ("GET", "/trainer/materials/{material}"): TRAINER,
    ("POST", "/trainer/cohorts"): TRAINER,
    ("GET", "/trainer/cohorts/{cohort}/formgrader"): TRAINER,
    ("GET", "/trainer/cohorts/{cohort}"): TRAINER,
    ("POST", "/trainer/cohorts/{cohort}/return"): TRAINER,
    ("POST", "/trainer/cohorts/{cohort}/members"): TRAINER,
    ("POST", "/trainer/cohorts/{cohort}/deadline"): TRAINER,
    ("POST", "/trainer/cohorts/{cohort}/trainers"): TRAINER,
    ("GET", "/trainer/cohorts/{cohort}/trainers/{person}/remove"): TRAINER,
    ("POST", "/trainer/cohorts/{cohort}/trainers/{person}/remove"): TRAINER,
    ("GET", "/trainer/cohorts/{cohort}/remove"): TRAINER,
    ("POST", "/trainer/cohorts/{cohort}/remove"): TRAINER,
    ("GET", "/trainer/cohorts/{cohort}/people/{person}/{activity}"): TRAINER,
    ("POST", "/certificates"): LEARNER,
    ("GET", "/certificates"): LEARNER,
    ("GET", "/certificates/{number}"): LEARNER,
    ("GET", "/certificates/{number}/pdf"): LEARNER,
    ("GET", "/hr/certificates"): HR,
    ("GET", "/hr"): HR,
    ("GET", "/hr/people/{person}"): HR,
    ("GET", "/hr/export.csv"): HR,
    ("GET", "/hr/export.xlsx"): HR,
    ("GET", "/hr/roster"): STAFF_LIST,
    ("POST", "/hr/roster"): STAFF_LIST,
    ("POST", "/hr/roster/confirm"): STAFF_LIST,
    ("POST", "/hr/samples"): STAFF_LIST,
}


def allowed(row: frozenset[Role] | None, identity: Identity | None) -> bool:
    """Whether somebody may pass a row of the table."""
    return row is ANYONE or (identity is not None and not row.isdisjoint(identity.roles))


def row_key(routes: Sequence[BaseRoute], scope: Scope) -> tuple[str, str] | None:
    """The table's key for a request: method and route path; None where no route takes it."""
    for route in routes:
        if route.matches(scope)[0] is Match.FULL:
            return scope["method"], getattr(route, "path", repr(route))
    return None


class Guard:
    """Pure ASGI: lets a request through only where the table says so, and notes who makes it."""

    def __init__(
        self, app: ASGIApp, routes: Sequence[BaseRoute], authenticate: Authenticate, respond: Responder
    ) -> None:
        self.app, self.routes = app, routes
        self.authenticate, self.respond = authenticate, respond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 401 or 403, or pass the request on with ``state.identity`` set."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self.guard(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def guard(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Decide one request."""
        if route_path(scope) == "":
            await RedirectResponse(f"{scope['root_path']}/", 308)(scope, receive, send)
            return
        if scope["method"] == "HEAD":  # the server leaves the body out
            scope = {**scope, "method": "GET"}
        identity = await self.authenticate(HTTPConnection(scope))
        scope.setdefault("state", {})["identity"] = identity
        key = row_key(self.routes, scope)
        if key is None or (key in RULES and allowed(RULES[key], identity)):
            await self.app(scope, receive, send)
            return
        refused = Refused(401 if identity is None else 403)
        response = await run_in_threadpool(self.respond, scope, refused)
        await response(scope, receive, send)
