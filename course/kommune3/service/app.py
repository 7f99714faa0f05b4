"""The app: settings and an authenticator in, everything else follows."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache, partial

from fastapi import APIRouter, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute
from starlette.types import Scope

from kommune3 import __version__, i18n
from kommune3.content import load_course
from kommune3.register import RegisterError, open_register
from kommune3.site import Me, Site

from . import (
    api,
    certificates,
    cohort_trainers,
    hr,
    jupyter,
    language,
    materials,
    notebooks,
    pages,
    plans,
    reflections,
    roster,
    trainer,
    trainer_form,
)
from .access import Guard
from .errors import add_handlers
from .identity import Authenticate, Identity
from .limits import BodyLimit, body_fits
from .previews import Previews
from .problems import ErrorPage, Refused, Responder, responder
from .recorder import Recorder
from .security import HeadCheck, LastNet, SecurityHeaders, UnderPrefix, host_is, not_cross_origin
from .services import Services
from .settings import Settings

LONGEST_PAGE = 20
"""Seconds to wait for the page that is being built when the service ends."""
BUILD_AFTER = 1.0
"""Seconds that whoever has just started the course has the machine for the first page."""


def open_services(settings: Settings) -> Services:
    """Load the course and open the register. Raises ContentError, RegisterError."""
    course = load_course(settings.course_dir, root=settings.course_root)
    i18n.use(course.info.language, course.places.overlay)
    register = open_register(settings.data_dir)
    site = Site(course, base=settings.root_path, cache=settings.data_dir / "cache")
    return Services(settings, course, register, site, Previews(), Recorder(register, course))


def create_app(settings: Settings, authenticate: Authenticate) -> FastAPI:
    """The service as an ASGI app. Raises ContentError, RegisterError."""
    return build(open_services(settings), authenticate)


def build(services: Services, authenticate: Authenticate, *, no_login: bool = False) -> FastAPI:
    """The app around services that are open; it closes the register when it ends.

    ``no_login`` is for local mode alone: see ``SecurityHeaders``.
    """

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        stopping = threading.Event()
        builder = threading.Thread(target=build_pages, args=(services, stopping), daemon=True)
        builder.start()
        yield
        stopping.set()
        # a thread that is still drawing when Python ends would end it with an error
        await run_in_threadpool(builder.join, LONGEST_PAGE)
        if services.labs:
            await run_in_threadpool(services.labs.stop)
        services.register.close()

    app = FastAPI(
        title="kommune3",
        version=__version__,
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # nothing leaves the machine
    )
    app.state.services = services
    respond = responder(error_page(services))
    app.router.routes.extend(routes())
    app.openapi = cache(partial(api.describe, app, services.settings.root_path))  # type: ignore[method-assign]
    add_handlers(app, respond)
    add_middleware(app, services.settings, authenticate, respond, no_login=no_login)
    return app


@cache
def routes() -> tuple[BaseRoute, ...]:
    """Every route. They know nothing of an app: all apps of a process share what takes longest to make."""
    router = APIRouter()
    own = (api, reflections, plans, language, notebooks, pages, certificates)
    for module in (*own, hr, roster, materials, trainer_form, trainer, cohort_trainers, jupyter):
        module.add_routes(router)
    return tuple(router.routes)


def build_pages(services: Services, stopping: threading.Event) -> None:
    """Build every page that is not kept from last time, so that the first visitor need not wait.

    Ends after the page at hand once ``stopping`` is set.
    """
    if stopping.wait(BUILD_AFTER):
        return
    nobody, course, site = Me("", ""), services.course, services.site
    pages = [partial(site.start, nobody, role.id) for role in course.roles]
    pages += [partial(site.module, nobody, module.id) for module in course.modules]
    for build_page in pages:
        if stopping.is_set():
            return
        with suppress(Exception):  # whoever opens the page is told, and the log too
            build_page()
    if not stopping.is_set():
        _known = services.course.own_text  # else the first to hand in a reflection waits for it


def add_middleware(
    app: FastAPI, settings: Settings, authenticate: Authenticate, respond: Responder, *, no_login: bool
) -> None:
    """Wrap the app; the last one added is the first to see a request."""
    app.add_middleware(Guard, routes=app.router.routes, authenticate=authenticate, respond=respond)
    app.add_middleware(BodyLimit)
    checks = (host_is(settings.allowed_hosts), not_cross_origin, body_fits)
    app.add_middleware(HeadCheck, checks=checks, respond=respond)
    app.add_middleware(LastNet, respond=respond)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=3)
    app.add_middleware(SecurityHeaders, no_login=no_login)
    app.add_middleware(UnderPrefix, prefix=settings.root_path)


def error_page(services: Services) -> ErrorPage:
    """The site's page for an error, with the visitor's own menu where that can be had."""

    def page(scope: Scope, status: int, detail: str) -> str:
        identity: Identity | None = scope.get("state", {}).get("identity")
        me = None
        if identity and status in (403, 404):
            with suppress(Refused, RegisterError):
                me = services.visitor(identity)
        return services.site.error(status, detail, me)

    return page
