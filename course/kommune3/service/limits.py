"""Pure ASGI: how much a request may send, and in which format, checked before anything reads it."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kommune3.i18n import gettext as _

from .problems import Refused, route_path

KILOBYTE, MEGABYTE = 1000, 1_000_000
SMALL = 64 * KILOBYTE
LARGE = {"/hr/roster": 20 * MEGABYTE + SMALL}
"""Paths that take files; the rest of the form comes on top of the file's own limit."""
LARGE_BELOW = {
    "/api/v1/reflections/": MEGABYTE,
    "/api/v1/plans/": MEGABYTE,
    "/api/v1/language/": MEGABYTE,
    "/api/v1/assignments/": 2 * MEGABYTE,
}
"""By what the path starts with: a text in JSON, where a letter can take twelve bytes, and a filled-in
notebook. How long a text may be is for those to say who read it."""
NOTEBOOKS = "/api/v1/assignments/"
JSON = frozenset({"application/json"})
NOTEBOOK = JSON | {"application/x-ipynb+json"}


class BodyLimit:
    """Refuses a body over the path's limit while it is read, whatever was announced."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a counted body."""
        if scope["type"] == "http":
            receive = counted(receive, limit_of(scope))
        await self.app(scope, receive, send)


def limit_of(scope: Scope) -> int:
    """How many bytes may be sent to the path."""
    path = route_path(scope)
    below = (limit for start, limit in LARGE_BELOW.items() if path.startswith(start))
    return LARGE.get(path) or next(below, SMALL)


def too_large(limit: int) -> Refused:
    """413, with the limit in words."""
    size = f"{limit // MEGABYTE} MB" if limit >= MEGABYTE else f"{limit // KILOBYTE} kB"
    return Refused(413, _("At most {size} can be sent here.").format(size=size), kind="too-large")


def body_fits(scope: Scope, headers: Headers) -> Refused | None:
    """Objects with 413 to a body announced as too large, with 415 to one for the API that is not JSON."""
    limit, length = limit_of(scope), headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > limit:
        return too_large(limit)
    has_body = length != "0" or "transfer-encoding" in headers
    sent, path = headers.get("content-type", "").partition(";")[0].strip().lower(), route_path(scope)
    fits = sent in (NOTEBOOK if path.startswith(NOTEBOOKS) else JSON)
    if has_body and not fits and path.startswith("/api/"):
        return Refused(415, _("Send JSON, with Content-Type: application/json."), kind="not-json")
    return None


def counted(receive: Receive, limit: int) -> Receive:
    """The same body, refused with 413 as soon as more than the limit has arrived."""
    size = 0

    async def receive_counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > limit:
            raise too_large(limit)
        return message

    return receive_counted
