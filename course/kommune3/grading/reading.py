"""The answers in a notebook that somebody handed in: found by ``grade_id``, else by the prompts' headings.

What else the notebook holds (code, outputs, points, locked text) is neither believed nor run; the source says
what counts.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kommune3.engine import answers as cell_text
from kommune3.engine.normal import normal
from kommune3.i18n import gettext as _

from .cells import Cell, Sent, Unreadable, cells_of
from .source import Source

__all__ = ["Answers", "Unreadable", "read", "read_cells"]

COURSES_OWN = "kommune3-"
"""How the ids of cells begin that the course puts into a learner's copy."""
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]*(.{1,300})$", re.MULTILINE)


@dataclass(frozen=True)
class Answers:
    """What a notebook holds. ``answers``: for each reflection one text per prompt, "" where nothing is
    written. ``notes``: sentences about what was mended; they repeat nothing of the texts."""

    answers: dict[str, list[str]]
    notes: tuple[str, ...] = ()

    @property
    def written(self) -> bool:
        """Whether anything is answered at all."""
        return any(text for several in self.answers.values() for text in several)


def read(data: bytes, source: Source | Sequence[Source]) -> Answers | Unreadable:
    """The answers in a notebook's bytes, for the one source or those of an assignment that it belongs to."""
    sent = cells_of(data)
    if isinstance(sent, Unreadable):
        return sent
    return read_cells(sent, (source,) if isinstance(source, Source) else source)


def read_cells(sent: Sent, sources: Sequence[Source]) -> Answers | Unreadable:
    """The same for a notebook whose cells are known."""
    found, notes = dict[str, list[str]](), list[str]()
    for source in sources:
        own = _own(sent.cells, source, sources)
        if own is None:
            continue
        texts = [cell_text.parse(source.reflection.prompts, cell.source) for cell in own]
        found[source.activity], doubled = _joined(texts, len(source.reflection.prompts))
        notes += _notes(sent, own, source, doubled, any(found[source.activity]))
    if not found:
        return Unreadable(_("It is a notebook, but not one of this course's exercises."))
    if any(sum(map(len, texts)) > cell_text.MOST_CHARACTERS for texts in found.values()):
        most = f"{cell_text.MOST_CHARACTERS:,}".replace(",", ".")
        return Unreadable(_("The answer is longer than {most} characters.").format(most=most))
    if sent.guessed:
        notes.append(_("The file was not UTF-8. It was read as Windows text: look at æ, ø and å."))
    return Answers(found, tuple(notes))


def _own(cells: Sequence[Cell], source: Source, sources: Sequence[Source]) -> list[Cell] | None:
    """The cells that answer the source's prompts; none where the notebook is not made from it."""
    named = [cell for cell in cells if cell.grade_id == source.activity]
    own = [cell for cell in named if not _elsewhere(cell, source, sources)]
    if own:
        return own
    wanted = _titles(source)
    by_heading = [
        cell for cell in cells if not _of_another(cell, source, sources) and _headings(cell) & wanted
    ]
    if wanted <= {title for cell in by_heading for title in _headings(cell)} and (
        _made_from(cells, source) or not _rivals(source, sources)
    ):
        return by_heading
    return [] if _made_from(cells, source) else None


def _elsewhere(cell: Cell, source: Source, sources: Sequence[Source]) -> bool:
    """Whether the cell's headings say plainly that it answers another source than its ``grade_id`` claims."""
    headings = _headings(cell)
    if headings & _titles(source):
        return False
    return any(_titles(other) <= headings for other in sources if other is not source)


def _of_another(cell: Cell, source: Source, sources: Sequence[Source]) -> bool:
    others = [one for one in sources if one is not source]
    return any(cell.grade_id == one.activity and not _elsewhere(cell, one, sources) for one in others)


def _rivals(source: Source, sources: Sequence[Source]) -> list[Source]:
    """Other sources with the same prompts, so that headings alone prove nothing."""
    return [one for one in sources if one is not source and _titles(one) == _titles(source)]


def _made_from(cells: Sequence[Cell], source: Source) -> bool:
    """Whether a cell is the source's, by its ``grade_id`` or as the question itself."""
    asked = source.by_id.get(f"{source.activity}-question")
    texts = {asked.source.strip()} if asked else set()
    return any(cell.grade_id in source.by_id or cell.source.strip() in texts for cell in cells)


def _joined(texts: list[list[str]], prompts: int) -> tuple[list[str], bool]:
    """One text per prompt, and whether different texts had to be joined: nothing is thrown away."""
    joined, doubled = [], False
    for answers in zip(*texts, strict=True):
        several = list(dict.fromkeys(answer for answer in answers if answer))
        distinct = [one for one in several if not any(one != other and one in other for other in several)]
        doubled |= len(distinct) > 1
        joined.append("\n\n".join(distinct))
    return joined or [""] * prompts, doubled


def _notes(sent: Sent, own: list[Cell], source: Source, doubled: bool, written: bool) -> Iterable[str]:
    if not own:
        yield _("The cell for the answer was deleted.")
    elif any(cell.grade_id != source.activity for cell in own):
        yield _("The cell's mark was gone; the answer was found by its headings.")
    if any(cell.kind != "markdown" for cell in own):
        yield _("The cell for the answer was made into another kind of cell; its text was taken.")
    if doubled:
        yield _("The answer stood twice with different texts; both were taken, one after the other.")
    if not written and _beside(sent.cells, own, source):
        yield _("There is text in other cells, but none in the cell for the answer.")


def _beside(cells: Sequence[Cell], own: list[Cell], source: Source) -> bool:
    """Whether somebody wrote text of their own, but not where the answer goes."""
    released = {_bare(_source_text(raw)) for raw in source.released["cells"]}
    others = (
        cell
        for cell in cells
        if cell.kind != "code" and cell not in own and not cell.id.startswith(COURSES_OWN)
    )
    return any(_bare(cell.source) and _bare(cell.source) not in released for cell in others)


def _source_text(raw: dict[str, object]) -> str:
    source = raw.get("source", "")
    return "".join(source) if isinstance(source, list) else str(source)


def _titles(source: Source) -> frozenset[str]:
    return frozenset(_bare(prompt.title) for prompt in source.reflection.prompts)


def _headings(cell: Cell) -> frozenset[str]:
    return frozenset(_bare(title) for title in _HEADING.findall(cell.source))


def _bare(text: str) -> str:
    """A text's words alone, for comparing."""
    return " ".join(re.findall(r"[^\W_]+", normal("NFC", html.unescape(text)).casefold()))
