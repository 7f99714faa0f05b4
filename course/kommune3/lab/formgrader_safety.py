"""What keeps a learner's text from becoming a script in a trainer's JupyterLab.

Three walls: an answer's HTML is cleaned after Markdown has made it; names are escaped; and a policy lets the
browser run nbgrader's own scripts alone, each marked with a word that changes with every answer (a nonce).
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from html import escape
from pathlib import Path
from typing import Any

import bleach  # type: ignore[import-untyped]
from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment, FileSystemLoader, pass_context
from nbconvert.exporters import HTMLExporter
from traitlets.config import Config

from kommune3.i18n import N_
from kommune3.i18n import gettext as _

from . import formgrader_words

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


READABLE = """
.breadcrumb a, nav a, .navbar a { color: #23527c !important }
.breadcrumb > .active { color: #595959 }
.highlight .c1 { color: #1f5f5f !important }
@media (max-width: 40em) { table { display: block; overflow-x: auto } }
"""
"""nbgrader's own grey and blue are too pale on grey, and its tables too wide for a phone."""
LOOKS = """
.rendered_html table { width: 100%; margin-block: 1rem }
.rendered_html :is(th, td) { padding: 4px 8px; border: 1px solid #999; text-align: left; vertical-align: top }
.prompt, .inner_cell:has(> .input_area) { display: none }
.k3-not-saved {
  position: fixed; inset: 0 0 auto; z-index: 2000; display: flex; flex-wrap: wrap; gap: 8px 16px;
  align-items: center; justify-content: center; padding: 12px 16px; border-bottom: 3px solid #b45309;
  background: #fff7e0; color: #1f2328; font-size: 16px; line-height: 1.5
}
.k3-not-saved p { max-width: 40em; margin: 0 }
.k3-not-saved button { padding: 8px 16px; border: 1px solid #1f2328; border-radius: 4px; background: #fff }
.k3-not-saved button:focus { outline: 3px solid #0b4f8a; outline-offset: 2px }
"""
"""A rubric with lines between its levels, no code that nobody marks, and what static/saving.js tells."""
GONE = N_(
    "What you just wrote is not saved. The text was sent anew or taken back since you opened this page, or "
    "the cohort is no longer yours. Copy your comment if you want to keep it. Then load the page again, and "
    "read what is there now."
)
TROUBLE = N_(
    "What you just wrote is not saved. See whether the course is still running. Then change the field once "
    "more."
)


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
    """Reads templates in the course's language and marks their scripts, not what is filled in later."""

    def __init__(self, loader: BaseLoader) -> None:
        self.loader = loader

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The template's text with a nonce on every script tag."""
        source, path, fresh = self.loader.get_source(environment, template)
        marked = re.sub(r"<script\b", '<script nonce="{{ csp_nonce() }}"', formgrader_words.page(source))
        return marked, path, fresh


def page_environment(templates: Path) -> Environment:
    """Where formgrader's lists and tables are made; names and titles are escaped."""
    made = Environment(loader=MarkedScripts(FileSystemLoader(templates)), autoescape=True)
    made.globals["csp_nonce"] = _nonce.get
    return made


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
        made.globals["csp_nonce"] = _nonce.get
        return made

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Markdown as HTML that holds text, lists, tables and links, and nothing that runs."""
        return cleaned(super().markdown2html(context, source))

    def from_filename(self, filename: str, resources: Any = None, **more: Any) -> tuple[Any, Any]:
        """The page for a notebook; the names in ``resources`` are escaped, for the template does not."""
        told = {key: escape(value) if isinstance(value, str) else value for key, value in resources.items()}
        page, found = super().from_filename(filename, resources=told, **more)
        scripts = script(told["base_url"], "formulas.js")
        words = {"gone": _(GONE), "trouble": _(TROUBLE), "reload": _("Load the page again")}
        scripts += script(told["base_url"], "saving.js", **words)
        return page.replace("</head>", f"<style>{READABLE}{LOOKS}</style>{scripts}</head>", 1), found


def script(base_url: str, name: str, **words: str) -> str:
    """The tag of one of our own scripts, with the words that it shows."""
    data = "".join(f' data-{key}="{escape(text)}"' for key, text in words.items())
    return f'<script nonce="{_nonce.get()}" src="{base_url}/{FORMULAS}/{name}"{data}></script>'


def cleaned(html: str) -> str:
    """HTML with the tags of a text alone, everything else shown as it was written."""
    return str(bleach.clean(html, tags=TAGS, attributes=ATTRIBUTES, protocols={"http", "https", "mailto"}))
