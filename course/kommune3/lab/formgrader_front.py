"""The first page in a trainer's JupyterLab: own cohorts, each a door to its formgrader."""

from __future__ import annotations

from typing import Any, NamedTuple

from jinja2 import Environment
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_escape
from tornado import web

from kommune3.i18n import gettext as _
from kommune3.i18n import language

from . import formgrader_safety as safety
from .formgrader_cohorts import OwnCohorts

PAGE = """<!doctype html>
<html lang="{{ language }}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>
body {
  font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem;
  color: #1f2328; background: #fff; overflow-wrap: anywhere
}
h1 { font-size: 1.75rem; line-height: 1.2; text-wrap: balance }
ul { list-style: none; padding: 0 }
a {
  display: block; padding: .75rem 1rem; margin: .5rem 0; border: 1px solid #6b7280; border-radius: .5rem;
  color: #0b4f8a
}
a:focus-visible { outline: 3px solid #0b4f8a; outline-offset: 2px }
@media (prefers-color-scheme: dark) {
  body { color: #f3f4f6; background: #16181d } a { color: #9ccdff } a:focus-visible { outline-color: #9ccdff }
}
</style></head>
<body><main><h1>{{ title }}</h1>
{% if cohorts %}<p>{{ lead }}</p><ul>
{% for address, name in cohorts %}<li><a href="{{ address }}">{{ name }}</a></li>{% endfor %}
</ul>{% else %}<p>{{ empty }}</p>{% endif %}
{% if course %}<p><a data-leave href="{{ course }}">{{ out }}</a></p>{{ script | safe }}{% endif %}
</main></body></html>"""
POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
    "base-uri 'none'"
)


class Front(JupyterHandler):
    """Lists the trainer's cohorts; with one there is nothing to choose."""

    @web.authenticated
    def get(self) -> None:
        """The list, or the only cohort's formgrader."""
        found: OwnCohorts = self.settings["kommune3_cohorts"]
        doors = [
            (f"{self.base_url}cohorts/{one}/formgrader/", title) for one, title in found.titles().items()
        ]
        if len(doors) == 1:
            self.redirect(doors[0][0])
            return
        self.set_header("Content-Security-Policy", POLICY.format(nonce=safety.new_nonce()))
        self.set_header("Cache-Control", "no-store")
        self.finish(page(doors, out=Out(found.page(), self.base_url)))


class ToLab(JupyterHandler):
    """Formgrader outside JupyterLab links to a notebook page of old; JupyterLab shows the file instead."""

    @web.authenticated
    def get(self, path: str) -> None:
        """Go there."""
        self.redirect(f"{self.base_url}doc/tree/{url_escape(path)}")


class Out(NamedTuple):
    """The way to the course."""

    course: str = ""
    """The address of a page; empty where the course does not run."""
    base_url: str = "/"
    """Where this server has its own files."""
    cohort: bool = False
    """Whether that page is a cohort's."""


def page(doors: list[tuple[str, str]], out: Out = Out(), **more: str) -> str:  # noqa: B008  it never changes
    """The page with its doors: address and title of each; ``more`` are other words than its own."""
    told: dict[str, Any] = {
        "title": _("Which cohort will you mark?"),
        "course": out.course,
        "out": _("To the cohort's page in the course") if out.cohort else _("To the page for trainers"),
        "script": safety.script(out.base_url.rstrip("/"), "leave.js"),
        "lead": _("Each cohort has its own gradebook."),
        "empty": _(
            "You have no cohort yet. Make one on the course's page for trainers; it shows up here then."
        ),
    }
    template = Environment(autoescape=True).from_string(PAGE)
    return template.render(cohorts=doors, language=language(), **told | more)
