"""The shapes of ``course/course.toml`` and ``course/sources.toml``. ``minutes`` are minutes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from kommune3.engine.models import Id, Kind, Part, Text
from kommune3.i18n import N_

Version = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z.-]{0,31}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Address = Annotated[str, StringConstraints(pattern=r"^(https?://|mailto:)[^\s<>\"]+$", max_length=500)]
PerCent = Annotated[int, Field(strict=True, ge=1, le=100)]
Minutes = Annotated[int, Field(strict=True, ge=1, le=240)]
File = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""With ``/`` between folders, from the course's root; a logo's from the folder of its course.toml."""


class Info(Part):
    """The course as a whole."""

    id: Id
    title: Text
    version: Version
    language: Language = "da"
    pass_mark: PerCent = 80
    hr_sees_roles: tuple[Id, ...] = ()
    """Roles whose completions HR may see."""
    private_roles: tuple[Id, ...] = ()
    """Roles whose reflections stay with their authors unless shared; left out: those that HR does not see."""
    talk_below: PerCent = 50
    """Per cent of a reflection's points below which its trainer wants to talk rather than approve."""
    miniature: bool = False
    """A course for tests or demonstration: the shortest lengths do not apply to it."""


class Municipality(Part):
    """Whose course this is."""

    name: Text
    logo: File | None = None
    colour: Colour | None = None
    contact: Text | None = None
    contact_url: Address | None = None


class Decision(Part):
    """What the municipality has decided about the idea."""

    text: Text
    date: Text | None = None
    url: Address | None = None


class Film(Part):
    """A film of the municipality's own: a page on the web, or a file beside its course.toml."""

    title: Text
    url: Address | None = None
    file: (
        Annotated[str, StringConstraints(pattern=r"^[^\n]+\.(mp4|webm|MP4|WEBM)$", max_length=200)] | None
    ) = None
    text: Text | None = None
    """What happens in it, for those who cannot see or hear it."""

    @model_validator(mode="after")
    def _somewhere(self) -> Film:
        if (self.url is None) == (self.file is None):
            raise ValueError(N_("a film has either a url or a file"))
        return self


class Example(Part):
    """Something that was tried in the municipality, told briefly."""

    title: Text
    text: Text
    place: Text | None = None


class Local(Part):
    """What a municipality tells of itself: the page "Hos os"."""

    intro: Text | None = None
    decision: Decision | None = None
    contact: Text | None = None
    contact_url: Address | None = None
    films: tuple[Film, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is filled in."""
        return self == Local()


class WorkField(Part):
    """A field of work within a role."""

    id: Id
    title: Text
    opening: Id
    """The module that comes first on the path."""


class Role(Part):
    """A kind of learner, and the path that is meant for them."""

    id: Id
    title: Text
    description: Text
    start: File | None = None
    modules: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The path in order; a field's opening goes before them."""
    fields: tuple[WorkField, ...] = ()
    """Where one works, where that decides how the path opens; the first holds for whoever has not chosen."""
    more: tuple[Id, ...] = ()
    """Modules offered beside the path, which nobody must complete."""

    def path(self, work_field: str = "") -> tuple[str, ...]:
        """The ids of the modules in order, for a field of the role; the first field's for any other id."""
        opening = next((one.opening for one in self.fields if one.id == work_field), None)
        if opening is None and self.fields:
            opening = self.fields[0].opening
        return self.modules if opening is None else tuple(dict.fromkeys((opening, *self.modules)))

    def beside(self, work_field: str = "") -> tuple[str, ...]:
        """The ids of the modules that are offered beside the path: other fields' openings, then the rest."""
        offered = dict.fromkeys((*(one.opening for one in self.fields), *self.more))
        return tuple(name for name in offered if name not in self.path(work_field))


class Aim(Part):
    """What a learner can do afterwards, and the activity of the module where it is practised."""

    text: Text
    exercise: Id | None = None
    """``check`` asks for one; a course can be used without."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        """An aim may be written as its text alone."""
        return {"text": data} if isinstance(data, str) else data


class Module(Part):
    """A notebook with its aims, and the activities that complete it."""

    id: Id
    title: Text
    file: File
    summary: Text
    minutes: Minutes
    aims: Annotated[tuple[Aim, ...], Field(min_length=1, max_length=6)]
    teaches: tuple[Id, ...] = ()
    """The rows of ``content-map.toml`` that it teaches."""
    required: Annotated[tuple[Id, ...], Field(min_length=1)]
    approval: Annotated[bool, Field(strict=True)] = False
    """Whether it is complete only when the trainer has approved its reflection."""


class ActivityEntry(Part):
    """Where an activity's file is."""

    id: Id
    kind: Kind
    file: File


class Material(Part):
    """A page for trainers: notes on a module, a run sheet for a session, a handout or cards to print."""

    id: Id
    kind: Literal["notes", "run_sheet", "handout", "cards"]
    title: Text
    file: File
    role: Id | None = None
    module: Id | None = None
    copies: Annotated[int, Field(ge=1, le=30)] = 1
    """How often each card stands on its sheet."""

    @model_validator(mode="after")
    def _of_cards(self) -> Material:
        if self.copies != 1 and self.kind != "cards":
            raise ValueError(N_("only cards can stand on their sheet several times"))
        return self


class Manifest(Part):
    """``course.toml``."""

    course: Info
    municipality: Municipality
    local: Local = Local()
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    modules: Annotated[tuple[Module, ...], Field(min_length=1)]
    activities: tuple[ActivityEntry, ...] = ()
    materials: tuple[Material, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _private_unless_seen(cls, data: Any) -> Any:
        """Unless it is said whose reflections are private, they are those of roles that HR does not see."""
        course, roles = (data.get("course"), data.get("roles")) if isinstance(data, dict) else (None, None)
        if not isinstance(course, dict) or not isinstance(roles, list) or "private_roles" in course:
            return data
        ids = [role.get("id") for role in roles if isinstance(role, dict)]
        seen = course.get("hr_sees_roles", [])
        unseen = [name for name in ids if isinstance(seen, list) and name not in seen]
        return {**data, "course": {**course, "private_roles": [n for n in unseen if isinstance(n, str)]}}


class Source(Part):
    """A text that the course builds on, and whose interest it speaks for."""

    id: Id
    author: Text
    title: Text
    place: Text
    date: Text
    interest: Text
    language: Language | None = None
    url: Address | None = None


class SourceList(Part):
    """``sources.toml``."""

    sources: tuple[Source, ...] = ()
