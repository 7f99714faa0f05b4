"""Formgrader's own words in the course's language.

nbgrader writes them into its templates and scripts and has no catalog for them. They are replaced as a file
is read: a template's between its tags, a script's where the whole of a quoted text is one of them. A test
looks for each in nbgrader's files, so that a newer nbgrader does not become English unnoticed.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from tornado.web import StaticFileHandler

from kommune3.i18n import N_, edition, language
from kommune3.i18n import gettext as _

PAGES = (
    N_("Manage Assignments"),
    N_("Manage Students"),
    N_("Manage Submissions"),
    N_("Manual Grading"),
    N_("Assignments"),
    N_("Students"),
    N_("Loading, please wait..."),
    N_("Assignment ID"),
    N_("Notebook ID"),
    N_("Student ID"),
    N_("Student Name"),
    N_("Submission ID"),
    N_("Name"),
    N_("Email"),
    N_("Due Date"),
    N_("Status"),
    N_("Timestamp"),
    N_("Submissions"),
    N_("# Submissions"),
    N_("Score"),
    N_("Overall Score"),
    N_("Code Score"),
    N_("Written Score"),
    N_("Task Score"),
    N_("Avg. Score"),
    N_("Avg. Code Score"),
    N_("Avg. Written Score"),
    N_("Avg. Task Score"),
    N_("Needs Manual Grade?"),
    N_("Needs manual grade?"),
    N_("Tests Failed?"),
    N_("Tests failed?"),
    N_("Flagged?"),
    N_("Autograde"),
    N_("Preview"),
    N_("Show All Names"),
    N_("Submission"),
    N_("Submission #"),
    N_("&larr; Prev"),
    N_("Next &rarr;"),
    N_("remaining"),
    N_("Open live notebook"),
    N_("Student's answer"),
    N_("Student's task"),
    N_("Resolve"),
    N_("Full credit"),
    N_("No credit"),
    N_("(extra credit)"),
    N_("Error"),
    N_("Not Authorized"),
    N_("Sorry, you are not authorized to access the formgrader."),
    N_(
        "Sorry, the formgrader encountered an error. Please contact the administrator of the formgrader for "
        "further assistance."
    ),
)
"""What stands between a template's tags, or is a title."""
SCRIPTS = (
    N_("None"),
    N_("Submission #"),
    N_("Show student name"),
    N_("Hide student name"),
    N_("Show All Names"),
    N_("Hide All Names"),
    N_("needs autograding"),
    N_("needs manual grading"),
    N_("graded"),
    N_("draft"),
    N_("released"),
    N_("Please wait..."),
    N_("Success"),
    N_("Error"),
    N_("Close"),
    N_("Log Output"),
    N_("Traceback"),
    N_("Keyboard shortcuts"),
    N_("Type any comments here (supports Markdown and MathJax)"),
    N_("Submission flagged"),
    N_("Submission unflagged"),
    N_("Move to the next score or comment input"),
    N_("Move to the previous score or comment input"),
    N_("Defocus and save the current score or comment input"),
    N_("Refocus the most recent score or comment input"),
    N_("Move to the same score or comment input of the next submission"),
    N_("Move to the same score or comment input of the next submission with failed tests"),
    N_("Move to the same score or comment input of the previous submission"),
    N_("Move to the same score or comment input of the previous submission with failed tests"),
    N_("Flag the submission"),
    N_("(no submission)"),
    N_("(not autograded)"),
    N_("(file missing)"),
    N_("Successfully autograded '"),
    N_("There was an error autograding '"),
    N_("' for student '"),
)
"""Whole quoted texts of the scripts, with or without a space before them."""
LISTS = {
    "search": N_("Search in the list"),
    "nothing": N_("Nothing in the list has these letters."),
    "empty": N_("There is nothing here yet."),
    "up": N_("sort with the smallest first"),
    "down": N_("sort with the largest first"),
    "show": N_("Show student name"),
    "hide": N_("Hide student name"),
    "yes": N_("Yes"),
    "check": N_("Autograde"),
}
"""What static/lists.js says."""
FIELDS = (
    ('class="score tabbable"', N_("Points")),
    ('class="extra-credit tabbable"', N_("Extra points")),
    ('class="comment tabbable"', N_("Comment")),
)
"""Fields that have no name on the page, for those who hear it."""


PLAIN = str.maketrans({sign: f"&#{ord(sign)};" for sign in "<>\"'\\{}"})
"""Signs that could end what a word stands in."""


def page(source: str) -> str:
    """A template with its words, and its fields named, in the language in use."""
    words = _any(PAGES).replace(r"\ ", r"\s+")  # longer ones go on in the next line
    told = rf'(?<=[>}}"])(\s*)({words})(?=\s*[<{{"])'
    found = re.sub(told, lambda m: m[1] + _plain(_(" ".join(m[2].split()))), source)
    for field, name in FIELDS:
        found = found.replace(field, f'{field} aria-label="{_plain(_(name))}"')
    return re.sub(
        r"(<!doctype html>\s*)(?:<html>\s*)?(?=<head>)", rf'\1<html lang="{language()}">\n', found, flags=re.I
    )


def script(source: str) -> str:
    """A script with its words in the language in use."""
    found = rf'"( ?)({_any(SCRIPTS)})"'
    return re.sub(found, lambda m: json.dumps(m[1] + _(m[2]), ensure_ascii=False), source)


def _plain(text: str) -> str:
    """A translation that is text wherever nbgrader has it: between tags, in quotes, in a template's own code.

    Its arrows are HTML, and a catalog may have no other signs of it than the id has.
    """
    return text.translate(PLAIN)


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=32)
def _translated(path: Path, edition: str) -> bytes:
    return script(path.read_text(encoding="utf-8")).encode()


class Words(StaticFileHandler):
    """nbgrader's own scripts, translated; everything else of its files as it is."""

    @classmethod
    def get_content(cls, abspath: str, start: int | None = None, end: int | None = None) -> Any:
        """The script, or the part of it that was asked for."""
        return _translated(Path(abspath), edition())[start:end]

    def get_content_size(self) -> int:
        """How long the translated script is."""
        return len(self.get_content(str(self.absolute_path)))

    @classmethod
    def get_content_version(cls, abspath: str) -> str:
        """Another one in another language."""
        return f"{super().get_content_version(abspath)}-{edition()}"
