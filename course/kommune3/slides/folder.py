"""The folder that a trainer takes along: a page per deck, and beside them all that they need."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from .. import __version__
from ..content import Course
from ..i18n import gettext as _
from ..site import theme
from ..site.assets import STATIC
from ..site.body import script_json
from .deck import Deck, build
from .render import environment

HERE = Path(__file__).parent
REVEAL = HERE / "static" / "vendor" / "reveal"
ASSETS = {
    "reveal.js": REVEAL / "reveal.js",
    "reveal.css": REVEAL / "reveal.css",
    "reveal-LICENSE.txt": REVEAL / "LICENSE",
    "figtree-LICENSE.txt": STATIC / "vendor" / "figtree" / "LICENSE",
    "deck.js": HERE / "dist" / "deck.js",
    "notes.js": HERE / "dist" / "notes.js",
    "deck.css": HERE / "static" / "deck.css",
}
"""Each file beside the decks, and where it comes from."""
FONT = STATIC / "vendor" / "figtree" / "figtree-latin-wght-normal.woff2"

WIDTH, HEIGHT = 1280, 720
"""Of a slide, in CSS pixels; ``js/deck.js`` says the same to reveal.js."""
PRINTING = (
    f"@page{{size:{WIDTH}px {HEIGHT}px; margin: 0px;}}",
    f".reveal section>img, .reveal section>video, .reveal section>iframe"
    f"{{max-width: {WIDTH}px; max-height:{HEIGHT}px}}",
)
"""The style elements that reveal.js makes for printing: allowed by their hashes, as no other is."""
MARK = '<meta name="generator" content="kommune3 slides'
"""What our own files have, and no other that might lie in the folder."""


class SlidesError(Exception):
    """The slides cannot be written there; the message says why and what to do."""


def policy() -> str:
    """The pages' Content-Security-Policy: their own files, from a folder or a server, and no inline code.

    A page that is opened from a folder has no origin that every browser calls 'self'; hence ``file:``.
    """
    allowed = " ".join(f"'sha256-{_digest(text)}'" for text in PRINTING)
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self' file:",
            f"style-src 'self' file: {allowed}",
            "img-src 'self' file: data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def write(course: Course, out: Path, modules: Sequence[str] = ()) -> list[Path]:
    """Write the decks of these modules, or of all, with all that they need; returns the decks' files.

    Raises SlidesError where the folder is somebody else's, KeyError for an unknown module, and OSError.
    """
    _ours(out)
    decks = [build(course, name) for name in modules or [module.id for module in course.modules]]
    pages = {deck.module.id: page(course, deck) for deck in decks}  # all of them before the first is written
    (out / "assets").mkdir(parents=True, exist_ok=True)
    for name, source in ASSETS.items():
        (out / "assets" / name).write_bytes(source.read_bytes())
    _text(out / "assets" / "look.css", _look(course))
    made = [_text(out / f"{name}.html", html) for name, html in pages.items()]
    there = [module for module in course.modules if (out / f"{module.id}.html").is_file()]
    _text(out / "notes.html", _rendered("notes.html", course))
    _text(out / "index.html", _rendered("index.html", course, modules=there))
    return made


def page(course: Course, deck: Deck) -> str:
    """A deck as a page of its own."""
    return _rendered("deck.html", course, deck=deck, words=Markup(script_json(words())))  # noqa: S704


def words() -> dict[str, str]:
    """What the deck's script says."""
    return {
        "choose": _("Press the number of the choice: {numbers}."),
        "before": _("Back"),
        "after": _("Go on"),
        "blocked": _("The browser stopped the window with your notes. Allow it, and press S again."),
        "end": _("This is the last slide."),
        "page": _("page {number}"),
        "now": _("now {value}: {level}"),
        "slide": _("Slide {number} of {total}"),
    }


def _rendered(template: str, course: Course, **context: object) -> str:
    return (
        environment()
        .get_template(template)
        .render(course=course, policy=policy(), version=__version__, **context)
    )


def _look(course: Course) -> str:
    """The colours, and the typeface inside the sheet: some browsers give a page in a folder no fonts."""
    font = base64.b64encode(FONT.read_bytes()).decode()
    face = (
        '@font-face{font-family:"Figtree";font-weight:300 900;font-display:block;'
        f'src:url("data:font/woff2;base64,{font}") format("woff2")}}\n'
    )
    return face + theme.css(course.municipality.colour or theme.DEFAULT)


def _ours(out: Path) -> None:
    """Raise SlidesError unless the folder is new, empty, or one that was written here before."""
    if out.exists() and not out.is_dir():
        raise SlidesError(_("{folder} is a file. Give a folder with --out.").format(folder=out))
    index = out / "index.html"
    if not out.is_dir() or not any(out.iterdir()):
        return
    if not index.is_file() or MARK not in index.read_text(encoding="utf-8", errors="replace")[:2000]:
        told = _("{folder} holds something else. Give an empty folder with --out; nothing was written.")
        raise SlidesError(told.format(folder=out))


def _text(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
