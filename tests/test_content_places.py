from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kommune3.content import ContentError, Course, check, load_course
from kommune3.content.places import base_root, refuse_escape

OUTSIDE = [
    "../x.yml",
    "modules/../../x.yml",
    "/etc/x.yml",
    "\\x.yml",
    "C:/x.yml",
    "C:x.yml",
    "//server/share/x.yml",
    "modules\\x.yml",
    "modules/x.yml:stream",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_paths_that_lead_out_are_refused(path: str, mini_course: Course) -> None:
    with pytest.raises(ContentError, match="fører ud af kursets mappe"):
        refuse_escape(path)
    with pytest.raises(ContentError):
        mini_course.file(path)


def test_link_that_leads_out_is_refused(mini_root: Path, tmp_path: Path) -> None:
    own, secret = tmp_path / "own", tmp_path / "secret.yml"
    link = own / "modules/common/quizzes/baenk.yml"
    link.parent.mkdir(parents=True)
    secret.write_text("id: hemmelig\n", encoding="utf-8")
    try:
        link.symlink_to(secret)
    except OSError:  # Windows without the right to make links has none to refuse either
        shutil.copy(secret, link)
        return
    assert [str(problem) for problem in check(mini_root, own) if "genvej" in problem.what] == [
        'course/course.toml:56: "modules/common/quizzes/baenk.yml" er en genvej, '
        "der fører ud af kursets mappe. Læg selve filen der."
    ]


def test_link_to_a_logo_elsewhere_is_refused(mini_root: Path, tmp_path: Path) -> None:
    own, secret = tmp_path / "own", tmp_path / "secret.svg"
    own.mkdir()
    secret.write_text("<svg/>", encoding="utf-8")
    (own / "course.toml").write_text('[municipality]\nlogo = "logo.svg"\n', encoding="utf-8")
    try:
        (own / "logo.svg").symlink_to(secret)
    except OSError:
        return
    assert ["genvej" in problem.what for problem in check(mini_root, own)] == [True]


@pytest.mark.parametrize("what", ["missing", "file"])
def test_overlay_must_be_a_folder(what: str, mini_root: Path, tmp_path: Path) -> None:
    overlay = tmp_path / what
    if what == "file":
        overlay.write_text("", encoding="utf-8")
    expected = f"{overlay}: er ikke en mappe. Angiv en mappe med jeres egen course.toml."
    assert [str(problem) for problem in check(mini_root, overlay)] == [expected]
    with pytest.raises(ContentError, match="er ikke en mappe"):
        load_course(overlay, root=mini_root)


def test_file_that_nobody_has(mini_course: Course) -> None:
    with pytest.raises(ContentError, match=r"modules/x\.yml: filen findes ikke"):
        mini_course.file("modules/x.yml")


def test_a_name_too_long_for_the_system_is_no_file(mini_root: Path, tmp_path: Path) -> None:
    logo, quiz = f"{'æ' * 150}.svg", f"modules/{'æ' * 150}.yml"
    text = f'[municipality]\nlogo = "{logo}"\n[[activities]]\nid = "x"\nkind = "quiz"\nfile = "{quiz}"\n'
    (tmp_path / "course.toml").write_text(text, encoding="utf-8")
    told = [problem.what for problem in check(mini_root, tmp_path)]
    assert [what for what in told if what.startswith("filen")] == [
        f'filen "{name}" findes ikke' for name in (quiz, logo)
    ]


def test_the_base_is_found() -> None:
    assert (base_root() / "course" / "course.toml").is_file()
    assert (base_root() / "modules").is_dir()
