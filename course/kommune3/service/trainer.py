"""The trainer's pages. Somebody else's cohort is answered as one that does not exist."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, Query
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kommune3.i18n import N_, ngettext
from kommune3.i18n import gettext as _
from kommune3.register import cohorts, marks, progress, reflections
from kommune3.register.cohorts import Cohort
from kommune3.register.errors import UnknownCohort
from kommune3.site.trainer import a_date

from .identity import Identity
from .problems import Refused
from .services import Parts, Services, Who
from .trainer_form import ids_in

DONE = {
    "made": N_("The cohort is made. What its people send, you find here."),
    "added": N_("They are in the cohort now."),
    "dropped": N_("The person is no longer in the cohort."),
    "deadline": N_("The deadline is changed."),
    "trainer": N_("The cohort has one more trainer, who can read all that its people send."),
    "trainer-out": N_("The person trains the cohort no longer, and can read nothing more that it sends."),
}
Text = Annotated[str, Query(max_length=200)]
Field = Annotated[str, Form(max_length=50_000)]


def own(parts: Services, who: Identity, cohort: str) -> Cohort:
    """The cohort, where it is theirs. Raises Refused and UnknownCohort, which look the same from outside."""
    found = cohorts.get(parts.register, cohort)
    if who.person_id not in found.trainers:
        raise Refused(404)
    return found


def cohort_page(
    parts: Parts, who: Who, cohort: str, show: Text = "", done: Text = "", returned: Text = ""
) -> HTMLResponse:
    """Who has sent what, what waits, and what can be returned."""
    notice = _(DONE[done]) if done in DONE else ""
    if returned.isdecimal() and len(returned) < 7:
        notice = told_returned(int(returned))
    return page(parts, who, own(parts, who, cohort), show=show, notice=notice)


def page(
    parts: Services,
    who: Identity,
    found: Cohort,
    *,
    show: str = "",
    notice: str = "",
    problem: str = "",
    typed: str = "",
    status: int = 200,
) -> HTMLResponse:
    """The cohort's page, with what came of the last thing that was done."""
    lines = cohorts.lines(parts.register, parts.course, found.id)
    receipts = reflections.receipts_of(parts.register, found.id)
    html = parts.site.cohort(
        parts.visitor(who),
        found,
        lines,
        trainers=cohorts.trainers(parts.register, found.id),
        show=show,
        receipts=receipts,
        notice=notice,
        problem=problem,
        typed=typed,
    )
    return HTMLResponse(html, status)


def told_returned(count: int) -> str:
    """What came of returning."""
    if not count:
        return _("There was nothing to return: it is returned already, or not marked yet.")
    return ngettext("{n} answer is returned.", "{n} answers are returned.", count).format(n=count)


def post_return(parts: Parts, who: Who, cohort: str) -> Response:
    """Return all that is marked; the second time there is nothing to return."""
    found = own(parts, who, cohort)
    count = marks.give_back(parts.register, parts.course, found.id, who.person_id)
    return back(parts, found.id, f"?returned={count}")


def post_members(
    parts: Parts, who: Who, cohort: str, action: Annotated[Literal["add", "drop"], Form()], ids: Field = ""
) -> Response:
    """Add those with these ids, or take them out. Those who cannot be added are named; the others are in."""
    found, wanted = own(parts, who, cohort), ids_in(ids)
    if not wanted:
        return page(parts, who, found, problem=_("Write or choose somebody first."), status=422)
    if action == "drop":
        cohorts.drop(parts.register, found.id, wanted, who.person_id)
        return back(parts, found.id, "?done=dropped")
    asked = cohorts.candidates(parts.register, ids=wanted)
    new = [person.id for person in asked.people]
    found = cohorts.add(parts.register, found.id, new, who.person_id) if new else found
    elsewhere = [person.id for person in asked.taken if person.id not in found.members]
    if not elsewhere and not asked.unknown:
        return back(parts, found.id, "?done=added")
    notice = ngettext("{n} person was added.", "{n} people were added.", len(new)).format(n=len(new))
    problem = not_added(elsewhere, list(asked.unknown))
    typed = "\n".join((*elsewhere, *asked.unknown))
    return page(parts, who, found, notice=notice if new else "", problem=problem, typed=typed, status=422)


def not_added(elsewhere: list[str], unknown: list[str]) -> str:
    """Why some are not in the cohort now."""
    told = []
    if elsewhere:
        told.append(_("In another cohort already: {ids}.").format(ids=some(elsewhere)))
    if unknown:
        told.append(_("Not on the staff list: {ids}.").format(ids=some(unknown)))
    return " ".join(told)


def some(ids: list[str]) -> str:
    """The first ids, and that there are more."""
    return ", ".join(ids[:20]) + (" …" if len(ids) > 20 else "")


def post_deadline(parts: Parts, who: Who, cohort: str, deadline: Field = "") -> Response:
    """Set the last day that is not late, or none."""
    found = own(parts, who, cohort)
    try:
        day = a_date(deadline.strip())
    except ValueError:
        problem = _("The deadline is not a date. Write it as 2026-12-31, or leave it empty.")
        return page(parts, who, found, problem=problem, status=422)
    cohorts.set_deadline(parts.register, found.id, day, who.person_id)
    return back(parts, found.id, "?done=deadline")


def remove_page(parts: Parts, who: Who, cohort: str) -> HTMLResponse:
    """What it means to remove the cohort."""
    found = own(parts, who, cohort)
    lines = cohorts.lines(parts.register, parts.course, found.id)
    return HTMLResponse(parts.site.cohort_remove(parts.visitor(who), found, lines))


def post_remove(parts: Parts, who: Who, cohort: str) -> Response:
    """Remove the cohort; what its people wrote stays theirs."""
    try:
        cohorts.remove(parts.register, own(parts, who, cohort).id, who.person_id)
    except (UnknownCohort, Refused):  # pressed twice; somebody else's gets the same answer
        return RedirectResponse(f"{parts.settings.root_path}/trainer?done=gone", 303)
    return RedirectResponse(f"{parts.settings.root_path}/trainer?done=removed", 303)


def read_page(parts: Parts, who: Who, cohort: str, person: str, activity: str) -> HTMLResponse:
    """One reflection that was shared; that it was read is noted. Raises NotYours."""
    found = own(parts, who, cohort)
    if person not in found.members or activity not in parts.course.reflections:
        raise Refused(404)
    read = cohorts.text(parts.register, parts.course, who.person_id, person, activity)
    approved = progress.approves(parts.course, activity, read.manual)
    reflection = parts.course.reflection(activity)
    lines = cohorts.lines(parts.register, parts.course, found.id)
    html = parts.site.cohort_read(parts.visitor(who), found, reflection, read, lines, approved=approved)
    return HTMLResponse(html)


def back(parts: Services, cohort: str, query: str) -> Response:
    """To the cohort's page, so that a reload does nothing twice."""
    return RedirectResponse(f"{parts.settings.root_path}/trainer/cohorts/{quote(cohort)}{query}", 303)


def add_routes(router: APIRouter) -> None:
    """Add a cohort's pages to the router; ``access.RULES`` has a row for each."""
    one = "/trainer/cohorts/{cohort}"
    router.add_api_route(one, cohort_page, include_in_schema=False)
    router.add_api_route(f"{one}/return", post_return, methods=["POST"], include_in_schema=False)
    router.add_api_route(f"{one}/members", post_members, methods=["POST"], include_in_schema=False)
    router.add_api_route(f"{one}/deadline", post_deadline, methods=["POST"], include_in_schema=False)
    router.add_api_route(f"{one}/remove", remove_page, include_in_schema=False)
    router.add_api_route(f"{one}/remove", post_remove, methods=["POST"], include_in_schema=False)
    router.add_api_route(f"{one}/people/{{person}}/{{activity}}", read_page, include_in_schema=False)
