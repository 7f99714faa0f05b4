"""A cohort with two reflections that try to run a script, one from a page and one in a zip by mail."""

from __future__ import annotations

import json
import shutil
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import Any

import patient
from forking import Program
from kommune3.content import Course, load_course
from kommune3.engine.judge import version
from kommune3.register import Person, cohorts, open_register, people
from serving import Running, environment, running

REFLECTION, MODULE = "employee-02-refleksion", "employee-02"
OVERLAY = f'[[modules]]\nid = "{MODULE}"\napproval = true\nrequired = ["{REFLECTION}"]\n'
EVIL = (
    "<script>window.evil = 1</script><img src=x onerror='window.evil = 2'> [x](javascript:window.evil=3) $x$"
)
WORDS = (
    "En far ringede og ville selv køre sin datter til lægen, og jeg lod ham gøre det, selv om det tog "
    "længere tid at forklare end at gøre. Næste gang spørger jeg først, hvis telefonen ikke kimer."
)
FORMULAS = r"""

Af $a_1$ forældre kom `$ingen$`:

$$\frac{a^2}{b} \href{javascript:window.evil=4}{c}$$
"""


class Classroom:
    """A running course with a cohort whose trainer sits at the machine and is a member too."""

    def __init__(self, course: Running, cohort: str, content: Course, data: Path) -> None:
        self.course, self.cohort, self.content, self.data = course, cohort, content, data

    @property
    def page(self) -> str:
        """The cohort's page."""
        return f"{self.course.address}trainer/cohorts/{self.cohort}"

    def api(self, path: str) -> Any:
        """What the course says."""
        return patient.get(f"{self.course.address}api/v1/{path}").raise_for_status().json()


@contextmanager
def opened(home: Path, shipped: Course, warm: Path) -> Iterator[Classroom]:
    """The course with that cohort, in a folder; it ends with the block."""
    (home / "own").mkdir()
    (home / "own" / "course.toml").write_text(OVERLAY, encoding="utf-8")
    for file in (shipped.exercise(REFLECTION), shipped.solution(REFLECTION)):
        with_formulas(file, home / "own" / file.relative_to(file.parents[2]))
    own = load_course(overlay=home / "own")
    shutil.copytree(warm / "cache", home / "data" / "cache")
    cohort = made_cohort(home / "data")
    with running(home, "--course", str(home / "own"), grading=True) as course:
        room = Classroom(course, cohort, own, home / "data")
        sent_from_a_page(room)
        sent_by_mail(home, own, cohort)
        yield room
        assert course.stop() == 0


def with_formulas(notebook: Path, copy: Path) -> None:
    """The municipality's own copy of an exercise, whose question holds formulas."""
    made = json.loads(notebook.read_text(encoding="utf-8"))
    ids = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in made["cells"]]
    question = made["cells"][ids.index(f"{REFLECTION}-question")]
    question["source"] = "".join(question["source"]) + FORMULAS
    copy.parent.mkdir(parents=True)
    copy.write_text(json.dumps(made), encoding="utf-8")


def made_cohort(data: Path) -> str:
    """Hold A: Anna, and the trainer."""
    register = open_register(data)
    people.ensure_local(register)
    with register.write() as session:
        people.add(session, [Person("anna", "Anna <b>Ankjær</b>", role="employee")], "roster")
    made = cohorts.make(register, "Hold A", ["local", "anna"], ["local"], "local", made_from="list")
    register.close()
    return made.id


def sent_from_a_page(room: Classroom, last: str = "at vi er for få") -> None:
    """The trainer's own reflection; ``last`` is its last answer."""
    me = patient.put(f"{room.course.address}api/v1/me/role", json={"role": "employee"})
    assert me.is_success, "one without a role keeps reflections to oneself"
    reflection = room.content.activities[REFLECTION]
    body = {
        "version": version(reflection),
        "key": str(uuid.uuid4()),
        "answers": [WORDS, EVIL, "i morgen tidlig", last],
    }
    address = f"{room.course.address}api/v1/reflections/{REFLECTION}/submissions"
    assert patient.post(address, json=body).status_code == 201


def sent_by_mail(home: Path, course: Course, cohort: str) -> None:
    """Anna's, with a cell that nobody may run."""
    notebook = json.loads(course.exercise(REFLECTION).read_text(encoding="utf-8"))
    answer = next(
        c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == REFLECTION
    )
    source = "".join(answer["source"])
    for text in (f"{WORDS} mail", EVIL, "på fredag", "travlhed"):
        source = source.replace("Skriv dit svar her.", text, 1)
    answer["source"] = source
    notebook["cells"].append(
        {
            "cell_type": "code",
            "id": "x1",
            "metadata": {},
            "source": "open('canary', 'w')",
            "outputs": [],
            "execution_count": None,
        }
    )
    (home / "mail").mkdir()
    with zipfile.ZipFile(home / "mail" / "anna.zip", "w") as packed:
        packed.writestr(course.exercise(REFLECTION).name, json.dumps(notebook))
    command = ["collect", "--cohort", cohort, str(home / "mail")]
    env = environment(home, KOMMUNE3_DATA=str(home / "data"), KOMMUNE3_COURSE=str(home / "own"))
    said, errors = home / "collected.txt", home / "collect-errors.txt"
    with chdir(home):
        ran = Program(command, said, errors, env=env)
    assert ran.wait(patient.SECONDS) == 0, said.read_text("utf-8") + errors.read_text("utf-8")
    assert not (home / "canary").exists()
