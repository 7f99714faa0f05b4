"""A municipality's own folder: a few files beside the course, no fork."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kommune3.content import ContentError, Course, check, load_course

OWN = """
[course]
version = "2026.11-lilleby"

[municipality]
name = "Storby Kommune"
logo = "logo.svg"
colour = "#7a1f3d"

[[roles]]
id = "politician"
title = "Byrådsmedlem"

[[roles]]
id = "leader"
title = "Leder"
description = "Du leder et team."
modules = ["common-01"]

[[modules]]
id = "common-01"
minutes = 7
"""


def own_folder(tmp_path: Path, manifest: str = OWN) -> Path:
    folder = tmp_path / "storby"
    folder.mkdir()
    (folder / "course.toml").write_text(manifest, encoding="utf-8")
    (folder / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    return folder


def test_tables_merge_by_id_and_the_rest_by_key(mini_root: Path, mini_course: Course, tmp_path: Path) -> None:
    own = own_folder(tmp_path)
    course = load_course(own, root=mini_root)
    assert check(mini_root, own) == []
    assert (course.version, course.info.title) == ("2026.11-lilleby", mini_course.info.title)
    assert course.municipality.name == "Storby Kommune"
    assert course.municipality.contact == mini_course.municipality.contact
    assert course.logo == own.resolve() / "logo.svg"
    assert [role.id for role in course.roles] == ["employee", "politician", "leader"]
    politician = course.role("politician")
    assert (politician.title, politician.modules) == ("Byrådsmedlem", ("common-01",))
    assert (course.module("common-01").minutes, course.module("employee-01").minutes) == (7, 6)


def test_files_at_the_same_path_win(mini_root: Path, tmp_path: Path) -> None:
    own = own_folder(tmp_path, "")
    relative = "modules/employee/scenarios/opkaldet.yml"
    text = (mini_root / relative).read_text(encoding="utf-8")
    (own / relative).parent.mkdir(parents=True)
    (own / relative).write_text(
        text.replace("Bænken ved søen er væk.", "Lygten er gået ud."), encoding="utf-8"
    )
    course = load_course(own, root=mini_root)
    assert course.activities["opkaldet"].nodes[0].text.startswith("Lygten")  # type: ignore[union-attr]
    assert course.file(relative) == own.resolve() / relative
    assert course.file("modules/common/01_baenken.ipynb").is_relative_to(mini_root)


def test_own_sources_join_the_base_ones(mini_root: Path, tmp_path: Path) -> None:
    own = own_folder(tmp_path, "")
    (own / "sources.toml").write_text(
        '[[sources]]\nid = "storby-2026"\nauthor = "Storby"\ntitle = "Plan"\nplace = "Storby"\n'
        'date = "2026"\ninterest = "Kommunen selv."\n',
        encoding="utf-8",
    )
    course = load_course(own, root=mini_root)
    assert list(course.sources) == ["lilleby-2020", "avisen-2021", "storby-2026"]


def test_a_municipality_may_leave_a_module_out(mini_root: Path, tmp_path: Path) -> None:
    own = own_folder(tmp_path, '[[roles]]\nid = "employee"\nmodules = ["common-01"]\n')
    assert check(mini_root, own) == []
    assert [module.id for module in load_course(own, root=mini_root).modules_of("employee")] == ["common-01"]


def test_a_row_put_elsewhere_leaves_the_base_file_unblamed(mini_root: Path, tmp_path: Path) -> None:
    own = own_folder(tmp_path, '[[activities]]\nid = "baenk-quiz"\nfile = "modules/storby/quiz.yml"\n')
    text = (mini_root / "modules/common/quizzes/baenk.yml").read_text(encoding="utf-8")
    (own / "modules/storby").mkdir(parents=True)
    (own / "modules/storby/quiz.yml").write_text(text, encoding="utf-8")
    assert check(mini_root, own) == []


def test_an_overlay_of_the_wrong_shape_is_told(mini_root: Path, tmp_path: Path) -> None:
    own = own_folder(tmp_path, 'roles = "alle"\ncourse = 7\nmodules = [7]\n')
    lines = {(problem.file, problem.line) for problem in check(mini_root, own)}
    assert lines == {("storby/course.toml", 1), ("storby/course.toml", 2), ("storby/course.toml", 3)}


@pytest.mark.parametrize("inside", ["", "course/course.toml", "logo.svg"])
def test_a_folder_that_would_change_nothing_is_told(mini_root: Path, tmp_path: Path, inside: str) -> None:
    own = tmp_path / "storby"
    own.mkdir()
    if inside:
        (own / inside).parent.mkdir(exist_ok=True)
        (own / inside).write_text("", encoding="utf-8")
    with pytest.raises(ContentError, match=r"storby.*ændrer"):
        load_course(own, root=mini_root)


def test_one_own_source_is_enough(mini_root: Path, tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("", encoding="utf-8")
    assert load_course(tmp_path, root=mini_root).places.overlay == tmp_path.resolve()


def test_an_id_in_the_base_that_is_no_text_is_told(mini_root: Path, tmp_path: Path) -> None:
    base = shutil.copytree(mini_root, tmp_path / "base") / "course/course.toml"
    text = base.read_text(encoding="utf-8").replace('id = "opkaldet"', 'id = ["opkaldet"]')
    base.write_text(text, encoding="utf-8")
    own = own_folder(tmp_path, '[[activities]]\nid = "x"\nkind = "quiz"\nfile = "modules/x.yml"\n')
    told = [str(problem) for problem in check(tmp_path / "base", own)]
    assert told[0].startswith('course/course.toml:49: "id" skal være tekst.')


def test_an_author_is_sent_to_the_file_that_is_theirs_to_write_in(mini_root: Path, tmp_path: Path) -> None:
    base = shutil.copytree(mini_root, tmp_path / "base")
    own = own_folder(tmp_path, "")
    notebook = "modules/employee/01_opkaldet.ipynb"
    text = (base / notebook).read_text(encoding="utf-8").replace("avisen-2021", "xyz")
    for root, asked in ((base, None), (mini_root, own)):
        file = root / notebook if asked is None else own / notebook
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        (told,) = check(root, asked)
        assert told.hint == f"Skriv den ind i {'course' if asked is None else 'storby'}/sources.toml"


def test_only_files_that_look_like_the_courses_own_are_told_where_nothing_reads_them(
    mini_root: Path, tmp_path: Path
) -> None:
    own = own_folder(tmp_path)
    quiet = [".git/x.yml", ".x.yml", "noter/plan.docx", "README.md", "data/lab/x.ipynb", "__pycache__/x.yml"]
    for name in (*quiet, "data/register.sqlite3", "moduler/common/quizzes/ny.yml"):
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text("# ny\nid: ny\nkind: quiz\n", encoding="utf-8")
    (own / "docker-compose.yml").write_text("services: {}\n", encoding="utf-8")
    (own / "pod.yaml").write_text("kind: Pod\nmetadata:\n  id: x\n", encoding="utf-8")
    assert [str(problem) for problem in check(mini_root, own)] == [
        "storby/moduler/common/quizzes/ny.yml: kurset læser ikke denne fil, hvor den ligger nu. "
        "Læg den her, og skriv den ind i course.toml: storby/modules/common/quizzes/ny.yml."
    ]
