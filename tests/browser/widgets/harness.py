"""A page with one widget and the API behind it: the real engine judges, attempts live in memory.

It lets a widget be tried in trouble that a healthy service never makes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from browser.widgets.threads import served
from kommune3.content import Course
from kommune3.engine import judge
from kommune3.engine.scenario import ImpossiblePath
from kommune3.widgets.fallback import fallback_html
from kommune3.widgets.files import bundle, style_sheet
from kommune3.widgets.traits import traits_of

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
    " base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)
HOST = """
const mount = document.querySelector("[data-widget]");
const traits = JSON.parse(mount.querySelector("script").textContent);
const model = { get: (name) => traits[name], on() {}, off() {}, send() {} };
widget.render({ model, el: mount });
addEventListener("kommune3:completed", (event) => {
  document.querySelector("#completed").textContent = event.detail.modules.join();
});
"""
LOOK = """
:root { color-scheme: light dark; }
body { margin: 0; padding: 1rem; background: Canvas; color: CanvasText; font-family: sans-serif; }
"""


class Harness:
    """The app and what can go wrong with it. ``trouble`` is an HTTP status, or 0 when all is well."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.attempts: list[dict[str, Any]] = []
        self.trouble = 0
        self.versions: dict[str, str] = {}
        """Versions that the service claims to have instead of the activity's own."""
        self.port = 0
        self.app = Starlette(
            routes=[
                Route("/show/{name}.js", self.script),
                Route("/show/{activity}", self.show),
                Route("/{name}.css", self.style),
                Route("/api/v1/attempts", self.record, methods=["POST"]),
                Route("/api/v1/attempts/{activity}", self.newest),
            ]
        )

    def url(self, activity: str) -> str:
        """The page that shows an activity."""
        return f"http://127.0.0.1:{self.port}/show/{activity}"

    def version(self, activity: str) -> str:
        """The version that the service has."""
        return self.versions.get(activity) or judge.version(self.course.activities[activity])

    def paths(self) -> list[list[str]]:
        """The paths stored, oldest first."""
        return [attempt["choices"] for attempt in self.attempts]

    async def show(self, request: Request) -> Response:
        activity = self.course.activities[request.path_params["activity"]]
        traits = traits_of(activity, api="/api/v1", sources=self.course.sources)
        data = json.dumps({**traits, "version": self.version(activity.id)}).replace("<", "\\u003c")
        page = (
            '<!doctype html><html lang="da" data-account="tester"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width"><title>Prøve</title>'
            '<link rel="icon" href="data:,"><link rel="stylesheet" href="/widgets.css">'
            '<link rel="stylesheet" href="/page.css"><main><h1>Prøve</h1><h2>Øvelse</h2>'
            f'<section data-widget="{activity.kind}">{fallback_html(activity)}'
            f'<script type="application/json">{data}</script></section><p id="completed"></p></main>'
            f'<script type="module" src="/show/host-{activity.kind}.js"></script></html>'
        )
        return HTMLResponse(page, headers={"content-security-policy": CSP, "cache-control": "no-store"})

    async def script(self, request: Request) -> Response:
        return Response(scripted(request.path_params["name"]), media_type="text/javascript")

    async def style(self, request: Request) -> Response:
        text = style_sheet() if request.path_params["name"] == "widgets" else LOOK
        return Response(text, media_type="text/css")

    async def record(self, request: Request) -> Response:
        if self.trouble:
            return _problem(self.trouble)
        sent = await request.json()
        activity = self.course.activities[sent["activity"]]
        if sent["version"] != self.version(activity.id):
            return _problem(409, "urn:kommune3:version-changed")
        try:
            outcome = judge.judge(activity, sent["choices"], self.course.info.pass_mark)
        except ImpossiblePath as error:
            return _problem(422, "urn:kommune3:impossible-path", str(error))
        attempt = sent | {
            "recorded": True,
            "outcome": outcome.model_dump(mode="json"),
            "completed": ["m-1"] if outcome.passed else [],
        }
        self.attempts.append(attempt)
        return JSONResponse(attempt, 201)

    async def newest(self, request: Request) -> Response:
        if self.trouble:
            return _problem(self.trouble)
        mine = [each for each in self.attempts if each["activity"] == request.path_params["activity"]]
        return JSONResponse({"attempt": mine[-1] if mine else None})


def scripted(name: str) -> str:
    """A widget's script, or the host's. That one imports the widget's with the page, so that a page that is
    loaded has its widget: no test can come before it."""
    kind = name.removeprefix("host-")
    return f'import widget from "./{kind}.js";{HOST}' if kind != name else bundle(name)


def _problem(status: int, kind: str = "about:blank", detail: str = "") -> Response:
    body = {"type": kind, "title": "Prøve", "status": status, "detail": detail}
    return JSONResponse(body, status, media_type="application/problem+json")


@contextmanager
def running(harness: Harness) -> Iterator[Harness]:
    """Serves the harness on a free port of the loopback address."""
    with served(harness.app, lifespan="off") as harness.port:
        yield harness
