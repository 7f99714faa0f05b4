"""Pure ASGI: response headers, what a request's head shows to be wrong, and the last net for errors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kommune3.i18n import gettext as _

from .problems import TITLES, Refused, Responder, log_error
from .settings import LOOPBACK_HOSTS

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "media-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
_RAW = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in HEADERS.items()]
_OPENER = b"cross-origin-opener-policy"
OWN_VISITS = frozenset({"none", "same-origin"})
"""``Sec-Fetch-Site`` where no other site sent the visitor: typed, a bookmark, a link of ours."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class SecurityHeaders:
    """Puts HEADERS on every answer; a header that the answer has already, stays.

    Without a login (``no_login``) the user's own visits on this machine go without
    ``Cross-Origin-Opener-Policy``, which lets a browser begin a page in a new process: 0.04 s.
    """

    def __init__(self, app: ASGIApp, *, no_login: bool = False) -> None:
        self.app, self.no_login = app, no_login

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                given = {name for name, _value in headers}
                if self.no_login and b"cache-control" not in given and own_visit(Headers(scope=scope)):
                    given.add(_OPENER)  # what a browser keeps, it may show to another visit
                message["headers"] = headers + [one for one in _RAW if one[0] not in given]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class UnderPrefix:
    """Tells the app its path prefix, whether or not the proxy in front takes it off the path."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self.app, self.prefix = app, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        await self.app({**scope, "root_path": self.prefix}, receive, send)


class LastNet:
    """Turns an unforeseen error into a plain 500, so that it carries the same headers as any answer."""

    def __init__(self, app: ASGIApp, respond: Responder) -> None:
        self.app, self.respond = app, respond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; an error after the answer has begun is only logged, and ends it."""
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception as error:
            if scope["type"] != "http":
                raise
            log_error(scope, error)
            if not started:
                response = await run_in_threadpool(self.sorry, scope)
                await response(scope, receive, send)

    def sorry(self, scope: Scope) -> Response:
        """The page for errors; a bare line where the error is in that page itself."""
        try:
            return self.respond(scope, Refused(500, kind="error"))
        except Exception as error:
            log_error(scope, error)
            return PlainTextResponse(_(TITLES[500]), 500)


Check = Callable[[Scope, Headers], Refused | None]
"""Looks at a request's head: the refusal, or None where there is nothing to object to."""


class HeadCheck:
    """Refuses a request that one of the checks objects to, before anything reads its body."""

    def __init__(self, app: ASGIApp, checks: Sequence[Check], respond: Responder) -> None:
        self.app, self.checks, self.respond = app, checks, respond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the first objection, or pass the request on."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            for check in self.checks:
                if refused := check(scope, headers):
                    response = await run_in_threadpool(self.respond, scope, refused)
                    await response(scope, receive, send)
                    return
        await self.app(scope, receive, send)


def host_is(hosts: Collection[str]) -> Check:
    """Objects with 421 to a host name that is not ours (DNS rebinding); ``*`` allows any."""
    ours = frozenset(hosts)

    def check(_scope: Scope, headers: Headers) -> Refused | None:
        if "*" in ours or host_name(headers) in ours:
            return None
        return Refused(421, _("Ask the one who runs the course which address to use."), kind="host")

    return check


def not_cross_origin(scope: Scope, headers: Headers) -> Refused | None:
    """Objects with 403 to what another site makes a browser send, by ``Sec-Fetch-Site``, else ``Origin``."""
    if scope["method"] in SAFE_METHODS or same_origin(headers):
        return None
    detail = _("The request came from another site. Open the course itself and try again.")
    return Refused(403, detail, kind="cross-origin")


def own_visit(headers: Headers) -> bool:
    """Whether a browser on this machine says that no other site has sent its user here."""
    sites = headers.getlist("sec-fetch-site")
    return len(sites) == 1 and sites[0] in OWN_VISITS and host_name(headers) in LOOPBACK_HOSTS


def host_name(headers: Headers) -> str:
    """The host asked for, in lower case and without its port; empty where none or several are given."""
    hosts = headers.getlist("host")
    if len(hosts) != 1:
        return ""
    name, colon, port = hosts[0].lower().rpartition(":")
    return name if colon and port.isdigit() else hosts[0].lower()


def same_origin(headers: Headers) -> bool:
    """Whether a browser says that the request is our own page's, or no browser made it."""
    if site := headers.get("sec-fetch-site"):
        return site in OWN_VISITS
    origin = headers.get("origin")
    return origin is None or authority(origin) == headers.get("host")


def authority(origin: str) -> str | None:
    """Host and port of an Origin header; None for ``null`` and for what is no origin."""
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None
