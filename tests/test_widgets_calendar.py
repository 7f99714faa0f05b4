"""The reminder as a calendar file: read by a program of its own, whatever the plan holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from nodejs import asking

Make = Callable[..., bytes]

HOSTILE = [
    "Ring til naboen",
    '<script>alert(1)</script> & "<b>HTML</b>"',
    '=HYPERLINK("http://example.org"; "x")\n+1\n-1\n@SUM(A1)',
    "a\\b; c, d: e\\n \\\\; \\, ;;,,",
    "æøå ÆØÅ \U0001f468\u200d\U0001f469\u200d\U0001f467 e\u0301 中文 " * 40,
    "😀" * 1_000,
    "Et meget langt ord: " + "x" * 3_980,
    "a" * 74 + "ø" * 10 + "\n" + "b" * 75 + "\nBEGIN:VALARM\nEND:VCALENDAR",
    "",
]


@pytest.fixture(scope="module")
def made() -> Iterator[Make]:
    """Makes the calendar file of an entry, in one long-lived node process."""
    usual = {
        "uid": "0b9f6f4e-0d7d-4d53-a5a4-3a1d2f1f3c11",
        "now": "2026-11-22T22:30:00.123Z",
        "days": 14,
        "title": "Kig til planen",
        "text": "Ring",
    }
    with asking("tests/ics.mjs") as ask:
        yield lambda **entry: ask(usual | entry)["content"].encode()


def event(content: bytes) -> Any:
    """The one event; the parser raises where a line is not as it must be."""
    calendar = Calendar.from_ical(content)
    assert calendar.errors == []
    (found,) = calendar.walk("VEVENT")
    assert found.errors == []
    return found


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_written_comes_out_as_it_was(made: Make, text: str) -> None:
    content = made(text=text, title=text.replace("\n", " ")[:200] or "Plan")
    found = event(content)
    assert str(found["DESCRIPTION"]) == text
    assert len(found.walk("VALARM")) == 1
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no character is cut


def test_it_is_a_private_day_in_fourteen_days_with_an_alarm(made: Make) -> None:
    content = made()
    found = event(content)
    start = found["DTSTART"].dt
    assert type(start) is date
    assert start - date(2026, 11, 22) == timedelta(14), "the learner's own day"
    assert found["DTEND"].dt - start == timedelta(1)
    assert found["DTSTAMP"].dt == datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    assert found["UID"] == "0b9f6f4e-0d7d-4d53-a5a4-3a1d2f1f3c11@kommune3"
    assert (found["CLASS"], found["TRANSP"]) == ("PRIVATE", "TRANSPARENT")
    assert str(found["SUMMARY"]) == "Kig til planen"
    (alarm,) = found.walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(hours=9))
    calendar = Calendar.from_ical(content)
    assert (calendar["VERSION"], calendar["CALSCALE"]) == ("2.0", "GREGORIAN")
    assert calendar["PRODID"]


@pytest.mark.parametrize(
    ("now", "days", "day"),
    [
        ("2026-03-28T12:00:00Z", 1, "20260329"),
        ("2026-11-22T23:30:00Z", 1, "20261124"),
        ("2026-10-24T12:00:00Z", 2, "20261026"),
        ("2026-12-24T12:00:00Z", 14, "20270107"),
        ("2028-02-28T12:00:00Z", 1, "20280229"),
        ("2026-11-22T12:00:00Z", 365, "20271122"),
    ],
)
def test_days_are_counted_in_the_calendar(made: Make, now: str, days: int, day: str) -> None:
    assert f"DTSTART;VALUE=DATE:{day}\r\n".encode() in made(now=now, days=days)


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1f", "\x7f", "\ud83d"])
def test_what_no_calendar_may_hold_is_left_out(made: Make, sign: str) -> None:
    assert str(event(made(text=f"a{sign}b"))["DESCRIPTION"]) == "ab"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_end_of_a_line_is_one(made: Make, end: str) -> None:
    assert str(event(made(text=f"a{end}b"))["DESCRIPTION"]) == "a\nb"
