"""The pages of the trainers' materials. Each method returns a whole HTML page, as those of Site."""

from __future__ import annotations

from typing import Any, Protocol

from ..content import Course, Notebook
from . import body, materials
from .cache import Cache, key
from .view import Me


class _Pages(Protocol):
    course: Course
    base: str
    _cache: Cache

    def _page(self, template: str, me: Me | None, **context: Any) -> str: ...

    def _article(self, notebook: Notebook, inside: body.Body) -> dict[str, Any]: ...


class MaterialPages:
    """The part of Site that shows what trainers take into the room."""

    def materials(self: _Pages, me: Me) -> str:
        """All materials: by role, the run sheet first, then the notes, the handouts and the cards."""
        return self._page("materials.html", me, groups=materials.groups(self.course))

    def material(self: _Pages, me: Me, material_id: str) -> str:
        """One material, to read and to print."""
        material, text = self.course.material(material_id), self.course.papers[material_id]
        name = key(self.course, text, self.base, material_id)
        inside = self._cache.body(name, lambda: materials.build(self.course, material, self.base))
        roles = {role.id: role.title for role in self.course.roles}
        shown = materials.paper(self.course, material)
        role = roles.get(material.role or "", "")
        return self._page("material.html", me, paper=shown, role=role, **self._article(text, inside))
