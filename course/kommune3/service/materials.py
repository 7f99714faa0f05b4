"""The pages of what trainers take into the room."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.responses import HTMLResponse

from .pages import known
from .services import Parts, Who


def materials_page(parts: Parts, who: Who) -> HTMLResponse:
    """All materials, by role."""
    return HTMLResponse(parts.site.materials(parts.me(who)))


def material_page(parts: Parts, who: Who, material: str) -> HTMLResponse:
    """One material, to read and to print."""
    known(material, parts.course.materials)
    return HTMLResponse(parts.site.material(parts.me(who), material))


def add_routes(app: FastAPI) -> None:
    """Add the pages to the app; ``access.RULES`` has a row for each."""
    app.add_api_route("/trainer/materials", materials_page, include_in_schema=False)
    app.add_api_route("/trainer/materials/{material}", material_page, include_in_schema=False)
