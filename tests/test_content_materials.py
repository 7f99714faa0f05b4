"""What trainers take into the room: each module has its notes and each role its run sheet."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kommune3.content import Course, check
from kommune3.engine.exercises import CitizenMap


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ("employee-01-noter", 'modul "employee-01" har ingen noter til undervisere.'),
        ("koereplan-byraad", 'rolle "politician" har ingen køreplan.'),
    ],
)
def test_what_is_missing_is_told_at_its_row(mini_root: Path, tmp_path: Path, gone: str, told: str) -> None:
    root = shutil.copytree(mini_root, tmp_path / "mini")
    manifest = root / "course/course.toml"
    rows = manifest.read_text(encoding="utf-8").split("[[materials]]")
    kept, dropped = [], ""
    for row in rows:
        dropped, kept = (row, kept) if f'id = "{gone}"' in row else (dropped, [*kept, row])
    manifest.write_text("[[materials]]".join(kept), encoding="utf-8")
    (root / re.findall(r'file = "(.+)"', dropped)[0]).unlink()
    (problem,) = check(root)
    assert (problem.file, problem.what + ".") == ("course/course.toml", told)
    assert "[[materials]]" in problem.hint
    line = manifest.read_text(encoding="utf-8").split("\n")[(problem.line or 0) - 1]
    assert line in ("[[modules]]", "[[roles]]")


def test_a_municipality_may_do_without(mini_root: Path, tmp_path: Path) -> None:
    own = '[municipality]\nname = "Storby"\n[[modules]]\nid = "common-01"\nminutes = 6\n'
    (tmp_path / "course.toml").write_text(own, encoding="utf-8")
    assert check(mini_root, tmp_path) == []


def test_the_course_knows_its_materials(mini_course: Course) -> None:
    assert mini_course.material("ark").kind == "handout"
    assert mini_course.papers["ark"].cells[0].source.startswith("# Før du ringer tilbage")
    with pytest.raises(KeyError):
        mini_course.material("findes-ikke")


def test_the_cards_of_the_map_say_what_the_map_says(shipped: Course) -> None:
    place = shipped.activities["medborgerkort"]
    assert isinstance(place, CitizenMap)
    text = shipped.papers["common-kort-medborgere"].cells[0].source
    found = re.findall(r"^## (.+)\n\n(.+)$", text, re.MULTILINE)
    assert found == [(one.name, one.text) for one in place.people]
