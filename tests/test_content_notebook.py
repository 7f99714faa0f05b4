from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommune3.content import Call, Import
from kommune3.content.notebook import parse_code


@pytest.mark.parametrize(
    ("source", "meant"),
    [
        ('scenario("a")', Call("scenario", ("a",))),
        ("timeline()\n", Call("timeline", ())),
        ('quiz("a", 3)', Call("quiz", ("a", 3))),
        ("from kommune3.notebook import quiz, sorter", Import(("quiz", "sorter"))),
    ],
)
def test_one_line_is_understood(source: str, meant: Call | Import) -> None:
    assert parse_code(source) == meant


@pytest.mark.parametrize(
    "source",
    [
        "",
        "# only a comment",
        'x = scenario("a")',
        'scenario("a"); quiz("b")',
        'scenario(id="a")',
        'scenario(*["a"])',
        'scenario(f"a")',
        'scenario("a").display()',
        'widgets.scenario("a")',
        "scenario(b'a')",
        "scenario(1j)",
        "scenario(...)",
        "import os",
        "from os import path",
        "from .notebook import quiz",
        "from kommune3.notebook import *",
        "from kommune3.notebook import quiz as q",
        "from kommune3.widgets import quiz",
        "%matplotlib inline",
        "!rm -rf /",
        'scenario("\\d"',
        "(" * 5000,
        "\0",
    ],
)
def test_anything_else_is_refused(source: str) -> None:
    assert parse_code(source) is None


@given(st.text())
def test_any_text_is_read_or_refused(source: str) -> None:
    assert parse_code(source) is None or source.strip()
