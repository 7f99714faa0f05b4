"""How a kernel answers about texts where there is no service. Nothing is stored or repeated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kommune3.engine import form, language, plans
from kommune3.engine.exercises import Language, Plan
from kommune3.engine.form import CourseText
from kommune3.engine.models import Reflection
from kommune3.i18n import gettext as _


def check_form(reflection: Reflection, message: Mapping[str, Any], own: CourseText) -> dict[str, Any]:
    """The answer to ``{"ask": "reflection", "id": n, "answers": […]}``: findings as JSON, or a problem."""
    asked, answers = message.get("id"), message.get("answers")
    count = len(reflection.prompts)
    if not isinstance(answers, list) or len(answers) != count or not all(isinstance(a, str) for a in answers):
        problem = {"status": 400, "detail": _("Not an answer to each question.")}
        return {"answer": asked, "ok": False, "problem": problem}
    found = form.check(reflection, answers, own).model_dump(mode="json")
    return {"answer": asked, "ok": True, "reply": found}


def check_plan(plan: Plan, message: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to ``{"ask": "plan", "id": n, "answers": […]}``: what is left to answer, or a problem."""
    asked, answers = message.get("id"), message.get("answers")
    texts = [one for one in answers if isinstance(one, str)] if isinstance(answers, list) else []
    if texts != answers or not plans.fits(plan, texts):
        problem = {"status": 400, "detail": _("Not an answer to each question.")}
        return {"answer": asked, "ok": False, "problem": problem}
    found = [finding.model_dump(mode="json") for finding in plans.unanswered(plan, texts)]
    return {"answer": asked, "ok": True, "reply": {"findings": found}}


def check_letter(words: Language, message: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to ``{"ask": "language", "id": n, "text": "…"}``: the service's JSON, or a problem."""
    asked, text = message.get("id"), message.get("text")
    try:
        found = language.told(words, text if isinstance(text, str) else "")
    except language.UnfitLetter as unfit:
        problem = {"status": 422, "type": f"urn:kommune3:{unfit.code}", "detail": str(unfit)}
        return {"answer": asked, "ok": False, "problem": problem}
    return {"answer": asked, "ok": True, "reply": found.model_dump(mode="json")}
