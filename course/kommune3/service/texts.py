"""What the routes for a learner's own text share: each acts on who asks, alone, whatever the address says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Path

from kommune3.content import Course
from kommune3.engine import models
from kommune3.register import Register

from .api import problems
from .problems import Refused
from .services import Parts, Who


class Mine(NamedTuple):
    """A text of who asks, as the register's functions take it."""

    register: Register
    course: Course
    person_id: str
    activity_id: str


def mine(kind: type[models.Activity]) -> Callable[..., Awaitable[Mine]]:
    """A dependency that finds the text; one of another kind is answered as one that does not exist."""

    async def found(parts: Parts, who: Who, activity: Annotated[str, Path(max_length=64)]) -> Mine:
        if not isinstance(parts.course.activities.get(activity), kind):
            raise Refused(404, kind="unknown-activity")
        return Mine(parts.register, parts.course, who.person_id, activity)

    return found


READ, SEND, TAKE_BACK = (404, 422), (400, 404, 409, 413, 415, 422, 503), (404, 409, 422, 503)
"""The refusals of a route that reads, of one that stores what it is sent, and of one that gives up."""


def add_texts(router: APIRouter, address: str, *routes: tuple[str, str, Callable[..., Any], int]) -> None:
    """Add routes below the address: method, path, what answers, status."""
    refusals = {"GET": READ, "DELETE": TAKE_BACK}
    for method, path, answer, status in routes:
        router.add_api_route(
            address + path,
            answer,
            methods=[method],
            status_code=status,
            tags=["learner"],
            responses=problems(*refusals.get(method, SEND)),
        )
