"""The pages that learners see. The site writes them; here is which address shows which."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from kommune3.content import ContentError
from kommune3.content.rules.markdown import PICTURES
from kommune3.engine.models import Identified

from .api import choose_role
from .compress import ReadByAll
from .problems import Refused
from .services import Parts, Who
from .static import read_static, respond


def home(parts: Parts, who: Who) -> HTMLResponse:
    """Choose a role; what is done, what is next."""
    return HTMLResponse(parts.site.home(parts.me(who)))


def role_page(parts: Parts, who: Who, role: str) -> HTMLResponse:
    """A role's modules in order."""
    known(role, parts.course.roles)
    return HTMLResponse(parts.site.role(parts.me(who), role))


def start_page(parts: Parts, who: Who, role: str) -> HTMLResponse:
    """A role's way in; the role's path where it has none."""
    known(role, parts.course.roles)
    return ReadByAll(parts.site.start(parts.me(who), role))


def module_page(parts: Parts, who: Who, module: str, role: str | None = None) -> HTMLResponse:
    """A module, seen from a role's path or from one's own."""
    known(module, parts.course.modules)
    if role is not None:
        known(role, parts.course.roles)
    return ReadByAll(parts.site.module(parts.me(who), module, role))


def known(asked: str, parts: Iterable[Identified]) -> None:
    """Raise Refused for an id that the course does not have."""
    if asked not in {part.id for part in parts}:
        raise Refused(404)


def local(parts: Parts, who: Who) -> HTMLResponse:
    """What the municipality tells of itself."""
    return HTMLResponse(parts.site.local(parts.visitor(who)))


def film(parts: Parts, number: int) -> FileResponse:
    """A film of the municipality's own; a browser asks for parts of it."""
    try:
        found = parts.course.film(number)
    except ContentError:  # a link that leads out of the folder, which ``check`` tells of
        found = None
    if found is None:
        raise Refused(404)
    return FileResponse(found, media_type=f"video/{found.suffix.lower()[1:]}")


def about(request: Request, parts: Parts) -> HTMLResponse:
    """What is stored, who sees it, how accessible the site is."""
    who = request.state.identity
    return HTMLResponse(parts.site.about(parts.visitor(who) if who else None))


def post_role(
    parts: Parts,
    who: Who,
    role: Annotated[str, Form(max_length=64)],
    work_field: Annotated[str | None, Form(max_length=64)] = None,
) -> Response:
    """Choose a role, and a field within it, without JavaScript; whoever has no field yet is asked for it."""
    if not choose_role(parts, who, role, work_field):  # a path to look at: the staff list says another role
        return RedirectResponse(f"{parts.settings.root_path}/roles/{role}", 303)
    fields = {one.id for one in parts.course.role(role).fields}
    # a field that the role does not have may be another role's, or gone
    asked = fields and parts.person(who).work_field not in fields
    return RedirectResponse(f"{parts.settings.root_path}/{'start' if asked else 'roles'}/{role}", 303)


async def asset(request: Request, parts: Parts, path: str) -> Response:
    """A script, style, font or picture of the site."""
    found = parts.site.assets.find(path)
    if found is None:
        raise Refused(404)
    content = read_static(found.files, found.media_type, found.end)
    return respond(request, content, immutable=found.immutable)


def logo(request: Request, parts: Parts) -> Response:
    """The municipality's logo."""
    if parts.site.logo is None:
        raise Refused(404)
    # not by mimetypes, which asks the registry on Windows
    media_type = PICTURES.get(parts.site.logo.suffix.lower(), "application/octet-stream")
    return respond(request, read_static((parts.site.logo,), media_type))


def add_routes(router: APIRouter) -> None:
    """Add the pages to the router; ``access.RULES`` has a row for each."""
    router.add_api_route("/", home, include_in_schema=False)
    router.add_api_route("/roles/{role}", role_page, include_in_schema=False)
    router.add_api_route("/start/{role}", start_page, include_in_schema=False)
    router.add_api_route("/modules/{module}", module_page, include_in_schema=False)
    router.add_api_route("/local", local, include_in_schema=False)
    router.add_api_route("/local/films/{number}", film, include_in_schema=False)
    router.add_api_route("/about", about, include_in_schema=False)
    router.add_api_route("/me/role", post_role, methods=["POST"], include_in_schema=False)
    router.add_api_route("/static/{path:path}", asset, include_in_schema=False)
    router.add_api_route("/logo", logo, include_in_schema=False)
