"""What came of nbgrader's check of one hand-in, in words that a trainer can use.

nbgrader answers with its log and a traceback, both English. They can be had, without what an exception may
quote: a reflection's text. Pure: text in, sentences out; ``formgrader_api`` asks nbgrader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kommune3.i18n import N_
from kommune3.i18n import gettext as _

KEPT = N_("What was sent, your points and your comments are kept.")
AGAIN = N_("Check once more.")
THEN_AGAIN = N_("Check once more then.")
WAIT = N_("Wait a minute, and load the page again.")
REBUILD = N_("Whoever runs the course can write: kommune3 grade --rebuild. It makes what is damaged anew.")
ANEW = (N_("The course writes the file anew, from what was sent."), WAIT)
OWN_ERROR = (
    N_("nbgrader stopped with an error of its own."),
    AGAIN,
    N_("If it happens again, give what is below to whoever runs the course."),
)
KINDS = (
    (
        r"\[Errno 28\]|No space left on device|disk is full",
        (N_("The disk is full."), N_("Whoever runs the course must make room."), THEN_AGAIN),
    ),
    (
        r"\bPermissionError\b|readonly database|unable to open database",
        (
            N_("The course is not allowed to write the cohort's files."),
            N_("Perhaps one is locked or open in another program. Whoever runs the course can look."),
            THEN_AGAIN,
        ),
    ),
    (r"database is locked", (N_("Another program was using the gradebook."), WAIT)),
    (r"file is not a database|disk image is malformed", (N_("The gradebook is damaged."), REBUILD)),
    (
        r"\b(?:Cell)?TimeoutError\b|\b(?:Unresponsive|Dead)KernelError\b|kernel became unresponsive",
        (
            N_("The check took too long, so it was ended."),
            AGAIN,
            N_("You can also give the points yourself."),
        ),
    ),
    (
        r"No notebooks were matched",
        (N_("There is no file to check. Perhaps the text was taken back just now."), WAIT),
    ),
    (
        r"No such (?:\w+ )?cell\b|KeyError: 'grade_id'|\bStopIteration\b",
        (N_("A cell that the check needs is not there."), *ANEW),
    ),
    (
        r"Inconsistent checksums|Cell type has changed|Duplicate grade id|nbgrader cell|grade_id is empty"
        r"|nbgrader metadata|Schema(?:Mismatch|TooOld|TooNew)Error",
        (N_("A locked cell is another than in the course's own exercise."), *ANEW),
    ),
    (
        r"does not appear to be JSON|\bJSONDecodeError\b|\bUnicodeDecodeError\b|ValidationError\b",
        (N_("The notebook is damaged and cannot be read."), *ANEW),
    ),
    (
        r"No such (?:assignment|notebook)|No (?:assignment|notebooks) .*(?:exists in|found)|NotOfTheCourse",
        (N_("The exercise is not in the gradebook, or not in the course any more."), WAIT),
    ),
)
"""What is told apart, by what nbgrader's log and traceback say, and its sentences; the first fits."""
WORDS = {
    "away": N_("Formgrader did not answer. See whether the course is still running."),
    "details": N_("What nbgrader wrote (in English)"),
}
"""What static/checked.js says."""
QUOTING_NOTHING = {
    *("OSError", "PermissionError", "FileNotFoundError", "OperationalError", "DatabaseError"),
    *("NbGraderException", "MissingEntry", "NotOfTheCourse"),
}
"""Exceptions whose message never holds a piece of a notebook."""

_LEVEL = re.compile(r"\[[A-Z]+\] (Traceback)?")
_FRAME = re.compile(r"\s*File \"[^\"]*\", line \d+, in \S+$")
_LINK = re.compile(r"(?:Traceback \(most recent|During handling of the above|The above exception was)")
_RAISED = re.compile(r"\s*(?:\w+\.)*(\w+)(?=:|$)")


def in_words(found: Mapping[str, Any], hand_in: str) -> dict[str, Any]:
    """nbgrader's answer about ``<person>/<assignment>``, with ``told`` and without what exceptions quote."""
    log, error = str(found.get("log", "")), str(found.get("error", ""))
    unread, noted = (list(_ours(log, level, hand_in)) for level in ("ERROR", "WARNING"))
    success = bool(found["success"]) and not unread
    told = [*unread, *noted]
    if told or not success:
        told += map(_, ANEW if told else _kind(f"{log}\n{error}"))
        told.append(_(KEPT))
    return {"success": success, "log": quoting_nothing(log), "error": quoting_nothing(error), "told": told}


def quoting_nothing(text: str) -> str:
    """A log or traceback without what its messages quote, but for those that never quote a notebook."""
    return "\n".join(_harmless(text.splitlines()))


def _harmless(lines: Iterable[str]) -> Iterator[str]:
    tracing = code = False
    for line in lines:
        frame = bool(_FRAME.match(line))
        if level := _LEVEL.match(line):
            tracing = bool(level[1])
            yield line.partition(": ")[0]  # what follows is what it speaks of
        elif frame or _LINK.match(line.strip()):
            tracing = True
            yield line
        elif code or (tracing and not line.strip(" ^~")):
            yield line
        elif tracing and (raised := _RAISED.match(line)):
            tracing = False  # more lines of it would be a quotation
            yield line if raised[1] in QUOTING_NOTHING else raised[0]
        code = frame


def _kind(text: str) -> tuple[str, ...]:
    return next((sentences for pattern, sentences in KINDS if re.search(pattern, text)), OWN_ERROR)


def _ours(log: str, level: str, hand_in: str) -> Iterator[str]:
    """What our own preprocessors wrote into the log of one level, about any notebook of the hand-in."""
    yield from re.findall(rf"^\[{level}\] {re.escape(hand_in)}/[^/\n]+?: (.+)$", log, re.MULTILINE)
