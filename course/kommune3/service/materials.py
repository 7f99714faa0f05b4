"""The pages of what trainers take into the room."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from .pages import known
from .services import Parts, Who


def materials_page(parts: Parts, who: Who) -> HTMLResponse:
    """All materials, by role."""
    return HTMLResponse(parts.site.materials(parts.visitor(who)))


def material_page(parts: Parts, who: Who, material: str) -> HTMLResponse:
    """One material, to read and to print."""
    known(material, parts.course.materials)
    return HTMLResponse(parts.site.material(parts.visitor(who), material))


def add_routes(router: APIRouter) -> None:
    """Add the pages to the router; ``access.RULES`` has a row for each."""
    router.add_api_route("/trainer/materials", materials_page, include_in_schema=False)
    router.add_api_route("/trainer/materials/{material}", material_page, include_in_schema=False)
