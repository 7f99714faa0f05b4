"""Danish CPR numbers, recognised so that they can be refused: a date of birth and four digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from .normal import PLAIN, normal

# What is left alone, since letters and reflections are full of it: a date with a time, a year or a postal
# town after it ("01.02.26 1430", "01.02.2026\n8660 Skanderborg"), telephone numbers in pairs or fours, case
# numbers with letters between. A date with signs in it therefore needs a hyphen before its last four, or
# "CPR" before it; six figures in a row, or three pairs apart, need no more than the four after them.
_DASH = "[-\u2010-\u2015\u2212]"
_GAP = "[ \t-\r\x85\u2028\u2029]{0,4}"
_PAIR, _YEAR, _LAST = "([0-9]{2})", "(?:18|19|20)?([0-9]{2})", "[0-9]{4}(?![0-9])"
_SIGN = f"(?:\\. ?|/|{_DASH})"
_ANY = f"(?:[./ ]|{_DASH}){{0,2}}"
_NUMBERS = [
    re.compile(pattern)
    for pattern in (
        # 010190-1234, 0101901234, 010190 1234, or broken before the last four, where no postal town follows
        f"(?<![0-9]){_PAIR}{_PAIR}{_PAIR}"
        f"(?: ?{_DASH}{_GAP}{_LAST}| ?[_./]? ?{_LAST}|{_GAP}{_LAST}(?! ?[A-ZÆØÅ]))",
        # 01011990-1234
        f"(?<![0-9]){_PAIR}{_PAIR}{_YEAR} ?{_DASH}{_GAP}{_LAST}",
        # 01.01.90-1234, 01/01-1990 - 1234; no part of a longer row of figures
        f"(?<![0-9+])(?<![0-9][./-]){_PAIR}{_SIGN}{_PAIR}{_SIGN}{_YEAR} ?{_DASH}{_GAP}{_LAST}",
        # 01 01 90 1234; not two telephone numbers beside each other, nor one from abroad
        f"(?<![0-9+])(?<![0-9] ){_PAIR} {_PAIR} {_YEAR}(?: ?{_DASH}{_GAP}| | ?\n){_LAST}",
        # CPR-nr. 01.01.90 1234
        f"[cC][pP][rR](?:[- ]?(?:nr|nummer))?[^0-9A-Za-zæøå]{{0,4}}{_PAIR}{_ANY}{_PAIR}{_ANY}{_YEAR}"
        f"(?:{_DASH}|[_./]|{_GAP}){{0,3}}{_LAST}",
    )
]
_FIGURES = 10
_BEGUN = re.compile(f"{_DASH}[0-9]")
_UNSEEN = {"Cf", "Mn", "Me"}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def holds_cpr(text: str) -> bool:
    """Whether the text holds what may be a CPR number: a date of six digits, and four more.

    The check digit is not asked for, since numbers without one are given out; replacement numbers,
    whose day is 60 too high, count as well, and so do wide figures, numbers with unseen signs or
    accents in them, those written as dates are, and those broken over two lines.
    """
    seen = _seen(text)
    if len(seen) < _FIGURES:
        return False
    return any(_is_date(*map(int, found.groups())) for each in _NUMBERS for found in each.finditer(seen))


def cpr_places(texts: Sequence[str]) -> list[int]:
    """Which of the texts of one page hold a CPR number; where one is split over two, both of them."""
    found = {at for at, text in enumerate(texts) if holds_cpr(text)}
    filled = [at for at, text in enumerate(texts) if text.strip() and at not in found]
    for before, after in pairwise(filled):
        if holds_cpr(_joined(texts[before].strip(), texts[after].strip())):
            found |= {before, after}
    return sorted(found)


def _joined(text: str, following: str) -> str:
    """Two texts as if they were lines of one; a number goes on where the second begins with its hyphen."""
    return text + ("" if _BEGUN.match(following) else "\n") + following


def _seen(text: str) -> str:
    """The text as the eye reads it: plain figures and spaces, and no sign without a width."""
    if text.isascii():
        return text
    plain = normal("NFKC", text)
    unseen = [ord(sign) for sign in set(plain) - PLAIN if unicodedata.category(sign) in _UNSEEN]
    return plain.translate(dict.fromkeys(unseen)) if unseen else plain


def _is_date(day: int, month: int, year: int) -> bool:
    day = day - 60 if day > 60 else day
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        return False
    return not (month == 2 and day == 29 and year % 4)
