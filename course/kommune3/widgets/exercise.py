"""What every widget declares, and how a kernel answers where there is no service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

import anywidget
import traitlets

from kommune3.engine import judge
from kommune3.engine.models import Activity
from kommune3.engine.scenario import ImpossiblePath
from kommune3.i18n import gettext as _

from .traits import Citable, traits_of


class Exercise(anywidget.AnyWidget):
    """An activity on screen. Build one with ``of``; behaviour is in ``js/``, looks in ``widgets.css``."""

    kind: ClassVar[type[Any]]
    """The kind of activity that the class shows."""

    activity = traitlets.Unicode().tag(sync=True)
    version = traitlets.Unicode().tag(sync=True)
    content = traitlets.Dict().tag(sync=True)
    strings = traitlets.Dict().tag(sync=True)
    sources = traitlets.Dict().tag(sync=True)
    api = traitlets.Unicode().tag(sync=True)
    language = traitlets.Unicode("da").tag(sync=True)
    pass_mark = traitlets.Int(80).tag(sync=True)
    lengths = traitlets.List(traitlets.Int()).tag(sync=True)

    def __init__(self, judged: Activity, /, **traits: Any) -> None:
        super().__init__(**traits)
        self._judged = judged
        self.on_msg(self._asked)

    @classmethod
    def of(
        cls,
        activity: Activity,
        *,
        api: str = "",
        language: str | None = None,
        pass_mark: int = 80,
        sources: Mapping[str, Citable] | None = None,
    ) -> Self:
        """The widget for an activity. Without ``api`` the kernel judges, and nothing is recorded.

        Raises TypeError where the activity is of another kind.
        """
        if not isinstance(activity, cls.kind):
            raise TypeError(f"{cls.__name__} cannot show {activity.id!r}: it is a {activity.kind}")
        traits = traits_of(activity, api=api, language=language, pass_mark=pass_mark, sources=sources)
        return cls(activity, **traits)

    def _asked(self, _widget: object, message: object, _buffers: object) -> None:
        said = self._answer(message) if isinstance(message, dict) else None
        if said is not None:
            self.send(said)

    def _answer(self, message: Mapping[str, Any]) -> dict[str, Any] | None:
        """What the kernel says to a message; None where it is not asked anything."""
        return answer(self._judged, message, self.pass_mark) if message.get("ask") == "attempt" else None


def answer(activity: Activity, message: Mapping[str, Any], pass_mark: int) -> dict[str, Any]:
    """What the kernel says to a path: the service's JSON, or a problem where the path is impossible."""
    asked, choices = message.get("id"), message.get("choices")
    if not isinstance(choices, list) or not all(isinstance(choice, str) for choice in choices):
        return {"answer": asked, "ok": False, "problem": {"status": 400, "detail": _("Not a path.")}}
    try:
        outcome = judge.judge(activity, choices, pass_mark)
    except ImpossiblePath as error:
        detail = _("Step {step} does not fit the exercise.").format(step=error.step + 1)
        return {"answer": asked, "ok": False, "problem": {"status": 422, "detail": detail}}
    reply = {
        "activity": activity.id,
        "version": judge.version(activity),
        "choices": choices,
        "recorded": False,
        "outcome": outcome.model_dump(mode="json"),
        "completed": [],
    }
    return {"answer": asked, "ok": True, "reply": reply}
