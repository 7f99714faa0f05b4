"""The two handlers: a call handed on as it came, and a saved notebook handed in."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import ensure_async
from tornado import web
from tornado.httpclient import HTTPError, HTTPRequest, HTTPResponse
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from kommune3.grading.found import MOST_BYTES
from kommune3.i18n import gettext as _

from . import running

FORWARD = r"(v1(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+)"
"""What is handed on: paths of the API's first version, without a step upwards."""
LARGEST = MOST_BYTES  # of a notebook, as in the service
PATIENCE = 12.0  # seconds; the widgets wait for 15
OURS = {"token", "_xsrf"}
"""Parameters that are for Jupyter and not for the service."""
PASSED_BACK = ("Content-Type", "Retry-After")


class Refused(Exception):
    """A call that is not handed on, as a problem: status, kind and what to tell."""

    def __init__(self, status: int, kind: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail = status, kind, detail


def service_address() -> str:
    """Where the service is, ending in a slash. Raises Refused where it does not run."""
    if told := os.environ.get("KOMMUNE3_SERVICE"):
        return told.rstrip("/") + "/"
    data = os.environ.get("KOMMUNE3_DATA")
    found = running.find(Path(data), "service") if data else None
    if found and str(found.get("address", "")).startswith("http://127.0.0.1:"):
        return str(found["address"])
    raise unreachable()


def unreachable() -> Refused:
    """503: the widgets keep what they have, and try again."""
    return Refused(
        503, "unreachable", _("The course is not running right now. Start it again: kommune3 start.")
    )


class Handed(APIHandler):
    """What both handlers do: ask the service, and answer with what it says."""

    async def hand_on(self, method: str, path: str, body: bytes | None) -> None:
        """Ask the service; its answer is ours, a problem where it cannot be had."""
        try:
            request = asked(self, method, path, body)
            answer = await fetched(request)
        except Refused as refused:
            self.refuse(refused)
            return
        self.set_status(answer.code)
        for name in PASSED_BACK:
            if name in answer.headers:
                self.set_header(name, answer.headers[name])
        self.finish_with(answer.body, answer.headers.get("Content-Type", "application/octet-stream"))

    def refuse(self, refused: Refused) -> None:
        """Answer with a problem, in the service's form."""
        fields = {"type": f"urn:kommune3:{refused.kind}", "title": refused.detail, "status": refused.status}
        self.set_status(refused.status)
        text = json.dumps(fields | {"detail": refused.detail}, ensure_ascii=False)
        self.finish_with(text.encode(), "application/problem+json")

    def finish_with(self, body: bytes, kind: str) -> None:
        """Send the answer; nobody keeps it, and no browser takes it for something else."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.finish(body, set_content_type=kind)


class Forward(Handed):
    """``/kommune3/api/v1/…``: the widgets' calls."""

    @web.authenticated
    async def get(self, path: str) -> None:
        """Hand on."""
        await self.hand_on("GET", path, None)

    @web.authenticated
    async def post(self, path: str) -> None:
        """Hand on."""
        await self.with_body("POST", path)

    @web.authenticated
    async def put(self, path: str) -> None:
        """Hand on."""
        await self.with_body("PUT", path)

    @web.authenticated
    async def delete(self, path: str) -> None:
        """Hand on."""
        await self.with_body("DELETE", path)

    async def with_body(self, method: str, path: str) -> None:
        """Hand on, with a body of a size that the service may take."""
        if len(self.request.body) > LARGEST:
            self.refuse(too_large())
            return
        await self.hand_on(method, path, self.request.body)


class HandIn(Handed):
    """``POST …/assignments/<id>/notebook``: hands in the saved notebook of ``X-Notebook-Path``."""

    @web.authenticated
    async def post(self, assignment: str) -> None:
        """Read the file inside the learner's folder, and hand on its bytes."""
        try:
            body = await self.saved(unquote(self.request.headers.get("X-Notebook-Path", "")).strip("/"))
        except Refused as refused:
            self.refuse(refused)
            return
        await self.hand_on("POST", f"v1/assignments/{assignment}/notebook", body)

    async def saved(self, path: str) -> bytes:
        """The file's bytes, through Jupyter's own file access, which leads nowhere else. Raises Refused."""
        if not path.endswith(".ipynb") or ".." in path.split("/") or "\\" in path:
            raise no_notebook()
        manager: Any = self.contents_manager
        try:
            about = await ensure_async(manager.get(path, content=False))
            if (about.get("size") or 0) > LARGEST:
                raise too_large()
            found = await ensure_async(manager.get(path, type="file", format="base64"))
        except web.HTTPError as error:
            raise no_notebook() from error
        body = base64.b64decode(found["content"])
        if len(body) > LARGEST:
            raise too_large()
        return body


def no_notebook() -> Refused:
    """404: the notebook is not there."""
    return Refused(404, "no-notebook", _("The notebook was not found. Save it, and try again."))


def too_large() -> Refused:
    """413."""
    told = _("More than {size} MB cannot be sent. Take pictures and other files out of it.")
    return Refused(413, "too-large", told.format(size=LARGEST // 1_000_000))


def asked(handler: Handed, method: str, path: str, body: bytes | None) -> HTTPRequest:
    """The request to the service: same method, path, query and JSON; no cookies, the learner's token."""
    given = [(k, v) for k, v in parse_qsl(handler.request.query, keep_blank_values=True) if k not in OURS]
    query = f"?{urlencode(given)}" if given else ""
    headers = {"Accept": handler.request.headers.get("Accept", "application/json")}
    if body:
        headers["Content-Type"] = "application/json"
    if token := os.environ.get("KOMMUNE3_TOKEN"):
        headers["Authorization"] = f"Bearer {token}"
    return HTTPRequest(
        f"{service_address()}api/{quote(path)}{query}",
        method=method,
        headers=headers,
        body=body if method in ("POST", "PUT") else body or None,
        allow_nonstandard_methods=True,
        follow_redirects=False,
        request_timeout=PATIENCE,
        connect_timeout=PATIENCE,
    )


async def fetched(request: HTTPRequest) -> HTTPResponse:
    """The service's answer, whatever its status. Raises Refused where there is none."""
    client = SimpleAsyncHTTPClient(force_instance=True, max_body_size=16 * LARGEST)  # no proxy is asked
    try:
        return await client.fetch(request, raise_error=False)
    except (HTTPError, OSError) as error:
        raise unreachable() from error
    finally:
        client.close()
