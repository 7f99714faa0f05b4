"""What trainers take into the room, in the order they need it, and a material as the inside of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape

from ..content import Course
from ..content.manifest import Material, Module
from ..i18n import N_
from ..i18n import gettext as _
from . import body

KINDS = {
    "run_sheet": N_("Run sheet"),
    "notes": N_("Notes"),
    "handout": N_("Handout"),
    "cards": N_("Cards to cut out"),
}
"""In the order in which they are listed."""

BLANK = re.compile(r"(?:_{4,}|\.{8,}|…{3,})(?P<rest>(?=\s*(?:</p>|</li>|</td>|\n|<br)))?")
SPAN = re.compile(r"(?<=\d)–(?=\d)")
"""A span of minutes, which no line may break."""
HEAD = re.compile(r"(?=<h2[ >])")
"""Where a card begins."""
IDS = re.compile(r' id="[^"]*"')
FEW, MANY = 4, 11
"""Cards up to which a sheet has room for large letters, and from which on they stand three in a row."""
SHORT, LONG = 12, 26
"""Underscores of a blank up to which it is drawn short, and from which it is drawn long."""


@dataclass(frozen=True)
class Paper:
    """A material with the module that it is for."""

    material: Material
    module: Module | None

    @property
    def kind(self) -> str:
        """The kind in words."""
        return _(KINDS[self.material.kind])


@dataclass(frozen=True)
class Group:
    """The materials of a role, or with no title those for every role."""

    title: str
    papers: tuple[Paper, ...]

    def of(self, kind: str) -> tuple[Paper, ...]:
        """Those of a kind."""
        return tuple(one for one in self.papers if one.material.kind == kind)


def groups(course: Course) -> tuple[Group, ...]:
    """The roles' materials in the order of the roles, then those for all; groups with nothing are left out.

    Within a group: the run sheet, the notes as the modules come on the path, the handouts, the cards.
    """
    order = {role.id: [module.id for module in course.modules_offered(role.id)] for role in course.roles}
    titles = {role.id: role.title for role in course.roles} | {None: ""}
    found = []
    for role, title in titles.items():
        modules = order[role] if role is not None else [module.id for module in course.modules]
        of_role = (one for one in course.materials if one.role == role)
        papers = sorted((paper(course, one) for one in of_role), key=lambda one: _rank(one, modules))
        found += [Group(title, tuple(papers))] if papers else []
    return tuple(found)


def _rank(one: Paper, modules: list[str]) -> tuple[int, int]:
    name = one.material.module
    return list(KINDS).index(one.material.kind), modules.index(name) if name in modules else len(modules)


def paper(course: Course, material: Material) -> Paper:
    """The material with its module; an unknown module is for ``check`` to tell of."""
    known = {module.id: module for module in course.modules}
    return Paper(material, known.get(material.module or ""))


def of_module(course: Course, module_id: str) -> tuple[Paper, ...]:
    """The materials for a module, in the order of their kinds."""
    found: Iterable[Paper] = (paper(course, one) for one in course.materials if one.module == module_id)
    return tuple(sorted(found, key=lambda one: list(KINDS).index(one.material.kind)))


def build(course: Course, material: Material, base: str) -> body.Body:
    """The material's text, its blanks as lines to write on."""
    found = body.build(course, course.papers[material.id], base, without_title=True)
    html = found.html.replace("<li>☐ ", '<li class="k3-box">☐ ')
    html = cards(html, material.copies) if material.kind == "cards" else html
    return replace(found, html=SPAN.sub("\u2060–\u2060", BLANK.sub(_blank, html)))


def cards(html: str, copies: int) -> str:
    """The text with each section as a card to cut out; a screen reader meets each of them once."""
    intro, *sections = HEAD.split(html)
    first = [f'<div class="k3-cut">{one}</div>' for one in sections]
    more = [f'<div class="k3-cut" aria-hidden="true">{IDS.sub("", one)}</div>' for one in sections]
    all_of_them = first + more * (copies - 1)
    look = "few" if len(all_of_them) <= FEW else "many" if len(all_of_them) >= MANY else "some"
    return f'{intro}<div class="k3-cuts k3-cuts-{look}">{"".join(all_of_them)}</div>'


def _blank(found: re.Match[str]) -> str:
    """A line to write on: to the end of the text's line where it stands last, else about as long."""
    length = len(found[0])
    size = "short" if length <= SHORT else "long" if length >= LONG else "some"
    size = "rest" if found["rest"] is not None else size
    label = escape(_("to be filled in"))
    return f'<span class="k3-blank k3-blank-{size}" role="img" aria-label="{label}"></span>'
