"""What goes wrong below, told as refusals: each kind of error with its status."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from kommune3.engine.scenario import ImpossiblePath
from kommune3.i18n import gettext as _
from kommune3.register import errors
from kommune3.register.reflections import DraftChanged, NotReady

from .problems import Refused, Responder, impossible, log_error

log = logging.getLogger("kommune3.service")

Teller = Callable[[Exception], Refused]


def refused(error: Exception) -> Refused:
    """The refusal for an error that is foreseen; 500 for any other."""
    match error:
        case Refused():
            return error
        case HTTPException():
            return Refused(error.status_code, headers=error.headers)
        case RequestValidationError():
            return invalid(error)
        case ImpossiblePath():
            return impossible(error)
        case errors.VersionChanged():
            return Refused(409, str(error), kind="version-changed")
        case errors.KeyReused():
            return Refused(409, str(error), kind="key-reused")
        case errors.ReflectionRefused():
            return unsent(error)
        case errors.NotYours() | errors.UnknownCohort():
            return Refused(404)
        case errors.CohortError():
            return Refused(422, str(error), kind="cohort")
        case errors.RosterStale():
            return Refused(409, str(error), kind="roster-stale")
        case errors.UnknownActivity():
            return Refused(404, str(error), kind="unknown-activity")
        case errors.UnknownPerson():
            return Refused(403, str(error), kind="unknown-person")
        case errors.InvalidAttempt() | errors.InvalidPerson():
            return Refused(422, str(error), kind="invalid")
        case errors.RegisterError() | DBAPIError() | NoneFree():
            return not_stored()
        case _:
            return Refused(500, kind="error")


UNSENT: dict[type[errors.ReflectionRefused], tuple[int, str]] = {
    errors.HoldsCpr: (422, "cpr"),
    errors.TooLong: (422, "too-long"),
    errors.InvalidAnswers: (422, "invalid"),
    errors.AlreadyMarked: (409, "already-marked"),
    errors.NothingSent: (409, "nothing-sent"),
}
"""How a reflection that is not stored is told."""


def unsent(error: errors.ReflectionRefused) -> Refused:
    """A reflection that is not stored: with its newer state, or with what is to be mended, for its author."""
    match error:
        case DraftChanged():
            return Refused(409, str(error), kind="draft-changed", extra={"state": plain(error.state)})
        case NotReady():
            return Refused(422, str(error), kind="not-ready", extra=plain(error.findings))
    status, kind = UNSENT.get(type(error), (422, "invalid"))
    return Refused(status, str(error), kind=kind)


def plain(model: BaseModel) -> dict[str, Any]:
    """The model as the API's JSON."""
    return model.model_dump(mode="json")


def invalid(error: RequestValidationError) -> Refused:
    """Fields that do not fit, by name; what was sent is not repeated."""
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return Refused(400, _("The JSON is broken."), kind="broken-json")
    places = [".".join(str(part) for part in one["loc"][1:3] if plain_name(part)) for one in found]
    names = ", ".join(sorted({*places} - {""}))
    if not names and any(len(one["loc"]) > 1 for one in found):
        return Refused(422, _("The request has fields that are not known here."), kind="invalid")
    if not names:
        return Refused(422, _("The request has no JSON object in it."), kind="invalid")
    return Refused(422, _("These fields do not fit: {names}.").format(names=names[:200]), kind="invalid")


def plain_name(part: str | int) -> bool:
    """Whether a field's name may be repeated: an unknown one can be anything, a sentence too."""
    return isinstance(part, int) or (part.isidentifier() and len(part) <= 32)


def not_stored() -> Refused:
    """503: a full disk, a locked register, no connection free; paths on the machine are for the log alone."""
    detail = _("Nothing of this was stored, and nothing is lost. Try again in a moment.")
    return Refused(503, detail, kind="not-stored", headers={"Retry-After": "5"})


def add_handlers(app: FastAPI, respond: Responder) -> None:
    """Answer every foreseen error as a refusal."""

    async def answer(request: Request, error: Exception) -> Response:
        told = refused(error)
        if told.status_code >= 500:
            log_error(request.scope, error)
        return await run_in_threadpool(respond, request.scope, told)

    handler: Callable[[Request, Exception], Awaitable[Response]] = answer
    stores = (errors.RegisterError, DBAPIError, NoneFree)
    for kind in (HTTPException, RequestValidationError, ImpossiblePath, *stores):
        app.add_exception_handler(kind, handler)
