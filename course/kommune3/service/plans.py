"""The learner's own plans through the API. No route takes a person: a plan is its author's alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from kommune3.engine.exercises import Plan
from kommune3.register import plans
from kommune3.register.plans import PlanState

from .models import FinishedPlan, NewPlan
from .texts import Mine, add_texts, mine

MyPlan = Annotated[Mine, Depends(mine(Plan))]


def get_plan(plan: MyPlan) -> PlanState:
    """My plan."""
    return plans.of(*plan)


def put_plan(plan: MyPlan, sent: NewPlan) -> PlanState:
    """Keep what I have written so far; refused where somebody saved since the page looked."""
    return plans.save_draft(*plan, sent.answers, sent.revision, version=sent.version)


def delete_plan(plan: MyPlan) -> PlanState:
    """Delete what I have written; that it was finished stays."""
    return plans.discard_draft(*plan)


def finish_plan(plan: MyPlan, sent: FinishedPlan) -> PlanState:
    """Say that the plan is finished; the service looks at what is stored, and records that alone."""
    return plans.finish(*plan, version=sent.version)


def add_routes(router: APIRouter) -> None:
    """Add the plans to the API; ``access.RULES`` has a row for each."""
    add_texts(
        router,
        "/api/v1/plans/{activity}",
        ("GET", "", get_plan, 200),
        ("PUT", "/draft", put_plan, 200),
        ("DELETE", "/draft", delete_plan, 200),
        ("POST", "/finished", finish_plan, 200),
    )
