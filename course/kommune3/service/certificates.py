"""Certificates: a learner has their own, HR looks a number up."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kommune3.engine.cpr import holds_cpr
from kommune3.i18n import gettext as _
from kommune3.register import certificates
from kommune3.register.certificates import Certificate, NotCompleted

from .problems import Refused
from .services import Parts, Who


def issue(parts: Parts, who: Who) -> Response:
    """Make out the certificate for one's path, or find it, and show it."""
    try:
        made = certificates.issue(parts.register, parts.course, parts.person(who).id)
    except NotCompleted as error:
        raise Refused(409, str(error), kind="not-completed") from error
    return RedirectResponse(f"{parts.settings.root_path}/certificates/{made.number}", 303)


def own_list(parts: Parts, who: Who) -> HTMLResponse:
    """All certificates of who asks, also those of a path that they no longer follow."""
    found = certificates.of_person(parts.register, who.person_id)
    return HTMLResponse(parts.site.certificates(parts.visitor(who), found))


def own_page(parts: Parts, who: Who, number: str) -> HTMLResponse:
    """What the certificate says, and the PDF to keep."""
    return HTMLResponse(parts.site.certificate(parts.visitor(who), _own(parts, who, number)))


def own_pdf(parts: Parts, who: Who, number: str) -> Response:
    """The certificate as a PDF."""
    from kommune3.report.certificate import NotSet, certificate_pdf

    found = _own(parts, who, number)
    try:
        pdf = certificate_pdf(found, parts.course)
    except NotSet as error:
        raise Refused(500, str(error), kind="no-pdf") from error
    name = _("certificate") + f"-{found.number}.pdf"
    saved_as = f"attachment; filename*=UTF-8''{quote(name, safe='')}"  # the word may be of any language
    headers = {"Content-Disposition": saved_as, "Cache-Control": "no-store"}
    return Response(pdf, media_type="application/pdf", headers=headers)


def look_up(parts: Parts, who: Who, number: Annotated[str, Query(max_length=100)] = "") -> HTMLResponse:
    """Whose certificate has the number; one of a role that HR does not see is as good as none.

    A CPR number that was typed by mistake is not repeated.
    """
    asked = "" if (mistaken := holds_cpr(number)) else number.strip()
    found = certificates.find(parts.register, asked) if asked else None
    if found is not None and found.role not in parts.course.info.hr_sees_roles:
        found = None
    return HTMLResponse(parts.site.certificate_search(parts.visitor(who), asked, found, mistaken=mistaken))


def _own(parts: Parts, who: Who, number: str) -> Certificate:
    """The certificate, where it is theirs; somebody else's is answered as one that does not exist."""
    found = certificates.find(parts.register, number)
    if found is None or found.person.id != who.person_id:
        raise Refused(404)
    return found


def add_routes(router: APIRouter) -> None:
    """Add the routes to the router; ``access.RULES`` has a row for each."""
    router.add_api_route("/certificates", issue, methods=["POST"], include_in_schema=False)
    router.add_api_route("/certificates", own_list, include_in_schema=False)
    router.add_api_route("/certificates/{number}", own_page, include_in_schema=False)
    router.add_api_route("/certificates/{number}/pdf", own_pdf, include_in_schema=False)
    router.add_api_route("/hr/certificates", look_up, include_in_schema=False)
