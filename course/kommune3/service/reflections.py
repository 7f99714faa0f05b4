"""The learner's own reflections through the API. No route takes a person: each acts on who asks, alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from kommune3.engine.models import Reflection
from kommune3.register import reflections
from kommune3.register.reflections import State

from .models import NewDraft, NewSubmission
from .texts import Mine, add_texts, mine

MyReflection = Annotated[Mine, Depends(mine(Reflection))]


def get_reflection(reflection: MyReflection) -> State:
    """My reflection: its text, where it stands, and the feedback that was returned."""
    return reflections.of(*reflection)


def put_draft(reflection: MyReflection, sent: NewDraft) -> State:
    """Keep what I have written so far; refused where somebody saved since the page looked."""
    return reflections.save_draft(*reflection, sent.answers, sent.revision, version=sent.version)


def delete_draft(reflection: MyReflection) -> State:
    """Throw away what was written and not sent."""
    return reflections.discard_draft(*reflection)


def post_submission(reflection: MyReflection, sent: NewSubmission) -> State:
    """Hand the text in; it is on the disk before this answers. A later one replaces it until it is marked."""
    return reflections.submit(
        *reflection,
        str(sent.key),
        sent.answers,
        share=sent.share,
        version=sent.version,
        revision=sent.revision,
    )


def delete_submission(reflection: MyReflection) -> State:
    """Take the text back; it is a draft again, for its author alone."""
    return reflections.withdraw(*reflection)


def add_routes(router: APIRouter) -> None:
    """Add the reflections to the API; ``access.RULES`` has a row for each."""
    add_texts(
        router,
        "/api/v1/reflections/{activity}",
        ("GET", "", get_reflection, 200),
        ("PUT", "/draft", put_draft, 200),
        ("DELETE", "/draft", delete_draft, 200),
        ("POST", "/submissions", post_submission, 201),
        ("DELETE", "/submissions", delete_submission, 200),
    )
