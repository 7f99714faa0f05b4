"""Markdown of a notebook as HTML: citations, headings with ids, tables that scroll by themselves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from ..i18n import gettext as _

CITATION = re.compile(r"\[(@[a-z0-9_-]+(?:\s*[;,]\s*@[a-z0-9_-]+)*)\]")
EXTERNAL = re.compile(r"https?://")


class Article:
    """One page's Markdown: remembers across cells which ids and citations were met.

    ``links`` turns a relative target (``02_x.ipynb``) into an address, ``pictures`` one into what is
    shown or None; ``sources`` names what may be cited; ``taken`` are the ids that no heading may have.
    """

    def __init__(
        self,
        sources: dict[str, str],
        links: Callable[[str], str],
        pictures: Callable[[str], str | None] = lambda target: None,
        taken: Iterable[str] = (),
    ) -> None:
        self.sources, self.links, self.pictures = sources, links, pictures
        self.cited: dict[str, int] = {}
        self._mentions: dict[str, int] = {}
        self._ids = set(taken)
        self._parser = _parser()

    def html(self, text: str, *, without_title: bool = False) -> str:
        """The text as HTML. Its own h1 is left out where the page shows the title; others become h2."""
        env: dict[str, Any] = {"article": self}
        tokens = self._parser.parse(text, env)
        if without_title and [t.tag for t in tokens[:1]] == ["h1"]:
            tokens = tokens[3:]
        for at, token in enumerate(tokens):
            if token.type == "heading_open":
                token.attrSet("id", self.heading_id(tokens[at + 1].content))
            if token.tag == "h1":
                token.tag = "h2"
        return str(self._parser.renderer.render(tokens, self._parser.options, env))

    def heading_id(self, heading: str) -> str:
        """An id from the heading's words, different from every id before it."""
        base = slug(heading)
        found, count = base, 1
        while found in self._ids:
            count += 1
            found = f"{base}-{count}"
        self._ids.add(found)
        return found

    def citation(self, ids: list[str]) -> str:
        """Links to the numbered list at the page's end; an unknown id stays as it was written."""
        return "".join(self._reference(one) for one in ids)

    def _reference(self, source: str) -> str:
        if source not in self.sources:
            return escape(f"[@{source}]")
        number = self.cited.setdefault(source, len(self.cited) + 1)
        mention = self._mentions[source] = self._mentions.get(source, 0) + 1
        label = escape(_("Source {number}").format(number=number))
        return (
            f'<a class="k3-cite" role="doc-noteref" id="cite-{source}-{mention}" href="#source-{source}"'
            f' aria-label="{label}" title="{escape(self.sources[source])}">{number}</a>'
        )


def slug(text: str) -> str:
    """An id from words: lower-case letters a to z, digits and hyphens; ``x-`` before a digit."""
    spelled = text.lower().translate({ord("æ"): "ae", ord("ø"): "oe", ord("å"): "aa"})
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]
    return found if found[:1].isalpha() else f"x-{found}"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.inline.ruler.before("link", "citation", _citation)
    parser.add_render_rule("citation", _render_citation)
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("link_close", _link_close)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    return parser


def _citation(state: StateInline, silent: bool) -> bool:
    found = CITATION.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.meta["ids"] = re.findall(r"[a-z0-9_-]+", found[1])
        # A space before the mark would let it slip to a line of its own.
        last = state.tokens[-2] if len(state.tokens) > 1 else None
        if last is not None and last.type == "text":
            last.content = last.content.rstrip(" ")
    state.pos = found.end()
    return True


def _render_citation(_self: Any, tokens: list[Token], at: int, _options: Any, env: dict[str, Any]) -> str:
    article: Article = env["article"]
    return article.citation(tokens[at].meta["ids"])


def _link_open(self: Any, tokens: list[Token], at: int, options: Any, env: dict[str, Any]) -> str:
    token, article = tokens[at], env["article"]
    target = str(token.attrGet("href") or "")
    if EXTERNAL.match(target):
        token.attrSet("class", "k3-external")
        token.attrSet("rel", "noreferrer")
    elif not target.startswith(("#", "mailto:", "tel:")):
        token.attrSet("href", article.links(target))
    return str(self.renderToken(tokens, at, options, env))


def _link_close(_self: Any, tokens: list[Token], at: int, _options: Any, _env: dict[str, Any]) -> str:
    depth = 0
    for token in reversed(tokens[:at]):
        depth += {"link_close": 1, "link_open": -1}.get(token.type, 0)
        if depth < 0:
            outside = token.attrGet("class") == "k3-external"
            note = f'<span class="ds-sr-only"> ({escape(_("another website"))})</span>'
            return f"{note}</a>" if outside else "</a>"
    return "</a>"


def _image(self: Any, tokens: list[Token], at: int, options: Any, env: dict[str, Any]) -> str:
    """The picture; in place of one that is not the course's own, its description."""
    token, article = tokens[at], env["article"]
    source = article.pictures(str(token.attrGet("src") or ""))
    if source is None:
        return escape(token.content)
    token.attrSet("src", source)
    token.attrSet("alt", self.renderInlineAsText(token.children or [], options, env))
    return str(self.renderToken(tokens, at, options, env))


def _table_open(_self: Any, _tokens: Any, _at: int, _options: Any, _env: Any) -> str:
    label = escape(_("Table"))
    region = f'<div class="k3-scroll" role="region" tabindex="0" aria-label="{label}">'
    return f'{region}<table class="ds-table" data-color="neutral">'


def _table_close(_self: Any, _tokens: Any, _at: int, _options: Any, _env: Any) -> str:
    return "</table></div>"
