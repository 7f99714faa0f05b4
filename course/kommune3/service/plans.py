"""The learner's own plans through the API. No route takes a person: a plan is its author's alone."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import FastAPI, Path

from kommune3.engine.exercises import Plan
from kommune3.register import plans
from kommune3.register.plans import PlanState

from .api import problems
from .models import FinishedPlan, NewPlan
from .problems import Refused
from .services import Parts, Services, Who

Activity = Annotated[str, Path(max_length=64)]


def get_plan(parts: Parts, who: Who, activity: Activity) -> PlanState:
    """My plan."""
    known_plan(parts, activity)
    return plans.of(parts.register, parts.course, who.person_id, activity)


def put_plan(parts: Parts, who: Who, activity: Activity, sent: NewPlan) -> PlanState:
    """Keep what I have written so far; refused where somebody saved since the page looked."""
    known_plan(parts, activity)
    return plans.save_draft(
        parts.register,
        parts.course,
        who.person_id,
        activity,
        sent.answers,
        sent.revision,
        version=sent.version,
    )


def delete_plan(parts: Parts, who: Who, activity: Activity) -> PlanState:
    """Delete what I have written; that it was finished stays."""
    known_plan(parts, activity)
    return plans.discard_draft(parts.register, parts.course, who.person_id, activity)


def finish_plan(parts: Parts, who: Who, activity: Activity, sent: FinishedPlan) -> PlanState:
    """Say that the plan is finished; the service looks at what is stored, and records that alone."""
    known_plan(parts, activity)
    return plans.finish(parts.register, parts.course, who.person_id, activity, version=sent.version)


def known_plan(parts: Services, activity: str) -> None:
    """Raise Refused for a plan that the course does not have."""
    if not isinstance(parts.course.activities.get(activity), Plan):
        raise Refused(404, kind="unknown-activity")


def add_routes(app: FastAPI) -> None:
    """Add the plans to the API; ``access.RULES`` has a row for each."""
    mine, sent = "/api/v1/plans/{activity}", (400, 404, 409, 413, 415, 422, 503)
    routes: list[tuple[str, str, Any, tuple[int, ...]]] = [
        ("GET", mine, get_plan, (404, 422)),
        ("PUT", f"{mine}/draft", put_plan, sent),
        ("DELETE", f"{mine}/draft", delete_plan, (404, 422, 503)),
        ("POST", f"{mine}/finished", finish_plan, sent),
    ]
    for method, path, answer, refusals in routes:
        app.add_api_route(path, answer, methods=[method], tags=["learner"], responses=problems(*refusals))
