"""Files that no editor should have written: each is a problem that an author can read, never a traceback."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommune3.content import ContentError, check
from kommune3.content.document import decoded, read_text
from kommune3.content.manifest import Manifest
from kommune3.content.notebook import read_notebook
from kommune3.content.toml_source import read_toml
from kommune3.content.validate import validated
from kommune3.content.yaml_source import read_yaml
from kommune3.engine.models import Scenario

FILES = {
    "yaml": "modules/employee/scenarios/opkaldet.yml",
    "toml": "course.toml",
    "notebook": "modules/employee/01_opkaldet.ipynb",
}

NASTY = {
    "Latin-1": ("titel: blå\n".encode("latin-1"), ":1: er ikke UTF-8: byte 0xe5 kan ikke læses."),
    "UTF-16": ("titel: blå\n".encode("utf-16"), ":1: er ikke UTF-8: byte 0xff kan ikke læses."),
    "NUL": (b"a: 1\nb: \x00\n", ":2: indeholder kontroltegnet U+0000."),
    "escape": (b"a: 1\nb: 2\nc: \x1b[31m\n", ":3: indeholder kontroltegnet U+001B."),
    "huge": (b"# " + b"x" * 3_000_000, "er større end"),
    "nothing": (b"", "filen"),
    "lists": (b"[" * 100_000, ""),
    "braces": (b"{" * 100_000, ""),
    "dashes": (b"- " * 100_000, ""),
    "tabs": (b"\tid: x\n", ""),
    "billion laughs": (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", ""),
    "long number": (b"minutes: " + b"9" * 10_000 + b"\n", ""),
    "dates": (b"a: 2026-11-01\nb: 19:30\nc: .inf\nd: 0x10\n", ""),
    "merge key": (b"<<: {a: b}\n", ""),
}


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("nasty", NASTY)
def test_nasty_file_is_a_problem(kind: str, nasty: str, mini_root: Path, tmp_path: Path) -> None:
    raw, expected = NASTY[nasty]
    path = tmp_path / FILES[kind]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    problems = check(mini_root, tmp_path)
    if kind == "toml" and nasty == "nothing":
        assert problems == []  # an empty overlay changes nothing
        return
    mine = [str(problem) for problem in problems if problem.file == f"{tmp_path.name}/{FILES[kind]}"]
    assert mine
    if nasty not in ("nothing",):
        assert any(expected in problem for problem in mine)


@pytest.mark.parametrize("kind", FILES)
def test_windows_line_ends_and_byte_order_mark_are_welcome(
    kind: str, mini_root: Path, tmp_path: Path
) -> None:
    source = mini_root / (f"course/{FILES[kind]}" if kind == "toml" else FILES[kind])
    path = tmp_path / FILES[kind]
    path.parent.mkdir(parents=True, exist_ok=True)
    text = source.read_text(encoding="utf-8").replace("../../../../../", "../")
    path.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert check(mini_root, tmp_path) == []


@pytest.mark.parametrize(("escape", "code"), [("\\u0000", "U+0000"), ("\\ud800", "U+D800")])
def test_what_no_page_can_show_is_refused_behind_an_escape_too(
    escape: str, code: str, mini_root: Path, tmp_path: Path
) -> None:
    text = (mini_root / FILES["notebook"]).read_text(encoding="utf-8")
    path = tmp_path / "x.ipynb"
    path.write_text(text.replace("Telefonen", escape, 1), encoding="utf-8")
    with pytest.raises(
        ContentError, match=rf"^x\.ipynb:5: indeholder kontroltegnet {re.escape(code)}\. Slet"
    ):
        read_notebook(path, "x.ipynb", "x.ipynb")
    with pytest.raises(ContentError, match=rf"^x\.yml:2: indeholder kontroltegnet {re.escape(code)}\. Slet"):
        read_yaml(f'a: 1\nb: "{escape}"\n', "x.yml")


def test_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"^x\.yml: kan ikke læses: "):
        read_text(tmp_path / "x.yml", "x.yml")


def test_folder_in_place_of_a_file(mini_root: Path, tmp_path: Path) -> None:
    (tmp_path / "course.toml").mkdir()
    assert [problem.file for problem in check(mini_root, tmp_path)] == [f"{tmp_path.name}/course.toml"]


def test_root_without_course(tmp_path: Path) -> None:
    found = {problem.file for problem in check(tmp_path)}
    assert found == {"course/course.toml", "course/sources.toml"}


def _scenario(raw: bytes) -> None:
    validated(Scenario, read_yaml(decoded(raw, "x.yml"), "x.yml"))


def _manifest(raw: bytes) -> None:
    validated(Manifest, read_toml(decoded(raw, "x.toml"), "x.toml"))


EDITS = st.lists(
    st.tuples(
        st.integers(0, 10_000),
        st.integers(0, 12),
        st.one_of(
            st.binary(max_size=4), st.sampled_from([b"[", b"{", b"'", b'"', b"\t", b": ", b"*", b"- "])
        ),
    ),
    min_size=1,
    max_size=4,
)


def _edited(raw: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    for at, cut, put in edits:
        at %= len(raw)
        raw = raw[:at] + put + raw[at + cut :]
    return raw


@pytest.mark.parametrize("kind", FILES)
def test_any_edit_is_read_or_refused(kind: str, mini_root: Path, tmp_path: Path) -> None:
    source = mini_root / (f"course/{FILES[kind]}" if kind == "toml" else FILES[kind])
    original, path = source.read_bytes(), tmp_path / "x.ipynb"

    @given(EDITS)
    @settings(max_examples=60, deadline=None)
    def read(edits: list[tuple[int, int, bytes]]) -> None:
        raw = _edited(original, edits)
        path.write_bytes(raw)
        try:
            if kind == "notebook":
                read_notebook(path, "x.ipynb", "x.ipynb")
            else:
                (_scenario if kind == "yaml" else _manifest)(raw)
        except ContentError as error:
            assert error.problems  # noqa: PT017
            assert all(problem.what for problem in error.problems)  # noqa: PT017

    read()


def test_recursion_limit_is_left_alone() -> None:
    before = sys.getrecursionlimit()
    with pytest.raises(ContentError):
        read_yaml("[" * 5000, "x.yml")
    assert sys.getrecursionlimit() == before
