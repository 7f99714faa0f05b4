"""A filled-in exercise that its learner hands in from JupyterLab. It is read, and never run."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.concurrency import run_in_threadpool

from kommune3.grading.reading import Answers, Unreadable, read
from kommune3.grading.source import sources
from kommune3.register import reflections
from kommune3.register.reflections import Delivered, Delivery, Receipt

from .api import problems
from .identity import Identity
from .models import HandedIn
from .problems import Refused
from .services import Services, identity, services

Assignment = Annotated[str, Path(max_length=64)]


async def post_notebook(
    request: Request, assignment: Assignment, share: Annotated[bool, Query()] = False
) -> HandedIn:
    """Hand in a notebook: whatever its form, it is on the disk before this answers.

    ``share`` lets the trainer read it, where one's role keeps reflections private.
    """
    parts, who = await services(request), await identity(request)
    if assignment not in parts.course.assignments:
        raise Refused(404, kind="unknown-assignment")
    data = await request.body()
    return await run_in_threadpool(hand_in, parts, who, assignment, data, share)


def hand_in(parts: Services, who: Identity, assignment: str, data: bytes, share: bool) -> HandedIn:
    """Store the notebook's answers as their author's. Raises Refused where they cannot be read."""
    person = parts.person(who)
    found = read(data, sources(parts.course, assignment))
    if isinstance(found, Unreadable):
        # the trainer of somebody whose reflections are their own is not told either
        if share or not parts.keeps_private(person):
            receipt = Receipt(person.id, None, assignment, found.reason, "notebook")
            reflections.refuse(parts.register, receipt)
        raise Refused(422, found.reason, kind="unreadable")
    delivery = Delivery(person.id, assignment, found.answers, "notebook", key=str(uuid.uuid4()), share=share)
    return told(found, reflections.deliver(parts.register, parts.course, delivery))


def told(found: Answers, delivered: dict[str, Delivered]) -> HandedIn:
    """What became of each reflection of the notebook, for its author."""
    return HandedIn(
        activities={
            name: delivered[name].state if name in delivered else "not_submitted" for name in found.answers
        },
        became={name: one.what for name, one in delivered.items()},
        findings={name: one.findings.findings for name, one in delivered.items()},
        notes=found.notes,
        completed=tuple(module for one in delivered.values() for module in one.completed),
    )


def add_routes(router: APIRouter) -> None:
    """Add the way in for notebooks to the API; ``access.RULES`` has a row for it."""
    body = {"required": True, "content": {"application/x-ipynb+json": {"schema": {"type": "object"}}}}
    router.add_api_route(
        "/api/v1/assignments/{assignment}/notebook",
        post_notebook,
        methods=["POST"],
        tags=["learner"],
        responses=problems(404, 413, 415, 422, 503),
        openapi_extra={"requestBody": body},
    )
