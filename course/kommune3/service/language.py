"""The language check through the API: a letter is looked at and forgotten, never stored and never logged."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from kommune3.engine import language
from kommune3.engine.exercises import Language
from kommune3.engine.language import Checked, UnfitLetter

from .api import problems
from .models import Letter
from .problems import Refused
from .services import Parts

STATUS = {"too-long": 413}
"""How a letter that is not looked at is told; 422 for the rest."""


def post_letter(parts: Parts, activity: Annotated[str, Path(max_length=64)], sent: Letter) -> Checked:
    """Find the words in a letter; nothing of it is kept or repeated."""
    found = parts.course.activities.get(activity)
    if not isinstance(found, Language):
        raise Refused(404, kind="unknown-activity")
    try:
        return language.told(found, sent.text)
    except UnfitLetter as unfit:
        raise Refused(STATUS.get(unfit.code, 422), str(unfit), kind=unfit.code) from None


def add_routes(router: APIRouter) -> None:
    """Add the check to the API; ``access.RULES`` has its row."""
    router.add_api_route(
        "/api/v1/language/{activity}",
        post_letter,
        methods=["POST"],
        tags=["learner"],
        responses=problems(400, 404, 413, 415, 422),
    )
