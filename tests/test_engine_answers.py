"""A learner's text goes into a notebook cell and comes out as it was, and is text wherever it is shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kommune3.engine.answers import STUB, compose, parse, tidy
from kommune3.engine.models import Prompt

PROMPTS = (Prompt(title="Hvad skete der?"), Prompt(title="Hvad vil du prøve, og hvornår?"))
HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[klik](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "<https://example.org>",
    "https://example.org www.example.org anna@example.org",
    "$\\href{javascript:alert(1)}{x}$ $$x$$ \\(x\\) \\[y\\] \\begin{a}b\\end{a} \\\\[z\\\\]",
    "# en\n## to\n- tre\n+ fire\n* fem\n1. seks\n2) syv\n> otte",
    "a\n===\nb\n---\n***\n___",
    "```\nkode\n```\n~~~\nmere\n~~~\n`x`",
    "    indrykket\n\tkode",
    "| a | b |\n|---|---|\n| 1 | 2 |\na | b\n:-|-:\n1 | 2",
    "term\n: forklaring",
    "- [ ] gør det\n[^1] og [a]: http://x",
    "&lt;b&gt; &amp; &#60;script&#62; &nbsp;",
    "\\<b\\> \\\\ \\* slut\\",
    "#### Hvad skete der?\n\n**Hvad skete der?**\n### BEGIN SOLUTION",
    STUB,
    f"Linje\n{STUB}\nLinje",
    "a\u202eb\u2066c\u200bd\ufeffe\x00f\x1bg",
    "to  mellemrum  \nog\\\nskråstreg",
    "\uff04 \u29f5",
]
SIGNS = st.text(alphabet=st.sampled_from(list("a b\n#*_`[]()<>&$\\|~!-+=:.1@/{}^\"'\t;w")), max_size=60)
ANSWERS = st.tuples(st.one_of(st.text(max_size=80), SIGNS), SIGNS)


def hostile(test: Callable[..., None]) -> Callable[..., None]:
    """Try these on top of what is made up."""
    for text in HOSTILE:
        test = example(answers=(text, text))(test)
    return test


@hostile
@given(answers=ANSWERS)
def test_what_was_composed_is_read_back(answers: tuple[str, str]) -> None:
    assert parse(PROMPTS, compose(PROMPTS, answers)) == [tidy(answer) for answer in answers]


@hostile
@given(answers=ANSWERS)
def test_tidying_twice_changes_nothing(answers: tuple[str, str]) -> None:
    once = tidy(answers[0])
    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)


def tags(html: str) -> set[str]:
    # the headings are ours, and nbconvert gives each a link to itself
    html = re.sub(r'<a class="anchor-link" href="#[^"]*">[^<]*</a>', "", html)
    return set(re.findall(r"</?([^\s/>]+)", html))


def shown(html: str) -> str:
    """The text of the page, as a browser has it."""
    lines = re.sub(r"<br\s*/?>\s*", "\n", re.sub(r"</p>\s*<p>", "\n\n", html))
    return unescape(re.sub(r"<[^>]*>", "", lines))


@hostile
@given(answers=ANSWERS)
def test_markdown_shows_text_and_nothing_else(answers: tuple[str, str]) -> None:
    html = MarkdownIt("gfm-like", {"linkify": False}).render(compose(PROMPTS, answers))
    assert tags(html) <= {"h4", "p", "br"}


@hostile
@settings(max_examples=60)
@given(answers=ANSWERS)
def test_nbconvert_shows_text_and_nothing_else(answers: tuple[str, str]) -> None:
    """What nbgrader's formgrader uses, in the trainer's own Jupyter; and MathJax reads what it gives."""
    from nbconvert.filters.markdown import markdown2html

    html = markdown2html(compose(PROMPTS, answers))
    assert tags(html) <= {"h4", "p", "br"}
    assert not re.search(r"[$\\]", html), "MathJax would act on it"


@pytest.mark.parametrize("text", HOSTILE)
def test_the_reader_sees_what_was_written(text: str) -> None:
    alone = compose(PROMPTS[:1], [text]).partition("\n\n")[2]
    seen = shown(MarkdownIt("commonmark").render(alone)).strip()
    assert seen.translate({0xFF04: "$", 0x29F5: "\\"}) == tidy(text)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ["", ""]),
        (f"#### Hvad skete der?\n\n{STUB}\n\n#### Hvad vil du prøve, og hvornår?\n\n{STUB}", ["", ""]),
        (f"#### Hvad skete der?\n\n{STUB}\nJeg ringede.", ["Jeg ringede.", ""]),
        ("Jeg ringede.\n\n#### Hvad vil du prøve, og hvornår?\n\nIgen.", ["Jeg ringede.", "Igen."]),
        ("Det hele i ét.\nPå to linjer.", ["Det hele i ét.\nPå to linjer.", ""]),
        ("#### Det skete\nA\n#### Det vil jeg\nB", ["A", "B"]),
        ("#### Hvad skete der\nA\n#### Mit næste skridt\nB", ["A", "B"]),
        ("## HVAD SKETE DER?\nA\n###Hvad vil du prøve og hvornår\nB", ["A", "B"]),
        ("**Hvad skete der?**\nA\n**Hvad vil du prøve, og hvornår?:**\nB", ["A", "B"]),
        (
            "#### Hvad skete der?\nA\n#### Hvad vil du prøve, og hvornår?\nB\n#### Hvad skete der?\nC",
            ["A\n\nC", "B"],
        ),
        ("#### Hvad skete der?\nA\n## Min egen\nB", ["A\n## Min egen\nB", ""]),
        ("#### Hvad skete der?\r\n\r\nA &amp; B &lt; C\\*\r\n", ["A & B < C*", ""]),
        (
            "#### Hvad skete der?\n### BEGIN SOLUTION\nA\n### END SOLUTION\n#### Et skridt",
            ["A", ""],
        ),
        ("####### ikke en overskrift", ["####### ikke en overskrift", ""]),
    ],
)
def test_answers_written_by_hand(source: str, expected: list[str]) -> None:
    assert parse(PROMPTS, source) == expected


def test_a_long_line_of_signs_takes_no_time_to_speak_of() -> None:
    for sign in ("#", "# ", "*", "&", "\\", "[", "**", "_ "):
        parse(PROMPTS, sign * 200_000 + "x")  # quadratic, it would outlast the test's own time limit


def test_as_many_answers_as_prompts() -> None:
    with pytest.raises(ValueError, match="argument"):
        compose(PROMPTS, ["en"])
