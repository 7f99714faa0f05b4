"""Every repository rule has a broken example, and each example yields exactly what is expected of it.

An example is a folder in ``bad_content/``: laid over the miniature course it breaks one rule, and its
``expected.txt`` holds the problems as an author reads them.
"""

from __future__ import annotations

import ast
import difflib
import shutil
from pathlib import Path

import pytest

from kommune3 import content, i18n
from kommune3.content import check, load_course
from kommune3.content.problem import ContentError

BAD = Path(__file__).parent / "bad_content"
EXAMPLES = sorted(path.name for path in BAD.iterdir())

WHOLE_FILE = {
    "file_not_named",
    "file_of_no_kind",
    "lix_too_high",
    "material_hard_to_read",
    "reflection_file_not_named",
    "reflection_source_differs",
    "reflection_source_missing",
    "stray_files",
    "stray_manifests",
    "stray_words",
    "toml_deep",
    "yaml_empty",
}
"""Examples of problems that stand on no line."""

SHOWN_ELSEWHERE = {
    # test_content_document.py, with bytes that no text file can hold
    "cannot be read: {why}",
    "is larger than {size} kB",
    "Split it, or check that it is the right file",
    "is not UTF-8: byte {byte} cannot be read",
    'Save it again with the encoding "UTF-8"',
    "holds the control character {code}",
    "Delete it",
    # test_content_materials.py, since only the base answers for it
    'module "{id}" has no notes for trainers',
    'role "{id}" has no run sheet',
    "Write it for the trainers, and name it under [[materials]]",
    # test_content_overlay.py
    "holds none of the course's files, so it changes nothing",
    "They lie directly in your own folder, as docs/authors.md shows",
    # test_content_places.py
    "is not a folder",
    "Give a folder that holds your own course.toml",
    "is a link that leads out of the course's folder",
    "Put the file itself there",
    "there is no such file",
    # test_content_paths.py
    "the scenario has more than {limit} states, too many to check",
    "Let fewer conditions depend on indicators",
    # test_content_summary.py
    "{id} ({title}): {minutes} minutes (says {said}), {words} words, LIX {lix} of {highest_lix}",
    "teaches: {rows}",
    "{id}: {nodes} situations, {endings} endings, {paths} paths of {shortest} to {longest} choices",
    # test_content_validate.py
    '"{name}" is not right: {why}',
    "It must fit {pattern}",
    "It is plain text without {signs}, at most 200 signs",
    # test_content_words.py, since the number changes with every string
    "Take new ones into the file with {command}, and translate them",
    'What is marked "fuzzy", first on line {line}, is not shown until you take the mark off',
}


def test_the_miniature_course_has_no_problem(mini_root: Path) -> None:
    assert check(mini_root) == []


def test_each_example_has_exactly_its_problem_and_each_message_an_example(
    mini_root: Path, monkeypatch: pytest.MonkeyPatch, each_text_once: None
) -> None:
    """A rule without a broken example may never have worked: each text of each rule is met here."""
    shown = set[str]()
    original = i18n.catalog("da")

    class Recorder:
        def gettext(self, message: str) -> str:
            shown.add(message)
            return original.gettext(message)

    monkeypatch.setattr(i18n, "catalog", lambda language: Recorder())
    assert EXAMPLES
    other = {name: wrong for name in EXAMPLES if (wrong := _other_than_expected(name, mini_root))}
    assert other == {}
    assert _messages() - shown - SHOWN_ELSEWHERE == set()
    assert SHOWN_ELSEWHERE & shown == set()


def _other_than_expected(name: str, mini_root: Path) -> list[str]:
    """What check says of an example beside what it should, and places that are not in the file."""
    expected = (BAD / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    if not expected:
        return ["an example without a problem shows nothing"]
    problems = check(mini_root, BAD / name)
    wrong = list(difflib.unified_diff(expected, [str(each) for each in problems], "expected", "found", n=0))
    for each in problems:
        there = name in WHOLE_FILE if each.line is None else 1 <= each.line <= _lines(each.file, mini_root)
        wrong += [] if there else [f"not in its file: {each}"]
    return wrong


def _lines(file: str, mini_root: Path) -> int:
    """How many lines an editor shows of the file."""
    path = next(path for path in (BAD / file, mini_root / file) if path.is_file())
    return path.read_text(encoding="utf-8").count("\n") + 1


def _messages() -> set[str]:
    """Every text that the content room may show."""
    found = set[str]()
    for path in Path(content.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="_" | "N_"), args=[ast.Constant(value=str(text))]):
                    found.add(text)
    return found


@pytest.mark.parametrize("name", ["yaml_broken", "target_unknown", "code_logic", "role_twice"])
def test_load_course_refuses_only_what_makes_it_unusable(name: str, mini_root: Path) -> None:
    """A dead link in a scenario is the author's to mend; broken YAML stops the course."""
    if name in ("yaml_broken", "role_twice"):
        with pytest.raises(ContentError) as caught:
            load_course(BAD / name, root=mini_root)
        expected = (BAD / name / "expected.txt").read_text(encoding="utf-8")
        assert str(caught.value) == expected.strip()
    else:
        assert load_course(BAD / name, root=mini_root).role("employee")


QUIZ, SCENARIO = 'quiz(\\"baenk-quiz\\")', 'scenario(\\"opkaldet\\")'
NOTEBOOKS = {QUIZ: "modules/common/01_baenken.ipynb", SCENARIO: "modules/employee/01_opkaldet.ipynb"}


@pytest.mark.parametrize(
    ("call", "written"),
    [
        (QUIZ, 'quiz(\\"baenk-kviz\\")'),
        (QUIZ, "quiz(”baenk-quiz”)"),
        (QUIZ, f"{QUIZ}\\n{QUIZ.replace('quiz', 'sorter')}"),
        (QUIZ, "quiz()"),
        (SCENARIO, 'Scenario(\\"opkaldet\\")'),
        (SCENARIO, 'scenario(\\"opkladet\\")'),
        (SCENARIO, "scenario(“opkaldet”)"),
    ],
)
def test_a_call_that_is_wrong_is_told_once_and_nothing_that_follows(
    call: str, written: str, mini_root: Path, tmp_path: Path
) -> None:
    """The aim, the module and the manifest would each blame somebody else for it."""
    file = tmp_path / "base" / NOTEBOOKS[call]
    shutil.copytree(mini_root, tmp_path / "base")
    text = file.read_text(encoding="utf-8")
    assert call in text
    file.write_text(text.replace(call, written), encoding="utf-8")
    assert [problem.file for problem in check(tmp_path / "base")] == [NOTEBOOKS[call]]


@pytest.mark.parametrize("text", ["", "{", '{"cells": 7}'])
def test_a_notebook_that_cannot_be_read_comes_first_and_nothing_is_said_to_be_in_vain(
    text: str, mini_root: Path, tmp_path: Path
) -> None:
    """Told to delete an exercise or a picture, an author might do so."""
    base = shutil.copytree(mini_root, tmp_path / "base")
    (base / "modules/common/baenk.svg").write_text("<svg/>", encoding="utf-8")
    (base / "modules/common/notat.txt").write_text("Ring!", encoding="utf-8")
    (base / NOTEBOOKS[QUIZ]).write_text(text, encoding="utf-8")
    problems = check(base)
    assert problems[0].file == NOTEBOOKS[QUIZ]
    others = [problem for problem in problems if problem.file != NOTEBOOKS[QUIZ]]
    assert [problem.file for problem in others] == ["modules/common/notat.txt"]
