"""The real service over the miniature course, in-process, for one learner whose reflections a test can mark.

It lets a reflection be tried in trouble that a healthy service never makes.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from browser.widgets.hands import PATIENT
from browser.widgets.threads import served
from kommune3.register import Person, cohorts, marks, people, reflections
from kommune3.register.reflections import State
from kommune3.service.app import create_app
from kommune3.service.identity import Identity
from kommune3.service.services import Services
from kommune3.service.settings import Settings
from serving import PEOPLE

TEXTS = ("/api/v1/reflections/", "/api/v1/plans/", "/api/v1/language/")
"""Where trouble is made."""
ID = "baenk-refleksion"
HERE = f"#{ID}"
FIRST = "En borger ringede og bad om en bænk ved stien. Jeg lyttede og fandt ud af, hvem der ejede jorden."
SECOND = "Jeg vil spørge, hvad borgeren selv kan bidrage med, og aftale en dag, hvor vi ser på stedet sammen."


class Reflecting:
    """The running service. ``trouble`` is the HTTP status that it answers with, or 0 when all is well."""

    def __init__(self, services: Services, app: ASGIApp) -> None:
        self.services, self.app = services, app
        self.person = ""
        self.trouble = 0
        self.lose = False
        """Whether answers are lost on their way back."""
        self.sent: list[str] = []
        """Method and path of each request that changed something."""
        self.port = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The service behind a network that may fail."""
        asked = scope["type"] == "http" and scope["path"].startswith(TEXTS)
        account = dict(scope.get("headers", ())).get(b"x-kommune3-account", b"").decode()
        mine = account in ("", self.person)  # and not what the page of a test before still had to send
        if asked and scope["method"] != "GET" and mine:
            self.sent.append(f"{scope['method']} {scope['path'].rsplit('/', 1)[-1]}")
        if asked and self.trouble:
            await JSONResponse({"title": "Prøve"}, self.trouble)(scope, receive, send)
        elif asked and self.lose:

            async def swallow(_message: object) -> None:
                return None

            await self.app(scope, receive, swallow)
            await JSONResponse({"title": "Prøve"}, 502)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def newcomer(self, role: str = "employee") -> None:
        """Sign in somebody new; all is well again."""
        self.person = f"new-{uuid.uuid4().hex[:12]}"
        self.trouble, self.lose = 0, False
        self.sent.clear()
        with self.services.register.write() as session:
            people.add(session, [Person(self.person, "Ny Nielsen", unit="Skole", role=role)], "roster")

    @property
    def url(self) -> str:
        """The page with the reflection."""
        return f"http://127.0.0.1:{self.port}/modules/employee-01"

    def state(self) -> State:
        """How the reflection stands in the register."""
        return reflections.of(self.services.register, self.services.course, self.person, ID)

    def save(self, *answers: str) -> None:
        """What another device saves as a draft."""
        self._register("save_draft", list(answers), self.state().revision)

    def submit(self, *answers: str) -> None:
        """What another device sends."""
        self._register("submit", str(uuid.uuid4()), list(answers))

    def _register(self, name: str, *arguments: object) -> None:
        parts = self.services
        getattr(reflections, name)(parts.register, parts.course, self.person, ID, *arguments)

    def cohort(self) -> str:
        """A cohort with the learner in it, and Troels as its trainer."""
        register = self.services.register
        made = cohorts.make(register, "Prøvehold", [self.person], ["troels"], "troels", made_from="ids")
        return made.id

    def mark(self, manual: float, comment: str = "") -> None:
        """What the trainer gives in formgrader, as the worker writes it."""
        found = self.state().submission
        assert found is not None
        mark = marks.Mark(found, "checked", auto=1, manual=manual, comment=comment, needs_manual=False)
        assert marks.write(self.services.register, self.services.course, [mark]) == 1

    def give_back(self, cohort: str) -> None:
        """The trainer returns the feedback."""
        assert marks.give_back(self.services.register, self.services.course, cohort, "troels") == 1


@contextmanager
def running(data: Path, root: Path) -> Iterator[Reflecting]:
    """Serves the app on a free port of the loopback address."""
    made: list[Reflecting] = []

    async def authenticate(_connection: HTTPConnection) -> Identity | None:
        return Identity(made[0].person, frozenset({"learner"})) if made[0].person else None

    app = create_app(Settings(data_dir=data, course_root=root), authenticate)
    reflecting = Reflecting(app.state.services, app)
    made.append(reflecting)
    with reflecting.services.register.write() as session:
        people.add(session, PEOPLE, "roster")
    with served(reflecting) as reflecting.port:
        yield reflecting


def opened(page: Page, reflecting: Reflecting, activity: str = ID, module: str = "employee-01") -> Locator:
    """The reflection, or another activity, on its page, once it is live."""
    page.goto(f"http://127.0.0.1:{reflecting.port}/modules/{module}")
    widget = page.locator(f"#{activity}")
    expect(widget).to_have_attribute("data-ready", "")
    expect(widget.locator(".k3-body[aria-busy]")).to_have_count(0)
    return widget


def field(widget: Locator, number: int = 0) -> Locator:
    """The field of a prompt."""
    return widget.get_by_role("textbox").nth(number)


def write(widget: Locator, first: str = FIRST, second: str = SECOND) -> None:
    """Fill in both fields."""
    field(widget, 0).fill(first)
    field(widget, 1).fill(second)


def saved(widget: Locator) -> None:
    """Wait until the service has the text."""
    expect(widget.locator('.k3-status[data-state="saved"]')).to_be_visible(timeout=PATIENT)


def send(widget: Locator) -> None:
    """Send the text, and wait until it is sent."""
    widget.get_by_role("button", name="Send refleksionen").click()
    expect(widget.get_by_role("heading", name="Din tekst er sendt")).to_be_focused()
