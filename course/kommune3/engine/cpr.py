"""Danish CPR numbers, recognised so that they can be refused: ddmmyy and four digits."""

from __future__ import annotations

import re
import unicodedata

from .normal import normal

_NUMBER = re.compile(
    r"(?<![0-9])([0-9]{2})([0-9]{2})([0-9]{2}) ?(?:[-\u2010-\u2015\u2212]\n?|[_./])? ?[0-9]{4}(?![0-9])"
)
_UNSEEN = {"Cf", "Mn", "Me"}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def holds_cpr(text: str) -> bool:
    """Whether the text holds what may be a CPR number: six digits that are a date, and four more.

    The check digit is not asked for, since numbers without one are given out; replacement numbers,
    whose day is 60 too high, count as well, and so do wide figures, numbers with unseen signs or
    accents in them, and those broken after their hyphen.
    """
    return any(_is_date(*map(int, found.groups())) for found in _NUMBER.finditer(_seen(text)))


def _seen(text: str) -> str:
    """The text as the eye reads it: plain figures and spaces, and no sign without a width."""
    if text.isascii():
        return text
    plain = normal("NFKC", text)
    return "".join(sign for sign in plain if unicodedata.category(sign) not in _UNSEEN)


def _is_date(day: int, month: int, year: int) -> bool:
    day = day - 60 if day > 60 else day
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        return False
    return not (month == 2 and day == 29 and year % 4)
