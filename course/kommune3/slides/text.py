"""A notebook's Markdown as slides: what a room needs on the slide, the rest for the trainer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from markdown_it.token import Token
from markupsafe import Markup

from ..content import Course, Notebook
from ..content.rules.markdown import resolved
from ..i18n import gettext as _
from ..site.markdown import Article, slug
from ..site.pictures import pictures
from .pieces import Piece, html, pages, pieces, text_of
from .slide import Slide

SOURCES = "kilder"
"""The id of the slide that lists the sources."""
SHORT = 55
"""Words up to which a section is shown whole."""
OPENING = 170
"""Words up to which a module's opening is shown whole: a room cannot answer a story that is cut off."""
LABEL = 8
"""Words up to which a paragraph in italics is a label, such as who is speaking."""


class SlideText(Article):
    """Markdown for slides: citations are numbers in brackets, as small letters cannot be read from afar."""

    def __init__(self, course: Course, notebook: Notebook) -> None:
        decks = {module.file: f"{module.id}.html" for module in course.modules}
        super().__init__(
            {source.id: f"{source.author}, {source.title}" for source in course.sources.values()},
            lambda target: decks.get(resolved(notebook, target), "#/"),
            pictures(course, notebook),
        )

    def _reference(self, source: str) -> str:
        if source not in self.sources:
            return escape(f"[@{source}]")
        number = self.cited.setdefault(source, len(self.cited) + 1)
        label = escape(_("Source {number}").format(number=number))
        return f' <a class="k3-cite" href="#/{SOURCES}" aria-label="{label}">[{number}]</a>'

    def parsed(self, text: str) -> list[Token]:
        """The tokens of a text, to be rendered with :meth:`rendered`."""
        return list(self._parser.parse(text, {"article": self}))

    def rendered(self, tokens: Sequence[Token]) -> str:
        """The tokens as HTML."""
        return str(self._parser.renderer.render(tokens, self._parser.options, {"article": self}))

    def notes(self, text: str) -> Markup:
        """A text for the trainer, without its title."""
        tokens = self.parsed(text)
        if [token.tag for token in tokens[:1]] == ["h1"]:
            tokens = tokens[3:]
        return Markup(self.rendered(tokens))  # noqa: S704, rendered from Markdown without HTML


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it; the heading is empty above the first one."""

    heading: str
    tokens: tuple[Token, ...]


def sections(tokens: Sequence[Token]) -> Iterator[Section]:
    """A cell's text by its headings of the second level; its title is left out."""
    heading, inside = "", list[Token]()
    at = 3 if [token.tag for token in tokens[:1]] == ["h1"] else 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "heading_open" and token.tag in ("h1", "h2"):
            if inside or heading:
                yield Section(heading, tuple(inside))
            heading, inside = text_of(tokens[at + 1 : at + 2]), []
            at += 3
            continue
        inside.append(token)
        at += 1
    if inside or heading:
        yield Section(heading, tuple(inside))


def slides(section: Section, text: SlideText, fallback: str, taken: set[str]) -> list[Slide]:
    """The section on as many slides as it takes; none where it has a heading alone.

    ``fallback`` is the heading where it has none; ``taken`` are the ids in use, which grow.
    """
    found = [replace(piece, html=_labelled(piece)) for piece in pieces(section.tokens, text.rendered)]
    kept, rest = chosen(found, SHORT if section.heading else OPENING)
    notes = Markup("".join(piece.html for piece in rest))  # noqa: S704, rendered from Markdown
    look = "text" if section.heading else "opening"
    return divided(section.heading or fallback, kept, notes, taken, look=look)


def divided(
    heading: str, found: Sequence[Piece], notes: Markup, taken: set[str], *, look: str, eyebrow: str = ""
) -> list[Slide]:
    """Pieces below a heading on as many slides as they take; the notes are the first one's."""
    made, shown = [], pages(found)
    for number, page in enumerate(shown, start=1):
        made.append(
            Slide(
                id=unique(heading, taken),
                heading=heading,
                body=html(page),
                notes=notes if number == 1 else Markup(),
                eyebrow=eyebrow,
                look=look,
                part=(number, len(shown)) if len(shown) > 1 else None,
            )
        )
    return made


def unique(words: str, taken: set[str]) -> str:
    """An id from words that no slide has yet."""
    base = name = slug(words)
    number = 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return name


def chosen(found: Sequence[Piece], short: int = SHORT) -> tuple[list[Piece], list[Piece]]:
    """What goes on the slide, and what into the notes.

    Lists, tables and headings stay, and of each stretch of paragraphs the first; so do those that lead to a
    list, those that begin in bold (they are points), and whatever stands in a section of few words.
    """
    if sum(len(piece.text.split()) for piece in found) <= short:
        return list(found), []
    kept, rest, first = [], [], True
    for at, piece in enumerate(found):
        following = found[at + 1].kind if at + 1 < len(found) else None
        stays = piece.kind != "paragraph" or _label(piece) or _point(piece) or first
        if stays or (piece.text.endswith((":", "?")) and following in ("list", "table")):
            kept.append(piece)
        else:
            rest.append(piece)
        first = piece.kind == "heading" or (first and _label(piece))
    return kept, rest


def _label(piece: Piece) -> bool:
    short = piece.kind == "paragraph" and len(piece.text.split()) <= LABEL
    return short and piece.html.startswith(("<p><em>", '<p class="k3-label"')) and "</em></p>" in piece.html


def _point(piece: Piece) -> bool:
    return piece.html.startswith("<p><strong>")


def _labelled(piece: Piece) -> str:
    return piece.html.replace("<p>", '<p class="k3-label">', 1) if _label(piece) else piece.html
