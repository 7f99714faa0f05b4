"""Ids in the manifest: unique, known, and the same in the activity's own file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kommune3.engine.models import Identified
from kommune3.i18n import gettext as _

from ..document import Document, Place
from ..problem import Problem, did_you_mean

if TYPE_CHECKING:
    from ..course import Course


def reference_problems(course: Course) -> list[Problem]:
    """Double ids, ids that do not exist, and files whose id is another than the manifest says."""
    document, manifest = course.documents["course.toml"], course.manifest
    problems = []
    for table in ("roles", "modules", "activities", "materials"):
        problems += doubles(getattr(manifest, table), (table,), document)
    sources = course.documents["sources.toml"]
    rows = sources.data.get("sources", [])
    problems += _double_names([row["id"] for row in rows], ("sources",), sources)
    problems += _unknown_in_manifest(course, document)
    for entry in manifest.activities:
        problems += _other_id(course, entry.id)
    return problems


def doubles(parts: Sequence[Identified], place: Place, document: Document) -> list[Problem]:
    """A problem for each part whose id an earlier one already has."""
    return _double_names([part.id for part in parts], place, document)


def _double_names(names: Sequence[str], place: Place, document: Document) -> list[Problem]:
    problems = []
    for i, name in enumerate(names):
        if name in names[:i]:
            what = _('the id "{id}" is used twice').format(id=name)
            hint = _("Give one of them another id")
            problems.append(document.problem((*place, i, "id"), what, hint))
    return problems


def unknown(
    names: Iterable[str], known: Iterable[str], place: Place, document: Document, kind: str
) -> list[Problem]:
    """A problem for each name in a list at a place that is not a known one; ``kind`` says of what."""
    known = list(known)
    return [
        document.problem(
            (*place, i),
            _('there is no {kind} "{id}"').format(kind=kind, id=name),
            did_you_mean(name, known),
        )
        for i, name in enumerate(names)
        if name not in known
    ]


def _unknown_in_manifest(course: Course, document: Document) -> list[Problem]:
    roles = [role.id for role in course.roles]
    modules = [module.id for module in course.modules]
    activities = [entry.id for entry in course.manifest.activities]
    problems = []
    for key in ("hr_sees_roles", "private_roles"):
        problems += unknown(getattr(course.info, key), roles, ("course", key), document, _("role"))
    for i, role in enumerate(course.roles):
        for key in ("modules", "more"):
            problems += unknown(getattr(role, key), modules, ("roles", i, key), document, _("module"))
        problems += doubles(role.fields, ("roles", i, "fields"), document)
        openings = [field.opening for field in role.fields]
        problems += unknown(openings, modules, ("roles", i, "fields"), document, _("module"))
    for i, module in enumerate(course.modules):
        problems += unknown(module.required, activities, ("modules", i, "required"), document, _("activity"))
    return problems


def _other_id(course: Course, name: str) -> list[Problem]:
    activity = course.activities.get(name)
    if activity is None or activity.id == name:
        return []
    what = _('the id is "{id}", but course.toml calls it "{name}"').format(id=activity.id, name=name)
    return [course.documents[name].problem(("id",), what, _("Write the same id in both"))]
