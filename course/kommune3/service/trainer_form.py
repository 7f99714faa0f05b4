"""Making a cohort: fill in, see who is in it, say yes. Nothing is kept in between but what the page holds."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kommune3.i18n import N_, ngettext
from kommune3.i18n import gettext as _
from kommune3.register import cohorts
from kommune3.register.cohorts import Candidates, Cohort
from kommune3.register.errors import CohortError
from kommune3.register.groups import groups
from kommune3.site.render import month as month_in_words
from kommune3.site.trainer import a_date
from kommune3.site.trainer_pages import LONGEST_TITLE, CohortForm

from .identity import Identity
from .services import Parts, Services, Who

MOST_PEOPLE = 1000
"""In one cohort: more than anybody reads."""
DONE = {
    "removed": N_("The cohort is removed. What its people have written is still theirs."),
    "left": N_("You train that cohort no longer. Its other trainers go on."),
    "gone": N_("That cohort is not among yours: it may be removed already. Nothing was changed."),
}

Field = Annotated[str, Form(max_length=50_000)]


async def filled(
    title: Field = "", unit: Field = "", month: Field = "", ids: Field = "", deadline: Field = ""
) -> CohortForm:
    """The form as it was sent; what does not fit is told on the page."""
    return CohortForm(" ".join(title.split()), unit.strip(), month.strip(), ids.strip(), deadline.strip())


def trainer_page(parts: Parts, who: Who, done: str = "") -> HTMLResponse:
    """One's cohorts, and the form to make one."""
    return form_page(parts, who, notice=_(DONE[done]) if done in DONE else "")


def form_page(
    parts: Services,
    who: Identity,
    form: CohortForm | None = None,
    *,
    notice: str = "",
    problem: str = "",
    status: int = 200,
) -> HTMLResponse:
    """The list and the form; with ``problem`` where the form could not be used, as it was filled in."""
    mine = [
        (one, cohorts.lines(parts.register, parts.course, one.id))
        for one in cohorts.of_trainer(parts.register, who.person_id)
    ]
    units, months = groups(parts.register)
    html = parts.site.trainer(
        parts.visitor(who), mine, units=units, months=months, form=form, notice=notice, problem=problem
    )
    return HTMLResponse(html, status)


def post_cohort(
    parts: Parts, who: Who, form: Annotated[CohortForm, Depends(filled)], seen: Field = ""
) -> Response:
    """Show who would be in the cohort; make it where ``seen`` says that exactly these were shown."""
    if problem := wrong(form):
        return form_page(parts, who, form, problem=problem, status=422)
    try:
        found = cohorts.candidates(parts.register, unit=form.unit, month=form.month, ids=ids_in(form.ids))
    except CohortError as error:
        return form_page(parts, who, form, problem=str(error), status=422)
    if seen and (made := made_already(parts, who, form, found)):
        return to(parts, made)
    if problem := too_few_or_many(found):
        return form_page(parts, who, form, problem=problem, status=422)
    if seen != digest(found):
        return preview(parts, who, form, found, again=bool(seen))
    return make(parts, who, form, found)


def wrong(form: CohortForm) -> str:
    """What is wrong with the fields themselves; empty where nothing is."""
    if not form.title:
        return _("Give the cohort a name.")
    if len(form.title) > LONGEST_TITLE:
        return _("The name is too long: at most {most} characters.").format(most=LONGEST_TITLE)
    if form.ids and (form.unit or form.month):
        return _("Choose a unit and a month, or write a list: not both.")
    try:
        a_date(form.deadline)
    except ValueError:
        return _("The deadline is not a date. Write it as 2026-12-31, or leave it empty.")
    return ""


def too_few_or_many(found: Candidates) -> str:
    """Why nobody, or not all of them, can be a cohort; empty where they can."""
    if len(found.people) > MOST_PEOPLE:
        told = _("That is {n} people, and a cohort has at most {most}. Choose fewer.")
        return told.format(n=len(found.people), most=MOST_PEOPLE)
    if found.people:
        return ""
    if found.taken:
        return _("All of them are in a cohort already. Nothing was made.")
    if found.unknown:
        return _("None of these ids is on the staff list. Look them up, or ask HR to update the list.")
    return _("Nobody on the staff list fits that. Choose another unit or month, or write a list.")


def preview(
    parts: Services, who: Identity, form: CohortForm, found: Candidates, *, again: bool
) -> HTMLResponse:
    """Who would be in it; nothing is stored yet. ``again``: not the same as were shown last."""
    notice = _("Somebody has come or gone since the list was shown. Look at it once more.") if again else ""
    html = parts.site.cohort_preview(
        parts.visitor(who), form, found, seen=digest(found), made_from=made_from(form), notice=notice
    )
    return HTMLResponse(html, 409 if again else 200)


def make(parts: Services, who: Identity, form: CohortForm, found: Candidates) -> Response:
    """Make the cohort of those who were shown."""
    people = [person.id for person in found.people]
    try:
        cohort = cohorts.make(
            parts.register,
            form.title,
            people,
            [who.person_id],
            who.person_id,
            made_from=made_from(form),
            deadline=a_date(form.deadline),
        )
    except CohortError as error:  # somebody was quicker
        return form_page(parts, who, form, problem=str(error), status=409)
    return to(parts, cohort)


def made_already(parts: Services, who: Identity, form: CohortForm, found: Candidates) -> Cohort | None:
    """The cohort that the same form has made, where its button was pressed twice."""
    taken = {person.id for person in found.taken}
    if found.people or not taken:
        return None
    mine = cohorts.of_trainer(parts.register, who.person_id)
    return next((one for one in mine if one.title == form.title and taken & {*one.members}), None)


def to(parts: Services, cohort: Cohort) -> Response:
    """To the cohort that is made."""
    return RedirectResponse(f"{parts.settings.root_path}/trainer/cohorts/{quote(cohort.id)}?done=made", 303)


def digest(found: Candidates) -> str:
    """What says whether the same people are meant."""
    ids = "\n".join(sorted(person.id for person in found.people))
    return hashlib.sha256(ids.encode()).hexdigest()[:32]


def made_from(form: CohortForm) -> str:
    """How the people were chosen, in words."""
    if form.ids:
        count = len(ids_in(form.ids))
        return ngettext("a list of {n} id", "a list of {n} ids", count).format(n=count)
    unit = [_("unit {unit}").format(unit=form.unit)] if form.unit else []
    began = [_("began in {month}").format(month=month_in_words(form.month))] if form.month else []
    return ", ".join(unit + began)


def ids_in(text: str) -> list[str]:
    """The ids that somebody wrote, whatever stands between them; each once."""
    return list(dict.fromkeys(word.lower() for word in re.split(r"[\s,;]+", text) if word))


def add_routes(router: APIRouter) -> None:
    """Add the list of cohorts and the making of one; ``access.RULES`` has a row for each."""
    router.add_api_route("/trainer", trainer_page, include_in_schema=False)
    router.add_api_route("/trainer/cohorts", post_cohort, methods=["POST"], include_in_schema=False)
