"""The learner's own reflections through the API. No route takes a person: each acts on who asks, alone."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import FastAPI, Path

from kommune3.register import reflections
from kommune3.register.reflections import State

from .api import problems
from .models import NewDraft, NewSubmission
from .problems import Refused
from .services import Parts, Services, Who

Activity = Annotated[str, Path(max_length=64)]


def get_reflection(parts: Parts, who: Who, activity: Activity) -> State:
    """My reflection: its text, where it stands, and the feedback that was returned."""
    known_reflection(parts, activity)
    return reflections.of(parts.register, parts.course, who.person_id, activity)


def put_draft(parts: Parts, who: Who, activity: Activity, sent: NewDraft) -> State:
    """Keep what I have written so far; refused where somebody saved since the page looked."""
    known_reflection(parts, activity)
    return reflections.save_draft(
        parts.register,
        parts.course,
        who.person_id,
        activity,
        sent.answers,
        sent.revision,
        version=sent.version,
    )


def delete_draft(parts: Parts, who: Who, activity: Activity) -> State:
    """Throw away what was written and not sent."""
    known_reflection(parts, activity)
    return reflections.discard_draft(parts.register, parts.course, who.person_id, activity)


def post_submission(parts: Parts, who: Who, activity: Activity, sent: NewSubmission) -> State:
    """Hand the text in; it is on the disk before this answers. A later one replaces it until it is marked."""
    known_reflection(parts, activity)
    return reflections.submit(
        parts.register,
        parts.course,
        who.person_id,
        activity,
        str(sent.key),
        sent.answers,
        share=sent.share,
        version=sent.version,
        revision=sent.revision,
    )


def delete_submission(parts: Parts, who: Who, activity: Activity) -> State:
    """Take the text back; it is a draft again, for its author alone."""
    known_reflection(parts, activity)
    return reflections.withdraw(parts.register, parts.course, who.person_id, activity)


def known_reflection(parts: Services, activity: str) -> None:
    """Raise Refused for a reflection that the course does not have."""
    if activity not in parts.course.reflections:
        raise Refused(404, kind="unknown-activity")


def add_routes(app: FastAPI) -> None:
    """Add the reflections to the API; ``access.RULES`` has a row for each."""
    of_mine, sent = "/api/v1/reflections/{activity}", (400, 404, 409, 413, 415, 422, 503)
    routes: list[tuple[str, str, Any, int, tuple[int, ...]]] = [
        ("GET", of_mine, get_reflection, 200, (404, 422)),
        ("PUT", f"{of_mine}/draft", put_draft, 200, sent),
        ("DELETE", f"{of_mine}/draft", delete_draft, 200, (404, 422, 503)),
        ("POST", f"{of_mine}/submissions", post_submission, 201, sent),
        ("DELETE", f"{of_mine}/submissions", delete_submission, 200, (404, 409, 422, 503)),
    ]
    for method, path, answer, status, refusals in routes:
        app.add_api_route(
            path,
            answer,
            methods=[method],
            status_code=status,
            tags=["learner"],
            responses=problems(*refusals),
        )
