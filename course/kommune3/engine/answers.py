"""A reflection's answers as the one Markdown cell that nbgrader knows, and back.

nbgrader's formgrader shows the cell as HTML in the trainer's own Jupyter, where a script could run code.
So every sign that Markdown, HTML or MathJax would act on is written so that it stays a sign, wherever it is
shown, and can be read back.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence

from .models import Prompt
from .normal import normal

STUB = "Skriv dit svar her."
"""What stands in a released exercise where an answer goes."""

MOST_CHARACTERS = 20_000
"""The most that the answers of one reflection may hold, all together."""

IGNORED = frozenset([STUB, "### BEGIN SOLUTION", "### END SOLUTION"])
"""Lines that are no answer: the stub, and what a source has around a model answer."""

LEVEL = 4
"""How deep the headings are that prompts stand in: ``####``."""

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_JOINERS = {"\u200c", "\u200d"}  # emoji and some scripts are written with them
_STAND_INS = str.maketrans({"$": "\uff04", "\\": "\u29f5"})
_ORIGINALS: dict[int, str | None] = {0xFF04: "$", 0x29F5: "\\"}
"""MathJax reads the finished page, where no escape is left of ``$`` and of backslashes: so none is there."""

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_SIGNS = re.compile(r"[`*_\[\]|~@]|:(?=//)|(?i:(?<=\bwww)\.)")
_START = re.compile(r"^(?:[#+=:-]|(\d+)(?=[.)]))")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|\\\n|(&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,30});)")


def tidy(text: str) -> str:
    """The text as it is kept: NFC, plain line breaks, nothing unseen, no spaces around lines.

    At most one empty line stands between paragraphs. Tidying twice changes nothing.
    """
    text = _UNSEEN.sub("", _BREAKS.sub("\n", text)).replace("\t", " ")
    formats = {sign for sign in set(text) if unicodedata.category(sign) == "Cf"} - _JOINERS
    seen = text.translate(_ORIGINALS | dict.fromkeys(map(ord, formats)))
    plain = normal("NFC", seen)
    lines = "\n".join(line.strip() for line in plain.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def compose(prompts: Sequence[Prompt], answers: Sequence[str]) -> str:
    """The answer cell: each prompt as a heading, and its answer, or the stub where there is none.

    Raises ValueError where there are not as many answers as prompts.
    """
    parts = [
        f"{'#' * LEVEL} {prompt.title}\n\n{_escaped(tidy(answer)) or STUB}"
        for prompt, answer in zip(prompts, answers, strict=True)
    ]
    return "\n\n".join(parts)


def parse(prompts: Sequence[Prompt], source: str) -> list[str]:
    """The answers that the cell holds, one for each prompt, tidied; "" for the stub and for what is absent.

    Takes what people do by hand: text above the first heading belongs to the first prompt, a heading that
    stands twice goes on with its prompt, and where only the wording of headings was changed, their order
    decides. Other headings are the author's own and stay in the answer.
    """
    lines = _BREAKS.sub("\n", source).split("\n")
    found = _prompts_at(prompts, lines)
    parts: list[list[str]] = [[] for _prompt in prompts]
    at = 0
    for number, line in enumerate(lines):
        if number in found:
            at = found[number]
            parts[at].append("")  # so that what follows the same heading again is a paragraph of its own
        elif line.strip() not in IGNORED:
            parts[at].append(line)
    return [tidy(_plain("\n".join(part))) for part in parts]


def _escaped(text: str) -> str:
    """The text as Markdown that shows exactly it; line breaks stay line breaks."""
    paragraphs = text.split("\n\n")
    return "\n\n".join("\\\n".join(map(_line, one.split("\n"))) for one in paragraphs)


def _line(line: str) -> str:
    if line == STUB:  # somebody's answer, if a poor one
        return line[:-1] + "\\."
    signs = _SIGNS.sub(r"\\\g<0>", line.translate(_STAND_INS)).translate(_ENTITIES)
    return _START.sub(lambda start: f"{start[1]}\\" if start[1] else f"\\{start[0]}", signs)


def _plain(source: str) -> str:
    """The text that the Markdown shows, its entities and escapes read."""
    return _ESCAPED.sub(lambda at: html.unescape(at[2]) if at[2] else at[1] or "\n", source)


def _prompts_at(prompts: Sequence[Prompt], lines: Sequence[str]) -> dict[int, int]:
    """The numbers of the lines that are a prompt's heading, and of which prompt."""
    wanted = {_bare(prompt.title): at for at, prompt in enumerate(prompts)}
    found, others = dict[int, int](), list[int]()
    for number, line in enumerate(lines):
        level, title = _heading(line)
        if level and title in wanted:
            found[number] = wanted[title]
        elif level == LEVEL:
            others.append(number)
    absent = [at for at in range(len(prompts)) if at not in found.values()]
    if absent and len(others) == len(absent):
        found |= _renamed(found, others, absent)
    return found


def _renamed(found: dict[int, int], others: list[int], absent: list[int]) -> dict[int, int]:
    """The headings whose wording was changed, where all then stand in the prompts' order; none otherwise."""
    renamed = dict(zip(others, absent, strict=True))
    order = [at for _line, at in sorted({**found, **renamed}.items())]
    return renamed if order == sorted(order) else {}


def _heading(line: str) -> tuple[int, str]:
    """How deep a heading the line is and its words; 0 where it is none. A line in bold is one, too."""
    text = line.strip()
    for mark in ("**", "__"):
        if text.startswith(mark) and text.rstrip(":").endswith(mark):
            return LEVEL + 1, _bare(text)
    level = len(text) - len(text.lstrip("#"))
    return (level, _bare(text)) if level <= 6 else (0, "")


def _bare(title: str) -> str:
    """A heading's words alone, for comparing."""
    return " ".join(re.findall(r"[^\W_]+", normal("NFC", html.unescape(title)).casefold()))
