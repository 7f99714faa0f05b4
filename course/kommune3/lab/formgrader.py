"""nbgrader's own formgrader in a trainer's JupyterLab: one for each own cohort, each with its own gradebook.

Stock formgrader has one gradebook for the whole server. Here its pages lie under
``/cohorts/<id>/formgrader/``, so that two tabs with two cohorts do not write into each other's. What reads or
writes nbgrader's exchange, sources and releases is left out: the service and its worker do that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from nbgrader.api import Gradebook  # type: ignore[import-untyped]
from nbgrader.apps.baseapp import NbGrader  # type: ignore[import-untyped]
from nbgrader.server_extensions.formgrader import apihandlers, handlers  # type: ignore[import-untyped]
from tornado import web

from kommune3.i18n import N_, inherit
from kommune3.i18n import gettext as _

from . import formgrader_checks as checks
from . import formgrader_safety as safety
from .formgrader_api import InWords, app_of
from .formgrader_cohorts import OwnCohorts, from_environment
from .formgrader_front import Front, Out, ToLab, page
from .formgrader_words import LISTS, Words

COHORT = "[a-z0-9_-]+"
STATIC = Path(handlers.static_path)
TEMPLATES = Path(handlers.template_path)
LEFT_OUT = (
    handlers.FormgraderHandler,
    handlers.SubmissionFilesHandler,
    apihandlers.AssignHandler,
    apihandlers.ReleaseHandler,
    apihandlers.UnReleaseHandler,
    apihandlers.CollectHandler,
    apihandlers.GenerateAllFeedbackHandler,
    apihandlers.GenerateFeedbackHandler,
    apihandlers.ReleaseAllFeedbackHandler,
    apihandlers.ReleaseFeedbackHandler,
)
TRIMMED = {
    "manage_assignments.tpl": "#accordion, tfoot, tr > :nth-child(n+3):not(:nth-child(9)) { display: none }",
    "manage_submissions.tpl": "#accordion, :is(th, td):nth-child(n+7) { display: none }",
    "manage_students.tpl": "tfoot, :is(th, td):nth-child(5) { display: none }",
}
"""What each page need not show, for it is left out here."""
WAITING = N_(
    "The gradebook is made once somebody in the cohort has sent something. The page shows it by itself then."
)
GONE = N_("This is not here any more. Perhaps the text was taken back, or the cohort is no longer yours.")
OWN_FILES = (f"/{safety.FORMULAS}/(.*)", web.StaticFileHandler, {"path": safety.STATIC})
READ_ONLY = (apihandlers.AssignmentHandler, apihandlers.StudentHandler)


class Shared:
    """What all pages share: the trainer's cohorts, templates, and an nbgrader app for each cohort."""

    def __init__(self, cohorts: OwnCohorts) -> None:
        self.cohorts = cohorts
        self.environment = safety.page_environment(TEMPLATES)
        self.exporter = safety.SafeExporter(TEMPLATES)
        self._apps: dict[Path, NbGrader] = {}

    def app(self, folder: Path) -> NbGrader:
        """nbgrader with the cohort's own settings, read once."""
        if folder not in self._apps:
            self._apps[folder] = app_of(folder)
        return self._apps[folder]


class OfCohort:
    """Mixed in before nbgrader's handlers: the cohort in the address says which gradebook is meant."""

    request: Any
    settings: dict[str, Any]

    @property
    def shared(self) -> Shared:
        """What all pages share."""
        found: Shared = self.settings["kommune3_formgrader"]
        return found

    @cached_property
    def cohort(self) -> str:
        """The cohort's id in the address."""
        found = re.search(rf"/cohorts/({COHORT})/formgrader", self.request.path)
        return found[1] if found else ""

    @property
    def base_url(self) -> str:
        """What the pages put before their links."""
        return f"{super().base_url}/cohorts/{self.cohort}"  # type: ignore[misc]

    @property
    def url_prefix(self) -> str:
        """The cohort's folder as JupyterLab's file list knows it."""
        return self.cohort

    @property
    def coursedir(self) -> Any:
        """nbgrader's course directory."""
        return self.shared.app(self.shared.cohorts.home / self.cohort).coursedir

    @property
    def authenticator(self) -> None:
        """None: people come from the register."""
        return

    @property
    def out(self) -> Out:
        """The way to the cohort's page, or to the one for trainers where the cohort is somebody else's."""
        own = self.shared.cohorts.owns(self.cohort)
        return Out(self.shared.cohorts.page(self.cohort if own else ""), self.base_url, own)

    @property
    def exporter(self) -> safety.OfPage:
        """What makes a submission's page."""
        return safety.OfPage(self.shared.exporter, {"course_page": self.shared.cohorts.page(self.cohort)})

    @cached_property
    def gradebook(self) -> Gradebook:
        """Opened for each request, for the worker may have written it anew or put another in its place."""
        return Gradebook(f"{self.coursedir.db_url}?timeout=20", self.coursedir.course_id)

    @property
    def api(self) -> InWords:
        """nbgrader's own API on the cohort's folder."""
        return InWords(self.coursedir, None, parent=self.coursedir.parent)

    def render(self, name: str, **values: Any) -> str:
        """One of nbgrader's pages; not there when the submission's file is not."""
        if name == "formgrade_404.tpl":
            raise web.HTTPError(404)
        titles = {} if "error_code" in values else self.shared.cohorts.titles()
        values |= {"cohort": titles.get(self.cohort, "Formgrader")}
        values |= {"course_page": self.shared.cohorts.page(self.cohort)}
        made = self.shared.environment.get_template(name).render(**values)
        lists = self._script("lists.js", LISTS)
        if name == "manage_submissions.tpl":
            lists += self._script("checked.js", checks.WORDS)
        return safety.with_own(made, self.base_url, f"<style>{TRIMMED.get(name, '')}</style>{lists}")

    def _script(self, name: str, words: Mapping[str, str]) -> str:
        return safety.script(self.base_url, name, **{key: _(word) for key, word in words.items()})

    async def prepare(self, *arguments: Any, **more: Any) -> None:
        """Let a trainer into own cohorts only, and set the policy that keeps learners' text from running."""
        await super().prepare(*arguments, **more)  # type: ignore[misc]
        nonce = safety.new_nonce()
        self.set_header("Content-Security-Policy", safety.policy(nonce, TEMPLATES))  # type: ignore[attr-defined]
        self.set_header("Cache-Control", "no-store")  # type: ignore[attr-defined]
        if not self.current_user:  # type: ignore[attr-defined]
            return
        if not self.shared.cohorts.owns(self.cohort):
            raise web.HTTPError(404)
        if not (self.shared.cohorts.home / self.cohort / "gradebook.db").is_file():
            self.set_status(503)  # type: ignore[attr-defined]
            self.set_header("Refresh", "2")  # type: ignore[attr-defined]
            told = page([], self.out, title="Formgrader", empty=_(WAITING))
            self.finish(told)  # type: ignore[attr-defined]

    def write_error(self, status_code: int, **more: Any) -> None:
        """Say what is not there any more, with the way back; nbgrader's own scripts get its own answer."""
        if status_code != 404 or "/formgrader/api/" in self.request.path:
            super().write_error(status_code, **more)  # type: ignore[misc]
            return
        back = self.base_url if self.out.cohort else super().base_url  # type: ignore[misc]
        door = (f"{back}/formgrader/", _("To the reflections that you mark"))
        self.finish(page([door], self.out, title="Formgrader", lead=_(GONE)))  # type: ignore[attr-defined]

    def on_finish(self) -> None:
        """Close the gradebook, so that the worker can write."""
        if "gradebook" in vars(self):
            self.gradebook.close()
        super().on_finish()  # type: ignore[misc]


class ToGradebook(OfCohort, handlers.BaseHandler):  # type: ignore[misc]
    """A cohort's front door: the list of what waits for marks."""

    @web.authenticated
    def get(self) -> None:
        """Go there."""
        self.redirect(f"{self.base_url}/formgrader/gradebook")


class Assignments(OfCohort, handlers.BaseHandler):  # type: ignore[misc]
    """nbgrader's list of assignments, without warnings about an exchange that nobody needs."""

    @web.authenticated
    def get(self) -> None:
        """The page."""
        values = {"url_prefix": self.url_prefix, "base_url": self.base_url, "course_id": self.cohort}
        self.write(self.render("manage_assignments.tpl", default_timezone="+0000", **values))


class ReadOnly(OfCohort):
    """What the register decides: shown, not changed here."""

    def put(self, *_named: str) -> None:
        """Refuse."""
        raise web.HTTPError(403, _("Change this on the course's own pages; formgrader shows it."))


def routes() -> list[tuple[Any, ...]]:
    """Formgrader's addresses within a cohort, and who answers."""
    known = [*handlers.default_handlers, *apihandlers.default_handlers]
    found: list[tuple[Any, ...]] = [
        ("/formgrader/?", ToGradebook),
        ("/formgrader/manage_assignments/?", Assignments),
        ("/formgrader/static/(js/.*)", Words, {"path": STATIC}),
        ("/formgrader/static/(.*)", web.StaticFileHandler, {"path": STATIC}),
        OWN_FILES,
    ]
    for pattern, handler, *_rest in known:
        if not issubclass(handler, handlers.BaseHandler) or handler in LEFT_OUT:
            continue
        mixin = ReadOnly if handler in READ_ONLY else OfCohort
        found.append((pattern, type(handler.__name__, (mixin, handler), {})))
    return [(f"/cohorts/(?:{COHORT}){pattern}", *rest) for pattern, *rest in found]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    """Add the pages to a trainer's Jupyter server."""
    inherit()
    app: Any = server.web_app
    shared = Shared(from_environment())
    app.settings.update(kommune3_formgrader=shared, kommune3_cohorts=shared.cohorts)
    app.settings["nbgrader_bad_setup"] = False
    front: list[tuple[Any, ...]] = [("/formgrader/?", Front), ("/(?:notebooks|edit|tree)/(.*)", ToLab)]
    base = app.settings["base_url"]
    own = (*front, OWN_FILES, *routes())
    app.add_handlers(".*$", [(url_path_join(base, path), *rest) for path, *rest in own])


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "kommune3.lab.formgrader"}]
