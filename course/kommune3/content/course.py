"""The loaded course: what everything else asks about roles, modules and activities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kommune3.engine.models import Activity, by_id
from kommune3.i18n import gettext as _

from .document import Document, fault
from .manifest import Info, Manifest, Module, Municipality, Role, Source
from .notebook import Notebook
from .places import Places


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

    def modules_of(self, role_id: str) -> tuple[Module, ...]:
        """The modules on the role's path, in order."""
        return tuple(self.module(name) for name in self.role(role_id).modules)

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
    def logo(self) -> Path | None:
        """The municipality's logo."""
        name = self.municipality.logo
        return None if name is None else self.places.logo(name)
