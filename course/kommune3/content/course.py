"""The loaded course: what everything else asks about roles, modules and activities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kommune3.engine.form import CourseText
from kommune3.engine.models import Activity, Reflection, by_id
from kommune3.i18n import gettext as _

from .content_map import ContentMap
from .document import Document, Place, fault
from .graded import source_of
from .manifest import Info, Local, Manifest, Material, Module, Municipality, Role, Source
from .notebook import Notebook
from .places import Places
from .prose import of_activity, of_notebook


@dataclass(frozen=True)
class Course:
    """A course that is ready for use. Unknown ids raise KeyError."""

    manifest: Manifest
    sources: Mapping[str, Source]
    activities: Mapping[str, Activity]
    notebooks: Mapping[str, Notebook]
    """By path relative to the course."""
    places: Places
    documents: Mapping[str, Document] = field(repr=False)
    """``course.toml``, ``sources.toml`` and the activities' files by id: where each part stands."""
    exercises: Mapping[str, Notebook] = field(default_factory=dict, repr=False)
    """The released notebook of each reflection, by its id."""
    content_map: ContentMap = field(default_factory=ContentMap)
    """What the sources hold, and where it is taught."""
    papers: Mapping[str, Notebook] = field(default_factory=dict, repr=False)
    """The text of each of the trainers' materials, by its id."""
    base_language: str = ""
    """The language of what the overlay has not; empty where that is the course's."""

    @property
    def info(self) -> Info:
        """Title, version, language, pass mark and what HR may see."""
        return self.manifest.course

    @property
    def municipality(self) -> Municipality:
        """Whose course it is."""
        return self.manifest.municipality

    @property
    def version(self) -> str:
        """The course's version, for example ``2026.11``."""
        return self.info.version

    def language_of(self, file: str) -> str:
        """The language that a file is written in, by its name in messages: an overlay's in the course's."""
        own = self.places.overlay is None or file.startswith(self.places.shown(""))
        return self.info.language if own else self.base_language or self.info.language

    def language_of_activity(self, activity_id: str) -> str:
        """The language that the activity's file is written in."""
        return self.language_of(self.documents[activity_id].file)

    @cached_property
    def _named(self) -> dict[tuple[str, str], Place]:
        tables: dict[str, tuple[Module | Role | Material, ...]] = {
            "modules": self.modules,
            "roles": self.roles,
            "materials": self.materials,
        }
        return {(table, one.id): (table, i) for table, rows in tables.items() for i, one in enumerate(rows)}

    def language_of_text(self, table: str, row_id: str, key: str) -> str:
        """The language of what ``course.toml`` says of a module, a role or a material."""
        return self.language_of(self.documents["course.toml"].where((*self._named[table, row_id], key))[0])

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles in order."""
        return self.manifest.roles

    @property
    def modules(self) -> tuple[Module, ...]:
        """The modules in the manifest's order."""
        return self.manifest.modules

    @property
    def notebook_paths(self) -> tuple[str, ...]:
        """The notebooks that the manifest names: the modules', then the roles' ways in."""
        starts = (role.start for role in self.roles if role.start is not None)
        return tuple(dict.fromkeys([*(module.file for module in self.modules), *starts]))

    @cached_property
    def _roles(self) -> dict[str, Role]:
        return by_id(self.roles)

    @cached_property
    def _modules(self) -> dict[str, Module]:
        return by_id(self.modules)

    def role(self, role_id: str) -> Role:
        """The role."""
        return self._roles[role_id]

    def module(self, module_id: str) -> Module:
        """The module."""
        return self._modules[module_id]

    def modules_of(self, role_id: str, work_field: str = "") -> tuple[Module, ...]:
        """The modules on the path of a role's field, in order; of its first field where that is not known."""
        return tuple(self.module(name) for name in self.role(role_id).path(work_field))

    def modules_beside(self, role_id: str, work_field: str = "") -> tuple[Module, ...]:
        """The modules that a role is offered beside the path."""
        return tuple(self.module(name) for name in self.role(role_id).beside(work_field))

    def modules_offered(self, role_id: str) -> tuple[Module, ...]:
        """All modules that a role may meet, whatever the field: the path, then what is beside it."""
        return (*self.modules_of(role_id), *self.modules_beside(role_id))

    @property
    def materials(self) -> tuple[Material, ...]:
        """What trainers take into the room, in the manifest's order."""
        return self.manifest.materials

    @cached_property
    def _materials(self) -> dict[str, Material]:
        return by_id(self.materials)

    def material(self, material_id: str) -> Material:
        """The material."""
        return self._materials[material_id]

    def activities_of(self, module_id: str) -> tuple[Activity, ...]:
        """The activities that the module's notebook calls, in order."""
        names = self.notebook(module_id).activity_ids
        return tuple(self.activities[name] for name in names if name in self.activities)

    def module_of(self, activity_id: str) -> Module:
        """The first module whose notebook calls the activity."""
        for module in self.modules:
            if activity_id in self.notebook(module.id).activity_ids:
                return module
        raise KeyError(activity_id)

    def modules_requiring(self, activity_id: str) -> tuple[Module, ...]:
        """The modules that the activity is needed to complete."""
        return tuple(module for module in self.modules if activity_id in module.required)

    @cached_property
    def reflections(self) -> tuple[str, ...]:
        """The ids of the reflections, in the manifest's order."""
        return tuple(name for name, one in self.activities.items() if isinstance(one, Reflection))

    def reflection(self, activity_id: str) -> Reflection:
        """The reflection; KeyError for another activity's id too."""
        found = self.activities[activity_id]
        if not isinstance(found, Reflection):
            raise KeyError(activity_id)
        return found

    @cached_property
    def assignments(self) -> dict[str, tuple[Reflection, ...]]:
        """The reflections of each assignment, in the manifest's order."""
        found: dict[str, tuple[Reflection, ...]] = {}
        for one in map(self.reflection, self.reflections):
            found[one.assignment] = (*found.get(one.assignment, ()), one)
        return found

    @cached_property
    def own_text(self) -> CourseText:
        """All that learners read here, to tell whether a reflection is in its author's own words."""
        told = [text for notebook in self.notebooks.values() for text in of_notebook(notebook)]
        asked = [text for one in self.activities.values() for _place, text in of_activity(one)]
        return CourseText([*told, *asked])

    @property
    def reflection_files(self) -> tuple[str, ...]:
        """The released notebooks that the manifest names, whether or not they are there."""
        return tuple(entry.file for entry in self.manifest.activities if entry.kind == "reflection")

    def exercise(self, activity_id: str) -> Path:
        """The file of the released notebook that holds the reflection. Raises ContentError."""
        return self.file(self._entry(activity_id))

    def solution(self, activity_id: str) -> Path:
        """The file of its source, with the model answer. Raises ContentError."""
        return self.file(source_of(self._entry(activity_id)))

    def _entry(self, activity_id: str) -> str:
        self.reflection(activity_id)
        return next(entry.file for entry in self.manifest.activities if entry.id == activity_id)

    def notebook(self, module_or_path: str) -> Notebook:
        """The notebook of a module, or at a path relative to the course."""
        module = self._modules.get(module_or_path)
        return self.notebooks[module.file if module else module_or_path]

    def file(self, relative: str) -> Path:
        """A file of the course, the overlay's where it has one. Raises ContentError."""
        found = self.places.find(relative)
        if found is None:
            raise fault(relative, None, _("there is no such file"))
        return found[0]

    @property
    def local(self) -> Local:
        """What the municipality tells of itself."""
        return self.manifest.local

    def film(self, number: int) -> Path | None:
        """The file of a film, counted from 0 among all films; None where that one has no file."""
        films = self.local.films
        name = films[number].file if 0 <= number < len(films) else None
        return None if name is None else self.places.logo(name)

    @property
    def logo(self) -> Path | None:
        """The municipality's logo."""
        name = self.municipality.logo
        return None if name is None else self.places.logo(name)
