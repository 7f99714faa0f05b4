"""Reads a page as a browser would, and says what is wrong with its markup."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SVG_EMPTY = {"circle", "path", "rect", "line", "use"}
POINTERS = ("aria-labelledby", "aria-describedby", "for")


@dataclass
class Element:
    """An element with its attributes and its own and its children's text."""

    tag: str
    attrs: dict[str, str]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """A parsed page. ``wrong`` holds every fault."""

    source: str
    elements: list[Element] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[Element] = []
        self.feed(self.source)
        self.close()
        self.wrong += [f"<{element.tag}> is never closed" for element in self._open]
        self._ids()
        self._headings()
        self._names()
        self._policy()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, a void one for an instant."""
        names = [name for name, _value in attrs]
        if len(names) != len(set(names)):
            self.wrong.append(f"<{tag}> has an attribute twice")
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """SVG's own empty elements."""
        if tag not in SVG_EMPTY | VOID:
            self.wrong.append(f"<{tag}/> is not closed in HTML")
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, which must be of this name."""
        if not self._open or self._open[-1].tag != tag:
            self.wrong.append(f"</{tag}> closes nothing, at line {self.getpos()[0]}")
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Text belongs to every open element."""
        for element in self._open:
            element.text += data

    def all(self, tag: str) -> list[Element]:
        """The elements of that name."""
        return [element for element in self.elements if element.tag == tag]

    def with_class(self, name: str) -> list[Element]:
        """The elements of that class."""
        return [element for element in self.elements if name in element.attrs.get("class", "").split()]

    def _ids(self) -> None:
        ids = [element.attrs["id"] for element in self.elements if "id" in element.attrs]
        self.wrong += [f"id {name} occurs twice" for name in {one for one in ids if ids.count(one) > 1}]
        for element in self.elements:
            for pointer in POINTERS:
                for name in element.attrs.get(pointer, "").split():
                    if name not in ids:
                        self.wrong.append(f"{pointer} points at {name}, which is not there")
            target = element.attrs.get("href", "")
            if target.startswith("#") and target[1:] not in ids:
                self.wrong.append(f"link to {target}, which is not there")

    def _headings(self) -> None:
        levels = [int(e.tag[1]) for e in self.elements if re.fullmatch("h[1-6]", e.tag)]
        if levels.count(1) != 1:
            self.wrong.append(f"{levels.count(1)} h1")
        for before, after in pairwise(levels):
            if after > before + 1:
                self.wrong.append(f"h{after} follows h{before}")

    def _names(self) -> None:
        labelled = {element.attrs.get("for") for element in self.all("label")}
        for element in self.all("input") + self.all("select"):
            if element.attrs.get("type") != "hidden" and element.attrs.get("id") not in labelled:
                self.wrong.append(f"<{element.tag} name={element.attrs.get('name')}> has no label")
        for element in self.all("a") + self.all("button"):
            if not (element.text.strip() or element.attrs.get("aria-label") or "hidden" in element.attrs):
                self.wrong.append(f"<{element.tag}> has no name")
        self.wrong += ["<img> without alt" for element in self.all("img") if "alt" not in element.attrs]

    def _policy(self) -> None:
        for element in self.elements:
            if "style" in element.attrs or any(name.startswith("on") for name in element.attrs):
                self.wrong.append(f"<{element.tag}> has a style or an event handler of its own")
            if element.tag == "style":
                self.wrong.append("<style> in the page")
            inline = element.tag == "script" and "src" not in element.attrs
            if inline and element.attrs.get("type") != "application/json":
                self.wrong.append("inline script")
            for name in ("src", "href"):
                asked = element.tag in ("script", "link", "img") and element.attrs.get(name, "")
                if asked and "//" in asked:
                    self.wrong.append(f"third party: {asked}")
