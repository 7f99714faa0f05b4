"""Figures drawn with matplotlib, as SVG that follows the page's colours and is told in words too."""

from ..engine.exercises import Assessment, CitizenMap
from ..engine.models import DRAWINGS, Activity, Scenario, Timeline
from ..i18n import gettext as _
from . import kept
from .arenas import arenas
from .chart import Chart, Undrawable
from .endings import endings
from .profile import profile
from .timeline import timeline

__all__ = ["Chart", "Undrawable", "arenas", "called", "endings", "profile", "timeline"]


def called(function: str, activity: Activity | None) -> Chart | None:
    """What a notebook's call draws of the activity; none for a call that shows a widget instead.

    Raises Undrawable where the call draws, and nothing can be drawn of this activity.
    """
    match function, activity:
        case "timeline", Timeline():
            return kept.chart(timeline, activity)
        case "endings", Scenario():
            return kept.chart(endings, activity)
        case "arenas", CitizenMap():
            return kept.chart(arenas, activity)
        case "profile", Assessment():
            return kept.chart(profile, activity)
    if function in DRAWINGS:
        raise Undrawable(_("This figure is missing."))
    return None
