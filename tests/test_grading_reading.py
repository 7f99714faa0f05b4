"""What comes in as a notebook is read whatever state it is in, or refused in plain words; nothing is run."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handing_in import ACTIVITY, GOOD, HAPPENED, NEXT, Change, cell, filled, mark, packed, schema, the_source
from kommune3.content import Course
from kommune3.engine.answers import tidy
from kommune3.engine.models import Prompt
from kommune3.grading.cells import MOST_CELLS
from kommune3.grading.found import MOST_BYTES
from kommune3.grading.reading import Answers, Unreadable, read
from kommune3.grading.source import Source
from kommune3.lab import notebooks

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture(scope="module")
def source(mini_course: Course) -> Source:
    return the_source(mini_course)


def got(source: Source, change: Change | None = None, given: list[str] | None = None) -> Answers:
    found = read(packed(filled(source, given, change)), source)
    assert isinstance(found, Answers), found
    return found


def reason(data: bytes, source: Source) -> str:
    found = read(data, source)
    assert isinstance(found, Unreadable), found
    return found.reason


def test_the_answers_are_read(source: Source) -> None:
    assert got(source) == Answers({ACTIVITY: GOOD})


def test_the_unsolved_exercise_is_read_as_unanswered(source: Source) -> None:
    found = read(packed(source.released), source)
    assert found == Answers({ACTIVITY: ["", ""]})
    assert not found.written


@pytest.mark.parametrize("keep", [str.splitlines, lambda text: text], ids=["lines", "text"])
def test_a_source_may_be_text_or_lines(source: Source, keep: Callable[[str], Any]) -> None:
    def change(notebook: dict[str, Any]) -> None:
        one = cell(notebook, ACTIVITY)
        lines = one["source"].splitlines(keepends=True)
        one["source"] = lines if keep("a\nb") == ["a", "b"] else "".join(lines)

    assert got(source, change).answers[ACTIVITY] == GOOD


# What a learner's program or hands may do to the notebook, the answer staying where it can be found.


def moved(notebook: dict[str, Any]) -> None:
    notebook["cells"].reverse()


def retyped(notebook: dict[str, Any]) -> None:
    cell(notebook, ACTIVITY)["cell_type"] = "code"


def raw(notebook: dict[str, Any]) -> None:
    cell(notebook, ACTIVITY)["cell_type"] = "raw"


def wiped(notebook: dict[str, Any]) -> None:
    for one in notebook["cells"]:
        one["metadata"] = {}


def no_metadata(notebook: dict[str, Any]) -> None:
    for one in notebook["cells"]:
        del one["metadata"]


def forged_points(notebook: dict[str, Any]) -> None:
    for one in notebook["cells"]:
        mark(one).update({"points": 10**30, "grade": False, "solution": False, "locked": False})


def forged_id(notebook: dict[str, Any]) -> None:
    mark(cell(notebook, ACTIVITY))["grade_id"] = "somebody-else"


def id_of_the_question(notebook: dict[str, Any]) -> None:
    mark(cell(notebook, ACTIVITY))["grade_id"] = f"{ACTIVITY}-question"


def odd_marks(notebook: dict[str, Any]) -> None:
    for one, odd in zip(notebook["cells"], (None, [], "x", 7, {"grade_id": 7}), strict=False):
        if mark(one).get("grade_id") != ACTIVITY:
            one["metadata"]["nbgrader"] = odd


def others_gone(notebook: dict[str, Any]) -> None:
    notebook["cells"] = [cell(notebook, ACTIVITY)]


def code_added(notebook: dict[str, Any]) -> None:
    code = ["%load_ext evil", "!rm -rf /", "import os; os.abort()", "%%bash\nexit 1"]
    for text in code:
        added = {"cell_type": "code", "metadata": {}, "source": text, "outputs": [{"bad": 1}]}
        notebook["cells"].insert(0, added)


def attachments(notebook: dict[str, Any]) -> None:
    cell(notebook, ACTIVITY)["attachments"] = {"x.png": {"image/png": "A" * 1000}}


def odd_cells(notebook: dict[str, Any]) -> None:
    notebook["cells"] += [None, 7, "text", [], {}, {"cell_type": "markdown"}, {"source": None}]


def kernel(notebook: dict[str, Any]) -> None:
    notebook["metadata"] = {"kernelspec": {"name": "evil", "argv": ["rm"]}}


def newer(notebook: dict[str, Any]) -> None:
    notebook["nbformat"], notebook["nbformat_minor"] = 5, 99


def unversioned(notebook: dict[str, Any]) -> None:
    del notebook["nbformat"], notebook["nbformat_minor"]


def format_3(notebook: dict[str, Any]) -> None:
    for one in notebook["cells"]:
        if one["cell_type"] == "code":
            one["input"] = one.pop("source")
    notebook["worksheets"] = [{"cells": notebook.pop("cells")}, None, {}]
    notebook["nbformat"] = 3


KEPT: dict[Change, str] = {
    moved: "",
    retyped: "made into another kind",
    raw: "made into another kind",
    wiped: "found by its headings",
    no_metadata: "found by its headings",
    forged_points: "",
    forged_id: "found by its headings",
    id_of_the_question: "found by its headings",
    odd_marks: "",
    schema(None): "",
    schema(0): "",
    schema(99): "",
    schema("three"): "",
    others_gone: "",
    code_added: "",
    attachments: "",
    odd_cells: "",
    kernel: "",
    newer: "",
    unversioned: "",
    format_3: "",
}


@pytest.mark.parametrize(("change", "note"), KEPT.items(), ids=lambda one: getattr(one, "__name__", None))
def test_the_answer_is_found(source: Source, change: Change, note: str) -> None:
    found = got(source, change)
    assert found.answers == {ACTIVITY: GOOD}
    assert (note in "".join(found.notes)) if note else not found.notes


def doubled(first: list[str], second: list[str], source: Source) -> Change:
    def change(notebook: dict[str, Any]) -> None:
        one = cell(notebook, ACTIVITY)
        two = copy.deepcopy(one)
        one["source"] = cell(filled(source, first), ACTIVITY)["source"]
        two["source"] = cell(filled(source, second), ACTIVITY)["source"]
        notebook["cells"].append(two)

    return change


@pytest.mark.parametrize(("first", "second"), [(GOOD, ["", ""]), (["", ""], GOOD), (GOOD, GOOD)])
def test_of_two_cells_the_one_with_the_answer_counts(
    source: Source, first: list[str], second: list[str]
) -> None:
    assert got(source, doubled(first, second, source)) == Answers({ACTIVITY: GOOD})


def test_a_cell_that_was_split_is_put_together(source: Source) -> None:
    assert got(source, doubled([HAPPENED, ""], ["", NEXT], source)) == Answers({ACTIVITY: GOOD})


def test_nothing_is_lost_where_two_cells_differ(source: Source) -> None:
    found = got(source, doubled(GOOD, [HAPPENED, "Noget helt andet."], source))
    assert found.answers[ACTIVITY] == [HAPPENED, f"{NEXT}\n\nNoget helt andet."]
    assert "stood twice" in found.notes[0]
    longer = [HAPPENED, f"{NEXT} Og lidt til."]
    assert got(source, doubled(GOOD, longer, source)) == Answers({ACTIVITY: longer}), "one holds the other"


def test_a_deleted_answer_is_told_and_not_made_up(source: Source) -> None:
    def change(notebook: dict[str, Any]) -> None:
        notebook["cells"].remove(cell(notebook, ACTIVITY))

    found = got(source, change)
    assert not found.written
    assert found.notes == ("The cell for the answer was deleted.",)


def test_an_answer_written_beside_its_cell_is_told(source: Source) -> None:
    def change(notebook: dict[str, Any]) -> None:
        notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": HAPPENED})

    found = got(source, change, ["", ""])
    assert found.answers[ACTIVITY] == ["", ""]
    assert "in other cells" in found.notes[0]


def test_what_the_course_wrote_into_a_learners_notebook_is_no_answer(source: Source) -> None:
    def change(notebook: dict[str, Any]) -> None:
        notebook["cells"].insert(
            0, notebooks.markdown(notebooks.BACK, "*[Åbn det her som side i kurset](x).*")
        )

    assert got(source, change, ["", ""]).notes == ()


def test_half_the_headings_in_a_wiped_notebook_prove_nothing(source: Source) -> None:
    def change(notebook: dict[str, Any]) -> None:
        wiped(notebook)
        notebook["cells"] = [{"cell_type": "markdown", "source": f"#### Hvad skete der?\n\n{HAPPENED}"}]

    assert "not one of this course's exercises" in reason(packed(filled(source, None, change)), source)


# An assignment with a second reflection: which notebook is it?


@pytest.fixture(scope="module")
def second(source: Source) -> Source:
    prompts = (Prompt(title="Hvad så du?"), Prompt(title="Hvem var med?"))
    return as_second(source, prompts)


def as_second(source: Source, prompts: tuple[Prompt, ...]) -> Source:
    text = json.dumps(source.released).replace(ACTIVITY, "anden").replace("Din egen", "Din anden")
    cells = tuple(
        replace(
            one,
            grade_id=one.grade_id.replace(ACTIVITY, "anden"),
            source=one.source.replace("Din egen", "Din anden"),
        )
        for one in source.cells
    )
    reflection = source.reflection.model_copy(update={"id": "anden", "prompts": prompts})
    return Source(reflection, "02_anden", cells, json.loads(text))


def test_a_notebook_belongs_to_the_reflection_that_it_holds(source: Source, second: Source) -> None:
    found = read(packed(filled(source)), (second, source))
    assert found == Answers({ACTIVITY: GOOD})
    assert "not one of" in reason(packed(filled(source)), second)


def test_headings_tell_where_a_grade_id_lies(source: Source, second: Source) -> None:
    def change(notebook: dict[str, Any]) -> None:
        mark(cell(notebook, ACTIVITY))["grade_id"] = "anden"

    found = read(packed(filled(source, None, change)), (source, second))
    assert isinstance(found, Answers)
    assert found.answers[ACTIVITY] == GOOD
    assert not any(found.answers.get("anden", []))


def test_the_same_headings_in_two_exercises_are_told_apart_by_what_was_asked(source: Source) -> None:
    twin = as_second(source, source.reflection.prompts)
    assert read(packed(filled(source)), (twin, source)) == Answers({ACTIVITY: GOOD})
    found = read(packed(filled(source, None, wiped)), (twin, source))
    assert isinstance(found, Answers)
    assert {name: texts for name, texts in found.answers.items() if any(texts)} == {ACTIVITY: GOOD}

    def nothing_else(notebook: dict[str, Any]) -> None:
        others_gone(notebook)
        wiped(notebook)

    assert "not one of" in reason(packed(filled(source, None, nothing_else)), (twin, source))  # type: ignore[arg-type]


# Files that are no notebook.

DEEP = b'{"cells": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"
BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "spaces": (b" \n\t", "empty"),
    "only a BOM": (b"\xef\xbb\xbf", "empty"),
    "zeros": (b"\0" * 1000, "empty"),
    "cut off": (b'{"cells": [{"cell_type": "markdown", "source": "Fortrol', "damaged"),
    "not JSON": (b"Fortroligt: en tekst", "damaged"),
    "list": (b"[]", "not a notebook"),
    "number": (b"7", "not a notebook"),
    "null": (b"null", "not a notebook"),
    "no cells": (b"{}", "not a notebook"),
    "cells are none": (b'{"cells": {"a": 1}}', "not a notebook"),
    "no cell in it": (b'{"cells": []}', "not one of this course's exercises"),
    "page": (b"<!DOCTYPE html><p>Fortroligt", "(HTML)"),
    "saved page": (b"\xef\xbb\xbf\n<html>", "(HTML)"),
    "PDF": (b"%PDF-1.7 \xff", "(PDF)"),
    "Word": (b"PK\x03\x04", "(zip)"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1", "(Office)"),
    "too deep": (DEEP, "too deeply"),
    "too large": (b"{" + b" " * MOST_BYTES, "larger than 2 MB"),
    "too many cells": (json.dumps({"cells": [{}] * (MOST_CELLS + 1)}).encode(), "more than 1000 cells"),
    "noise": (bytes(range(256)) * 4, "not UTF-8"),
    "half a UTF-16": (b"\xff\xfe{\x00a", "not UTF-8"),
}


@pytest.mark.parametrize(("data", "told"), BAD.values(), ids=BAD)
def test_what_is_no_notebook_is_refused_in_words(source: Source, data: bytes, told: str) -> None:
    said = reason(data, source)
    assert told in said
    assert "Fortrol" not in said, "a reason may be shown to others"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_what_json_may_be_written_in_is_read(source: Source, encoding: str) -> None:
    text = packed(filled(source)).decode()
    assert read(text.encode(encoding), source) == Answers({ACTIVITY: GOOD})


def test_windows_letters_are_read_and_told(source: Source) -> None:
    found = read(packed(filled(source)).decode().encode("cp1252"), source)
    assert isinstance(found, Answers)
    assert found.answers[ACTIVITY] == GOOD
    assert "Windows" in found.notes[0]


@pytest.mark.parametrize("number", ["1" * 100_000, "1e999999", "-1e-999999", "NaN", "Infinity", "-0"])
def test_numbers_of_any_kind_do_no_harm(source: Source, number: str) -> None:
    text = packed(filled(source)).decode().replace('"points": 4', f'"points": {number}')
    assert number in text
    assert read(text.encode(), source) == Answers({ACTIVITY: GOOD})


def test_half_signs_zeros_and_other_unseen_signs_are_taken_out(source: Source) -> None:
    text = packed(filled(source)).decode().replace("væltet", "v\\ud800ælt\\u0000et\\u202e\x07")
    found = read(text.encode(), source)
    assert isinstance(found, Answers)
    kept = found.answers[ACTIVITY][0]
    kept.encode("utf-8")
    assert not set(kept) & {"\0", "\ud800", "\u202e", "\x07"}


def test_an_answer_above_the_limit_is_refused_and_one_below_is_not(source: Source) -> None:
    assert got(source, None, ["ord " * 2_000, "<" * 10_000]).written
    assert "longer than 20.000" in reason(packed(filled(source, ["x" * 200_000, ""])), source)


@given(st.lists(st.text(max_size=300), min_size=2, max_size=2))
def test_whatever_is_written_comes_back(source: Source, texts: list[str]) -> None:
    assert got(source, None, texts).answers[ACTIVITY] == [tidy(text) for text in texts]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(
    st.binary(max_size=200) | JSON.map(lambda one: json.dumps({"cells": [one], "worksheets": one}).encode())
)
def test_nothing_that_comes_in_breaks_the_reader(source: Source, data: bytes) -> None:
    assert isinstance(read(data, source), Unreadable | Answers)


@given(st.lists(JSON, max_size=4), st.dictionaries(st.sampled_from(["nbgrader", "x"]), JSON))
def test_no_cell_and_no_metadata_breaks_it_either(source: Source, cells: list[Any], metadata: Any) -> None:
    def change(notebook: dict[str, Any]) -> None:
        notebook["cells"] += [*cells, {"cell_type": cells, "source": cells, "metadata": metadata}]
        notebook["metadata"] = metadata

    assert got(source, change).answers[ACTIVITY] == GOOD
