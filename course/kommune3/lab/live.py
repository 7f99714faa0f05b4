"""What a call shows, as a notebook stores it: an output, and the state of its widget.

Built in-process as a page is. A trusted notebook with this state shows its exercises live as soon as a kernel
has connected, without a cell being run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from kommune3.i18n import gettext as _

if TYPE_CHECKING:
    from kommune3.content import Call, Course
    from kommune3.engine.models import Activity

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"

Output = dict[str, Any]
States = dict[str, Any]


def call_of(source: str) -> Call | None:
    """The call that a cell's source is."""
    from kommune3.content.notebook import Call, parse_code  # not before JupyterLab saves: it starts sooner

    code = parse_code(source)
    return code if isinstance(code, Call) else None


def model_id(call: Call, number: int = 0) -> str:
    """The id of the call's widget, or of the models that it needs: the same every time."""
    name = f"{call.function}:{next(iter(call.arguments), '')}/{number}"
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def view(call: Call) -> Output:
    """The output that shows the call's widget."""
    data = {VIEW: {"model_id": model_id(call), "version_major": 2, "version_minor": 0}}
    return _display(data, _("The exercise shows as soon as the notebook is connected."))


def shown(course: Course, call: Call, api: str) -> tuple[list[Output], States]:
    """The outputs of a call and the widget models behind them."""
    from kommune3.engine.models import DRAWINGS

    wanted = str(next(iter(call.arguments), ""))
    activity = course.activities.get(wanted)
    if call.function in DRAWINGS or call.function == "timeline":
        return _drawn(call, activity), {}
    make = _maker(course, call, wanted, api)
    return ([view(call)], _models(make, call)) if make else ([], {})


def _drawn(call: Call, activity: Activity | None) -> list[Output]:
    """A figure; nothing where there is none to draw."""
    from kommune3 import charts  # slow to import

    with suppress(charts.Undrawable):
        if chart := charts.called(call.function, activity):
            return [_display({"text/html": chart._repr_html_()}, chart.alt)]
    return []


def metadata(models: Mapping[str, Any]) -> dict[str, Any]:
    """The models as a notebook's ``metadata.widgets``."""
    return {STATE: {"version_major": 2, "version_minor": 0, "state": dict(models)}}


def _maker(course: Course, call: Call, wanted: str, api: str) -> Callable[[], Any] | None:
    from kommune3 import widgets

    info, activity = course.info, course.activities.get(wanted)
    if call.function == "hand_in":
        hand_in: Any = widgets.HandIn
        titles = {one.id: one.title for one in course.assignments.get(wanted, ())}
        return lambda: hand_in.of(wanted, titles=titles, api=api, language=info.language)
    if activity is None or activity.kind != call.function:
        return None
    kind: Any = getattr(widgets, widgets.class_name(activity.kind))
    language = course.language_of_activity(wanted)
    return lambda: kind.of(
        activity, api=api, language=language, pass_mark=info.pass_mark, sources=course.sources
    )


def _models(make: Callable[[], Any], call: Call) -> States:
    """The states of the widget and of the models that it needs, under ids of ours."""
    from ipywidgets.embed import dependency_state  # type: ignore[import-untyped]

    widget = make()
    try:
        found = dependency_state([widget], drop_defaults=False)
        others = sorted(found.keys() - {widget.model_id}, key=lambda one: str(found[one]["model_name"]))
        text = json.dumps(found)
        for number, old in enumerate([widget.model_id, *others]):
            text = text.replace(old, model_id(call, number))
    finally:
        widget.close()
    models: States = json.loads(text)
    return models


def _display(data: dict[str, Any], text: str) -> Output:
    return {"output_type": "display_data", "data": data | {"text/plain": text}, "metadata": {}}
