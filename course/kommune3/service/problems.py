"""Refusals and errors: problem+json for programs, a page in the course's language for people.

Nobody is shown a stack trace, and the log is given neither names nor texts.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from kommune3.engine.scenario import ImpossiblePath
from kommune3.i18n import N_
from kommune3.i18n import gettext as _

log = logging.getLogger("kommune3.service")

TITLES = {
    400: N_("The request could not be understood"),
    401: N_("You are not signed in"),
    403: N_("You do not have access to this"),
    404: N_("There is nothing at this address"),
    405: N_("This cannot be done here"),
    409: N_("Something changed in the meantime"),
    413: N_("What was sent is too large"),
    415: N_("What was sent is in the wrong format"),
    421: N_("The service does not answer to this address"),
    422: N_("What was sent does not fit"),
    500: N_("Something went wrong on our side"),
    503: N_("The service cannot store anything right now"),
}


class Refused(HTTPException):
    """A request that is answered with an error; ``detail`` is for the one who asked."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        kind: str = "",
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.kind, self.extra = kind, dict(extra or {})

    @property
    def title(self) -> str:
        """What happened, in the course's language."""
        return _(TITLES.get(self.status_code, TITLES[400]))


Responder = Callable[[Scope, Refused], Response]
"""Turns a refusal into the answer that fits who asks: a program or a person."""

ErrorPage = Callable[[Scope, int, str], str]
"""The HTML for a status and its detail."""


def route_path(scope: Scope) -> str:
    """The request's path without the prefix, whether or not the proxy has taken the prefix off."""
    path: str = scope["path"]
    prefix: str = scope.get("root_path", "")
    within = path == prefix or path.startswith(prefix + "/")
    return path[len(prefix) :] if within else path


def responder(page: ErrorPage) -> Responder:
    """Answers under ``/api`` with problem+json and elsewhere with an HTML page."""

    def respond(scope: Scope, refused: Refused) -> Response:
        status, headers = refused.status_code, dict(refused.headers or {})
        if route_path(scope).startswith(("/api/", "/healthz")):
            return Response(problem(refused), status, headers, "application/problem+json")
        return HTMLResponse(page(scope, status, refused.detail), status, headers)

    return respond


def problem(refused: Refused) -> bytes:
    """RFC 9457 JSON: type, title, status, detail, and what the refusal adds, for example ``step``."""
    kind = f"urn:kommune3:{refused.kind}" if refused.kind else "about:blank"
    fields = {"type": kind, "title": refused.title, "status": refused.status_code}
    return json.dumps(
        fields | {"detail": refused.detail or refused.title} | refused.extra, ensure_ascii=False
    ).encode()


def impossible(path: ImpossiblePath) -> Refused:
    """A path that the activity does not allow; ``step`` is the 0-based place of the refused choice."""
    detail = _("Step {step} does not fit the exercise. The exercise goes on from what was stored last.")
    return Refused(422, detail.format(step=path.step + 1), kind="impossible-path", extra={"step": path.step})


def log_error(scope: Scope, error: BaseException) -> None:
    """Log where an error arose, but not its message, which may hold names or texts."""
    route = getattr(scope.get("route"), "path", "?")
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s %s: %s\n%s", scope.get("method", ""), route, type(error).__name__, where)
