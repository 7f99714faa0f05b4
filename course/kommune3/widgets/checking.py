"""How a kernel checks the form of a reflection where there is no service. Nothing is stored or repeated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kommune3.engine import form
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
