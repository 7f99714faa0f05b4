"""Jinja as the pages use it: everything escaped, gettext at hand, dates in words."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment

from .. import i18n
from ..engine import clock
from . import trainer, view
from .jinja import reading

TEMPLATES = Path(__file__).parent / "templates"


@lru_cache
def environment() -> Environment:
    """The templates' environment, one for all: it knows nothing of a course and keeps what is compiled."""
    made = reading(TEMPLATES)
    made.globals.update(ngettext=_counted)
    made.filters.update(
        day=day,
        status=view.status_label,
        evidence=view.evidence_label,
        share=share,
        clipped=clipped,
        field=view.field_label,
        month=month,
        number=number,
        grouped=grouped,
        stands=trainer.standing,
        standing=trainer.standing_label,
        sign=trainer.sign,
        way=trainer.way_label,
    )
    return made


def _counted(singular: str, plural: str, n: int) -> str:
    return i18n.ngettext(singular, plural, n).format(n=n)


def grouped(name: str) -> str:
    """A certificate's number as people read it."""
    from ..register.certificates import shown

    return shown(name)


def day(moment: date | datetime | None) -> str:
    """The day in words of the course's language, by the course's clock; a dash where there is none."""
    if moment is None:
        return "–"
    from babel.dates import format_date

    if isinstance(moment, datetime):
        moment = clock.local(moment).date()
    return format_date(moment, "medium", locale=i18n.region())


def month(name: str) -> str:
    """A month such as "2026-11" in words."""
    from babel.dates import format_date

    return format_date(date.fromisoformat(f"{name}-01"), "LLLL y", locale=i18n.region())


def number(value: float) -> str:
    """A number as the course's language writes it."""
    from babel.numbers import format_decimal

    return format_decimal(value, locale=i18n.region())


def share(part: int, whole: int, size: int = 100) -> int:
    """How much of ``size`` the part takes; 0 of nothing, and something for anything."""
    if whole <= 0 or part <= 0:
        return 0
    return max(1, round(size * min(part, whole) / whole))


def clipped(text: str, length: int = 120) -> str:
    """The text, cut where it is absurdly long."""
    return text if len(text) <= length else text[: length - 1] + "…"
