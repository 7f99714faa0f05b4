"""The staff list: upload a file, see what it would change, confirm."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kommune3.i18n import gettext as _
from kommune3.register import RegisterError, RosterStale
from kommune3.register.roster import apply, preview, read_roster

from .services import Parts, Who


def upload_page(parts: Parts, who: Who, done: str = "") -> HTMLResponse:
    """Choose a file; ``done`` after one was imported."""
    notice = _("The staff list was imported.") if done else ""
    return HTMLResponse(parts.site.roster(parts.visitor(who), notice=notice))


def post_roster(parts: Parts, who: Who, file: Annotated[UploadFile | None, File()] = None) -> HTMLResponse:
    """What the file would change, or everything that is wrong with it; nothing is stored yet."""
    me = parts.visitor(who)
    if file is None or not file.filename:
        notice = _("Choose a file first.")
        return HTMLResponse(parts.site.roster(me, notice=notice), 422)
    found = read_roster(file.file.read(), parts.course)
    if isinstance(found, list):
        return HTMLResponse(parts.site.roster(me, problems=found), 422)
    changes = preview(parts.register, found)
    token = parts.previews.keep(who.person_id, changes)
    return HTMLResponse(parts.site.roster(me, preview=changes, token=token))


def confirm(parts: Parts, who: Who, token: Annotated[str, Form(max_length=100)]) -> Response:
    """Import what was shown, all of it or nothing."""
    changes = parts.previews.take(who.person_id, token)
    if changes is None:
        notice = _("These changes are made already, or it is too long ago that the file was shown.")
        return again(parts, who, f"{notice} {_('Choose the file again to see what is missing.')}")
    try:
        apply(parts.register, changes, by=who.person_id)
    except RosterStale as stale:
        return again(parts, who, str(stale))
    except RegisterError:
        parts.previews.keep(who.person_id, changes, token)  # nothing was stored, so the button works again
        raise
    return RedirectResponse(f"{parts.settings.root_path}/hr/roster?done=1", 303)


def again(parts: Parts, who: Who, notice: str) -> HTMLResponse:
    """409, with the form to choose the file once more."""
    return HTMLResponse(parts.site.roster(parts.visitor(who), notice=notice), 409)


def add_routes(router: APIRouter) -> None:
    """Add the roster's pages to the router; ``access.RULES`` has a row for each."""
    router.add_api_route("/hr/roster", upload_page, include_in_schema=False)
    router.add_api_route("/hr/roster", post_roster, methods=["POST"], include_in_schema=False)
    router.add_api_route("/hr/roster/confirm", confirm, methods=["POST"], include_in_schema=False)
