"""HR's pages: the list, its exports, one person, and the sample people."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from typing import IO, Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from kommune3 import report
from kommune3.i18n import N_
from kommune3.i18n import gettext as _
from kommune3.register import samples

from .problems import Refused
from .services import Parts, Who

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY = 4_000_000
PIECE = 64 * 1024
DONE = {
    "samples-added": N_("The sample people are in the list."),
    "samples-removed": N_("The sample people are gone."),
}

Text = Annotated[str, Query(max_length=200)]
Status = Literal["", "not_started", "started", "completed", "overdue", "left"]


async def asked(
    unit: Text = "", role: Text = "", status: Status = "", search: Text = "", page: Text = ""
) -> report.Query:
    """The filters of the list, as its form sends them; a page that is no number is the first."""
    number = int(page) if page.isdecimal() and len(page) < 7 else 1
    return report.Query(unit=unit, role=role, status=status, search=plain(search), page=max(1, number))


def plain(search: str) -> str:
    """The text to search for; SQL would take a NUL for the end of it, and find everybody."""
    return search.replace("\0", "\N{REPLACEMENT CHARACTER}")


Asked = Annotated[report.Query, Depends(asked)]


def hr_list(parts: Parts, who: Who, query: Asked, done: Text = "") -> HTMLResponse:
    """One line per person, totals, filters."""
    found = report.listing(parts.register, parts.course, query)
    there = samples.present(parts.register)
    notice = _(DONE[done]) if done in DONE else ""
    return HTMLResponse(parts.site.hr(parts.visitor(who), found, query, samples=there, notice=notice))


def hr_person(parts: Parts, who: Who, person: str) -> HTMLResponse:
    """One person's modules; 404 for somebody whom HR may not see."""
    found = report.line_of(parts.register, parts.course, person)
    if found is None:
        raise Refused(404)
    return HTMLResponse(parts.site.hr_person(parts.visitor(who), found.person, found.modules))


def export_csv(parts: Parts, query: Asked) -> Response:
    """Everybody who matches, as CSV."""
    return download(
        "kommune3.csv", CSV, lambda file: report.write_csv(parts.register, parts.course, query, file)
    )


def export_xlsx(parts: Parts, query: Asked) -> Response:
    """Everybody who matches, as a spreadsheet."""
    return download(
        "kommune3.xlsx", XLSX, lambda file: report.write_xlsx(parts.register, parts.course, query, file)
    )


def download(name: str, media_type: str, write: Callable[[IO[bytes]], None]) -> Response:
    """What write() writes, as a file to save; written in full first, so that an error is still an error."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115, closed by pieces()
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces(file), headers=headers, media_type=media_type)


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The file from its start, piece by piece; closed at the end."""
    with file:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def post_samples(parts: Parts, who: Who, action: Annotated[Literal["add", "remove"], Form()]) -> Response:
    """Add or remove the sample people."""
    if action == "add":
        samples.add(parts.register, parts.course, by=who.person_id)
    else:
        samples.remove(parts.register, by=who.person_id)
    done = "samples-added" if action == "add" else "samples-removed"
    return RedirectResponse(f"{parts.settings.root_path}/hr?done={done}", 303)


def add_routes(router: APIRouter) -> None:
    """Add HR's pages to the router; ``access.RULES`` has a row for each."""
    router.add_api_route("/hr", hr_list, include_in_schema=False)
    router.add_api_route("/hr/people/{person}", hr_person, include_in_schema=False)
    router.add_api_route("/hr/export.csv", export_csv, include_in_schema=False)
    router.add_api_route("/hr/export.xlsx", export_xlsx, include_in_schema=False)
    router.add_api_route("/hr/samples", post_samples, methods=["POST"], include_in_schema=False)
