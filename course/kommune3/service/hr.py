"""HR's pages: the list and its exports."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from typing import IO, Annotated, Literal

from fastapi import Depends, FastAPI, Query
from starlette.responses import HTMLResponse, Response, StreamingResponse

from kommune3 import report
from kommune3.register import people, progress

from .problems import Refused
from .services import Parts, Who

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK = 64 * 1024

Text = Annotated[str, Query(max_length=200)]
Status = Literal["", "not_started", "started", "completed", "overdue"]


def asked(
    unit: Text = "", role: Text = "", status: Status = "", search: Text = "", page: Text = ""
) -> report.Query:
    """The filters of the list, as its form sends them; a page that is no number is the first."""
    number = int(page) if page.isdecimal() and len(page) < 7 else 1
    return report.Query(unit=unit, role=role, status=status, search=search, page=max(1, number))


Asked = Annotated[report.Query, Depends(asked)]


def hr_list(parts: Parts, who: Who, query: Asked, notice: str = "") -> HTMLResponse:
    """One line per person, totals, filters."""
    found = report.listing(parts.register, parts.course, query)
    return HTMLResponse(parts.site.hr(parts.me(who), found, query, samples=has_samples(parts)))


def hr_person(parts: Parts, who: Who, person: str) -> HTMLResponse:
    """One person's modules; 404 for somebody HR may not see."""
    found = people.get(parts.register, person)
    if found is None or found.role not in parts.course.info.hr_sees_roles:
        raise Refused(404)
    steps = progress.of_person(parts.register, parts.course, found.id)
    return HTMLResponse(parts.site.hr_person(parts.me(who), found, list(steps.values())))


def export_csv(parts: Parts, query: Asked) -> Response:
    """The list as CSV."""
    return download("kommune3.csv", "text/csv; charset=utf-8", lambda file: report.write_csv(parts, file))


def download(name: str, media_type: str, write: Callable[[IO[bytes]], None]) -> Response:
    """What write() writes, as a file to save; written in full first, so that an error is still an error."""
    file = tempfile.SpooledTemporaryFile(max_size=4_000_000)
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    size = file.tell()
    file.seek(0)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(size)}
    return StreamingResponse(pieces(file), headers=headers, media_type=media_type)


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The file piece by piece; closed at the end."""
    with file:
        while piece := file.read(CHUNK):
            yield piece
