"""Killed without warning, again and again: whatever was acknowledged is there afterwards."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from forking import Program
from kommune3.register import open_register
from kommune3.register.reflection_tables import SubmissionRow
from kommune3.register.tables import AttemptRow, PersonRow

WRITER = """
import sys, threading
from pathlib import Path
from uuid import uuid4
from kommune3.content import load_course
from kommune3.register import open_register, attempts, people

register = open_register(Path(sys.argv[1]))
course = load_course(root=Path(sys.argv[2]))
people.ensure_local(register)
lock = threading.Lock()

def learn():
    while True:
        key = str(uuid4())
        attempts.record(register, course, "local", "opkaldet", key, ["sporg"])
        with lock:
            print(key, flush=True)

for _ in range(4):
    threading.Thread(target=learn, daemon=True).start()
threading.Event().wait()
"""
ROUNDS = 6
REFLECTING = """
import sys
from pathlib import Path
from uuid import uuid4
from kommune3.content import load_course
from kommune3.register import open_register, people, reflections

register = open_register(Path(sys.argv[1]))
course = load_course(root=Path(sys.argv[2]))
people.ensure_local(register)
while True:
    key = str(uuid4())
    mark = "".join(letter for letter in key if letter.isalpha())  # the same text twice would be stored once
    own = "Jeg vil spørge naboen, hvad der skal til, og høre, om hun og hendes mand vil være med. De bor "
    own += "lige ved stien og kender alle, der går der om morgenen."
    answers = [f"Gang {mark}: {own}", "Det prøver jeg på mandag."]
    revision = reflections.of(register, course, "local", "baenk-refleksion").revision
    draft = reflections.save_draft(register, course, "local", "baenk-refleksion", answers, revision)
    sent = reflections.submit(register, course, "local", "baenk-refleksion", key, answers)
    print(key, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.slow
def test_every_acknowledged_attempt_survives_sigkill(tmp_path: Path, mini_root: Path) -> None:
    chance = random.Random(3)
    acknowledged: list[str] = []
    for _round in range(ROUNDS):
        acknowledged += _killed_while_writing(tmp_path, mini_root, chance.uniform(0.01, 0.4))
    register = open_register(tmp_path / "data")
    with register.read() as session:
        stored = list(session.scalars(select(AttemptRow.key)))
        standing = session.scalar(select(PersonRow.standing))
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
    register.close()
    assert set(acknowledged) <= set(stored)
    assert len(stored) == len(set(stored))
    assert len(acknowledged) >= ROUNDS
    assert standing == "employee-01=s"


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.slow
def test_every_acknowledged_reflection_survives_sigkill(tmp_path: Path, mini_root: Path) -> None:
    chance = random.Random(4)
    acknowledged: list[str] = []
    for _round in range(3):
        acknowledged += _killed_while_writing(tmp_path, mini_root, chance.uniform(0.05, 0.4), REFLECTING)
    register = open_register(tmp_path / "data")
    with register.read() as session:
        rows = list(session.scalars(select(SubmissionRow)))
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
    register.close()
    assert set(acknowledged) <= {row.key for row in rows}
    assert all(len(row.answers) == 2 and all(row.answers) for row in rows)
    assert len(acknowledged) >= 3


def _killed_while_writing(tmp_path: Path, mini_root: Path, after: float, writer: str = WRITER) -> list[str]:
    """The keys acknowledged by a process that lives so many seconds after its first one."""
    said, errors = tmp_path / f"{uuid4()}.txt", tmp_path / "errors.txt"
    process = Program([str(tmp_path / "data"), str(mini_root)], said, errors, code=writer)
    try:
        assert process.line_with(""), errors.read_text("utf-8")
        time.sleep(after)
    finally:
        process.kill()
        process.wait()
    whole = [line for line in said.read_text("ascii").splitlines(keepends=True) if line.endswith("\n")]
    return [line.strip() for line in whole]
