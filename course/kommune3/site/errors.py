"""What an error page says: what happened, and what to do about it."""

from __future__ import annotations

from ..i18n import N_
from ..i18n import gettext as _

TEXTS = {
    400: (
        N_("The page could not understand that"),
        N_("Go back and try once more. If it happens again, write to the contact below."),
    ),
    401: (N_("You are not signed in"), N_("Sign in and open the page again. What you had done is kept.")),
    403: (
        N_("This page is not yours to open"),
        N_("If you think it should be, write to the contact below and say which page it was."),
    ),
    404: (
        N_("There is no such page"),
        N_("The address may be old or mistyped. From the front page you find everything in the course."),
    ),
    405: (N_("That cannot be done here"), N_("Go back and use the page's own buttons.")),
    409: (
        N_("Something has changed in the meantime"),
        N_("Open the page again to see how it looks now, and repeat what you meant to do."),
    ),
    413: (
        N_("That is too much at once"),
        N_("Nothing was stored. Choose a smaller file. A staff list must stay whole: columns can go."),
    ),
    415: (N_("That kind of file cannot be read here"), N_("Save it as CSV and choose it again.")),
    422: (
        N_("Something is missing in what was sent"),
        N_("Go back, check what you filled in and try again."),
    ),
    500: (
        N_("Something went wrong on our side"),
        N_("What you had done is kept. Try again in a moment. If it goes on, write to the contact below."),
    ),
    503: (
        N_("The course cannot store anything right now"),
        N_("The disk may be full. Wait a moment and try again; what was stored before is safe."),
    ),
}


def explanation(status: int) -> tuple[str, str]:
    """Title and advice for an HTTP status; an unknown one reads like its family."""
    title, advice = TEXTS.get(status) or TEXTS[400 if 400 <= status < 500 else 500]
    return _(title), _(advice)
