"""Notebooks whose code would write, read and call: no way in, and no way to a grade, runs any of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import grading
from canaries import Canaries, canaries
from handing_in import ACTIVITY, ASSIGNMENT, GOOD, filled, packed, the_source, zipped
from kommune3.content import Course
from kommune3.grading.collect import Collector
from kommune3.grading.reading import Answers, read
from kommune3.register import Register, cohorts
from serving import BASE, BO, Factory


@pytest.fixture
def cage(tmp_path: Path) -> Iterator[Canaries]:
    with canaries(tmp_path / "canaries") as made:
        yield made


@pytest.fixture
def hostile(mini_course: Course, cage: Canaries) -> bytes:
    return packed(filled(the_source(mini_course), None, cage.infest))


def test_the_canaries_sing_where_the_code_is_run(cage: Canaries) -> None:
    cage.prove()


def test_reading_runs_nothing(mini_course: Course, cage: Canaries, hostile: bytes) -> None:
    assert read(hostile, the_source(mini_course)) == Answers({ACTIVITY: GOOD})
    assert cage.touched() == []


def test_handing_in_through_the_api_runs_nothing(make_app: Factory, cage: Canaries, hostile: bytes) -> None:
    client = TestClient(make_app(), base_url=BASE)
    headers = BO | {"Content-Type": "application/json"}
    answered = client.post(f"/api/v1/assignments/{ASSIGNMENT}/notebook", content=hostile, headers=headers)
    assert answered.status_code == 200, answered.text
    assert answered.json()["activities"] == {ACTIVITY: "checked"}
    assert cage.touched() == []


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_collecting_and_grading_run_nothing_and_change_nobody_elses_grades(
    staffed: Register, mini_course: Course, cage: Canaries, hostile: bytes, tmp_path: Path
) -> None:
    made = cohorts.make(staffed, "Hold", ["anna", "bo"], ["bo"], "bo", made_from="a list")
    post = tmp_path / "post"
    post.mkdir()
    (post / "anna.ipynb").write_bytes(packed(filled(the_source(mini_course))))
    (post / "bo.zip").write_bytes(zipped({"01_baenken.ipynb": hostile, "evil.py": b"open('x', 'w')"}))
    lines = Collector(staffed, mini_course, made.id).collect([post])
    assert sorted(line.became for line in lines) == ["refused", "stored", "stored"]
    assert cage.touched() == []
    done = grading.worker(staffed, mini_course).once()
    assert [(one.graded, one.trouble) for one in done] == [(2, "")]
    assert cage.touched() == []
    book = tmp_path / "data/nbgrader" / made.id / "gradebook.db"
    with sqlite3.connect(book) as db:
        assert db.execute("select count(*) from grade where manual_score is not null").fetchone() == (0,)
        assert db.execute("select count(*) from grade where auto_score = 1").fetchone() == (2,)
    for path in (tmp_path / "data/nbgrader").rglob("*.ipynb"):
        for sign in (b"canaries", b"onload", b"fetch("):
            assert sign not in path.read_bytes(), path.name
