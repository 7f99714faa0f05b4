"""The columns of a staff list: what they may be called in the file, and what the course calls them."""

from __future__ import annotations

from kommune3.i18n import gettext as _

from .csv_file import heading

HEADINGS = {
    "id": "id medarbejderid medarbejdernummer medarbejdernr bruger brugerid brugernavn ident tjenestenummer"
    " ansattnummer ansattnr ansattid brukerid brukernavn anställningsnummer anställningsid användarnamn",
    "name": "name fullname navn fuldenavn medarbejder medarbejdernavn fulltnavn namn fullständigtnamn",
    "email": "email mail mailadresse emailadresse emailaddress arbejdsmail epost epostadresse epostadress",
    "unit": "unit department enhed afdeling arbejdssted organisation organisationsenhed"
    " enhet avdeling avdelning arbeidssted arbetsplats eining arbeidsstad",
    "role": "role rolle roll",
    "work_field": "field fieldofwork fagområde arbejdsområde felt arbeidsområde arbetsområde",
    "manager": "manager managerid leder lederid nærmesteleder chef nærmesteleiar leiar närmastechef förman",
    "start": "start startdate startdato ansat ansættelsesdato ansatfra tiltrædelse"
    " ansettelsesdato ansattfra tiltredelse startdatum anställningsdatum anställdfrån",
    "deadline": "deadline duedate frist fristdato senest tidsfrist",
}
"""In Danish and English, then in Norwegian and Swedish, also as it is spoken in Finland."""
COLUMN_OF = {name: column for column, names in HEADINGS.items() for name in names.split()}
REQUIRED = ("id", "name", "unit", "role")
LONGEST = {"name": 200, "email": 254, "unit": 200, "manager": 64}


def label(column: str) -> str:
    """What the course's language calls a column."""
    names = {
        "id": _("id"),
        "name": _("name"),
        "email": _("e-mail"),
        "unit": _("unit"),
        "role": _("role"),
        "work_field": _("field of work"),
        "manager": _("manager"),
        "start": _("start date"),
        "deadline": _("deadline"),
    }
    return names[column]


def column_of() -> dict[str, str]:
    """Each column by what it may be called in a file: also as the course's language calls it."""
    return {heading(label(column)): column for column in HEADINGS} | COLUMN_OF
