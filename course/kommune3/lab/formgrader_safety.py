"""What keeps a learner's text from becoming a script in a trainer's JupyterLab.

Three walls: an answer's HTML is cleaned after Markdown has made it; names are escaped; and a policy lets the
browser run nbgrader's own scripts alone, each marked with a word that changes with every answer (a nonce).
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import bleach  # type: ignore[import-untyped]
from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment, FileSystemLoader, pass_context
from nbconvert.exporters import HTMLExporter
from traitlets.config import Config

from kommune3.i18n import N_
from kommune3.i18n import gettext as _

from . import formgrader_words
from .formgrader_mends import TEMPLATES as OWN_TEMPLATES
from .formgrader_mends import mended

TAGS = frozenset(
    {"a", "b", "blockquote", "br", "code", "del", "div", "em", "hr", "i", "li", "ol", "p", "pre", "s"}
)
TAGS |= {"span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"}
TAGS |= {f"h{level}" for level in range(1, 7)}
ATTRIBUTES = {"*": ["class"], "a": ["href", "title"], "ol": ["start"], "td": ["align"], "th": ["align"]}

Exporter: Any = HTMLExporter  # whose methods have no types

NO_FORMULAS = "{% macro mathjax(url='') %}{% endmacro %}"
"""In place of nbconvert's own, which fetches MathJax from a third party; static/formulas.js has ours."""
FORMULAS = "formgrader/formulas"
"""The address, within a cohort, of what lies in STATIC."""
STATIC = Path(__file__).with_name("static")

_nonce: ContextVar[str] = ContextVar("nonce", default="")

GONE = N_(
    "What you just wrote is not saved. The text was sent anew or taken back since you opened this page, or "
    "the cohort is no longer yours. Copy your comment if you want to keep it. Then load the page again, and "
    "read what is there now."
)
TROUBLE = N_(
    "What you just wrote is not saved. See whether the course is still running. Then change the field once "
    "more."
)
MOST = N_("You wrote {written}. At most {now} points can be given here, so it says {now} now.")
LEAST = N_("You wrote {written}. Points cannot be fewer than 0, so it says {now} now.")


def new_nonce() -> str:
    """A fresh word that marks the scripts of the answer being made."""
    _nonce.set(secrets.token_urlsafe(16))
    return _nonce.get()


def policy(nonce: str, templates: Path) -> str:
    """The Content-Security-Policy of formgrader's pages: nbgrader's scripts, and nothing from elsewhere."""
    handlers = " ".join(f"'{each}'" for each in handler_hashes(templates))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{nonce}'",
            f"script-src-attr 'unsafe-hashes' {handlers}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
            "base-uri 'none'",
        )
    )


def handler_hashes(templates: Path) -> list[str]:
    """The hashes of the ``onclick`` code in nbgrader's templates, which a nonce cannot mark."""
    found: set[str] = set()
    for path in (*templates.rglob("*.tpl"), *templates.rglob("*.j2")):
        found |= set(re.findall(r'\son\w+="([^"]*)"', path.read_text(encoding="utf-8"), re.IGNORECASE))
    digests = (hashlib.sha256(code.encode()).digest() for code in sorted(found))
    return [f"sha256-{base64.b64encode(digest).decode()}" for digest in digests]


class MarkedScripts(BaseLoader):
    """Reads templates mended and in the course's language, and marks their scripts, not what comes later."""

    def __init__(self, loader: BaseLoader) -> None:
        self.loader = loader

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The template's text with a nonce on every script tag."""
        source, path, fresh = self.loader.get_source(environment, template)
        made = formgrader_words.page(mended(source))
        return re.sub(r"<script\b", '<script nonce="{{ csp_nonce() }}"', made), path, fresh


def page_environment(templates: Path) -> Environment:
    """Where formgrader's lists and tables are made; names and titles are escaped."""
    found = FileSystemLoader([OWN_TEMPLATES, templates])
    made = Environment(loader=MarkedScripts(found), autoescape=True)
    made.globals.update(csp_nonce=_nonce.get, _=_)
    return made


class OfPage(NamedTuple):
    """The exporter as one request needs it: what its page shows besides what nbgrader tells."""

    exporter: SafeExporter
    more: Mapping[str, Any]

    def from_filename(self, filename: str, resources: Mapping[str, Any]) -> tuple[Any, Any]:
        """The page for a notebook."""
        return self.exporter.from_filename(filename, resources={**resources, **self.more})


class SafeExporter(Exporter):  # type: ignore[misc]
    """nbgrader's page for one submission, with cleaned answers and without third parties."""

    def __init__(self, templates: Path) -> None:
        chosen = Config()
        chosen.HTMLExporter.template_name = "formgrade"
        chosen.HTMLExporter.extra_template_basedirs = [str(templates)]
        chosen.HTMLExporter.sanitize_html = True
        chosen.HTMLExporter.exclude_anchor_links = True
        super().__init__(config=chosen)

    def _create_environment(self) -> Environment:
        made: Environment = super()._create_environment()
        own = DictLoader({"mathjax.html.j2": NO_FORMULAS})
        made.loader = MarkedScripts(ChoiceLoader([own, made.loader] if made.loader else [own]))
        made.globals.update(csp_nonce=_nonce.get, _=lambda text: escape(_(text)))  # nbconvert escapes nothing
        return made

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Markdown as HTML that holds text, lists, tables and links, and nothing that runs."""
        return in_regions(cleaned(super().markdown2html(context, source)))

    def from_filename(self, filename: str, resources: Any = None, **more: Any) -> tuple[Any, Any]:
        """The page for a notebook; the names in ``resources`` are escaped, for the template does not."""
        told = {key: escape(value) if isinstance(value, str) else value for key, value in resources.items()}
        page, found = super().from_filename(filename, resources=told, **more)
        words = {
            "gone": _(GONE),
            "trouble": _(TROUBLE),
            "reload": _("Load the page again"),
            "saved": _("Saved"),
            "most": _(MOST),
            "least": _(LEAST),
        }
        scripts = script(told["base_url"], "formulas.js") + script(told["base_url"], "saving.js", **words)
        return with_own(page, told["base_url"], scripts), found


def with_own(page: str, base_url: str, more: str) -> str:
    """A page with our looks, keys and way out, and ``more`` in its head."""
    looks = f'<link rel="stylesheet" href="{base_url}/{FORMULAS}/formgrader.css">'
    own = "".join(script(base_url, name) for name in ("keys.js", "leave.js"))
    return page.replace("</head>", f"{looks}{own}{more}</head>", 1)


def script(base_url: str, name: str, **words: str) -> str:
    """The tag of one of our own scripts, with the words that it shows."""
    data = "".join(f' data-{key}="{escape(text)}"' for key, text in words.items())
    return f'<script nonce="{_nonce.get()}" src="{base_url}/{FORMULAS}/{name}"{data}></script>'


def cleaned(html: str) -> str:
    """HTML with the tags of a text alone, everything else shown as it was written."""
    return str(bleach.clean(html, tags=TAGS, attributes=ATTRIBUTES, protocols={"http", "https", "mailto"}))


def in_regions(html: str) -> str:
    """Clean HTML whose tables each scroll by themselves where they are wider than the page."""
    region = f'<div class="k3-wide" role="region" tabindex="0" aria-label="{escape(_("Table"))}">'
    return re.sub(r"<table\b", f"{region}<table", html).replace("</table>", "</table></div>")
