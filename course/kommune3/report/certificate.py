"""A certificate as an accessible PDF (PDF/UA-1), set by typst from ``certificate.typ``."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.i18n import gettext as _
from kommune3.i18n import language, region
from kommune3.register.certificates import Certificate, shown
from kommune3.register.people import nameless

from .rows import evidence_word

TEMPLATE = Path(__file__).with_name("certificate.typ")
COLOUR = "#1f5c7a"

_TRIES: tuple[dict[str, Any], ...] = (
    {"pdf_standards": ["ua-1"], "ignore_system_fonts": True},
    # a name may have signs that typst's own font lacks; the machine's fonts may have them
    {"pdf_standards": ["ua-1"]},
    # PDF/UA refuses a sign that no font has: a box in its place is better than no certificate
    {},
)


class NotSet(RuntimeError):
    """The PDF could not be made on this machine; str() is for whoever asked for it."""

    def __init__(self) -> None:
        super().__init__(
            _("The PDF could not be made just now. Your certificate is valid: print its page, or try again.")
        )


def certificate_pdf(certificate: Certificate, course: Course) -> bytes:
    """The PDF: name, role, modules, date, course version, kind of evidence, and the number. Raises NotSet."""
    try:
        import typst  # only certificates need it
    except ImportError as error:  # not installed, or not built for this machine
        raise NotSet from error
    told = {"certificate": json.dumps(contents(certificate, course), ensure_ascii=False)}
    for options in _TRIES:
        try:
            return bytes(typst.compile(str(TEMPLATE), sys_inputs=told, **options))
        except typst.TypstError as error:
            failed = error
    raise NotSet from failed


def contents(certificate: Certificate, course: Course) -> dict[str, Any]:
    """All that stands on the certificate, as text."""
    roles = {role.id: role.title for role in course.roles}
    number, issued = shown(certificate.number), _day(certificate.issued_at)
    last = max(module.at for module in certificate.modules if module.at)
    nobody = certificate.person.name in ("", nameless())  # a line to write on is left
    sentence = _("has completed {course} as {role} on {day}.")
    return {
        "title": _("Certificate {number}").format(number=number),
        "language": language(),
        "colour": course.municipality.colour or COLOUR,
        "municipality": course.municipality.name,
        "heading": _("Certificate"),
        "name": "" if nobody else certificate.person.name,
        "to_write": _("Name"),
        "sentence": sentence.format(
            course=course.info.title,
            role=roles.get(certificate.role, certificate.role).lower(),
            day=_day(last),
        ),
        "modules_heading": _("Modules"),
        "columns": [_("Module"), _("Completed on"), _("Course version"), _("Evidence")],
        "rows": [
            [title, _day(module.at, short=True), module.version, evidence_word(module.evidence)]
            for title, module in zip(certificate.titles, certificate.modules, strict=True)
        ],
        "facts_heading": _("About this certificate"),
        "facts": [
            [_("Number"), number],
            [_("Issued on"), issued],
            [_("Course version"), certificate.course_version],
        ],
        "note": _(
            "It says that the exercises were done, and how that was checked. It says nothing about what "
            "anybody thinks of the idea: disagreeing is as good."
        ),
        "footer": _("Certificate {number}, issued on {day}").format(number=number, day=issued),
    }


def _day(moment: date | datetime | None, *, short: bool = False) -> str:
    from babel.dates import format_date

    if moment is None:
        return "–"
    day = clock.local(moment).date() if isinstance(moment, datetime) else moment
    return format_date(day, "short" if short else "long", locale=region())
