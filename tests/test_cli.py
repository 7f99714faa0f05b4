"""The command line: every command has help and stands in the docs; each does its one thing."""

from __future__ import annotations

import argparse
import importlib
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from kommune3 import __version__, content, i18n
from kommune3.cli import collect, console, main
from kommune3.cli.parser import build_parser
from kommune3.content import Course
from kommune3.engine import clock
from kommune3.register import cohorts, open_register, people
from serving import environment

DOCS = Path(__file__).parents[1] / "docs" / "cli.md"
HEADER = "id;navn;enhed;rolle\n"
ROSTER = HEADER + "anna;Åse Ankjær;Skole;medarbejder\nbo;=1+1;Skole;medarbejder\n"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shipped: Course) -> Path:
    """The data folder of the test; the course, the same for every command, is loaded once."""
    load = content.load_course
    monkeypatch.setattr(content, "load_course", lambda overlay: load(overlay) if overlay else shipped)
    monkeypatch.delenv("KOMMUNE3_COURSE", raising=False)
    monkeypatch.setenv("KOMMUNE3_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def commands(
    parser: argparse.ArgumentParser, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every command that can be run, with its parser."""
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield path, parser
    for action in groups:
        for name, below in action.choices.items():
            yield from commands(below, (*path, name))


COMMANDS = dict(commands(build_parser()))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_has_help_and_stands_in_the_docs(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*path, "--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert told.startswith(f"brug: kommune3 {' '.join(path)}")
    parser = COMMANDS[path]
    assert parser.description
    section = section_of(path)
    for action in parser._actions:
        assert action.help, action
        for option in action.option_strings:
            if option not in ("-h", "--help"):
                assert f"`{option}" in section, option


def section_of(path: tuple[str, ...]) -> str:
    """The part of the docs under the command's heading."""
    text = DOCS.read_text(encoding="utf-8")
    found = re.search(rf"^## kommune3 {' '.join(path)}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, f"docs/cli.md has no heading for {' '.join(path)}"
    return found[1]


def test_the_docs_name_no_command_that_is_not_there() -> None:
    headings = re.findall(r"^## kommune3 (.+)$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert {tuple(heading.split()) for heading in headings} == set(COMMANDS)


def test_wrong_calls_are_told_in_danish(capsys: pytest.CaptureFixture[str]) -> None:
    for line in ("", "nix", "person", "person erase", "start --nix", "report --format pdf"):
        with pytest.raises(SystemExit) as ended:
            main(line.split())
        assert ended.value.code == 2
        told = capsys.readouterr().err
        assert "brug:" in told
        assert "error:" not in told
        assert "arguments" not in told, told


@pytest.mark.parametrize(
    ("received", "words"),
    [
        ("2062-11-30", "2062-11-30 er ikke kommet endnu. Skriv den dag"),
        ("2026-11-23", "2026-11-23 er ikke kommet endnu."),
        ("1999-12-31", "1999-12-31 er før år 2000. Skriv den dag"),
        ("0001-01-01", "0001-01-01 er før år 2000."),
        ("i går", "ugyldig"),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    received: str, words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # 23:30 in Copenhagen
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, 22, 30, tzinfo=UTC))
    with pytest.raises(SystemExit) as ended:
        main(["collect", "--cohort", "nye-1", "--received", received, "post"])
    assert ended.value.code == 2
    assert words in " ".join(capsys.readouterr().err.split())
    assert collect.day("2026-11-22").isoformat() == "2026-11-22T12:00:00+01:00"
    assert collect.day("2000-01-01").year == 2000


def test_the_module_does_what_the_command_does(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "kommune3", "version"],
        capture_output=True,
        env=environment(tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C"),
        timeout=60,
    )
    assert (found.returncode, found.stderr) == (0, b"")
    assert found.stdout.decode().startswith(f"kommune3 {__version__}")
    helped = subprocess.run(
        [sys.executable, "-m", "kommune3", "report", "--help"],
        capture_output=True,
        env=environment(tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C"),
        timeout=60,
    )
    assert helped.returncode == 0
    assert helped.stdout.decode("utf-8").startswith("brug:")


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; from kommune3.cli.parser import build_parser; build_parser().format_help();"
        "heavy = {'fastapi', 'sqlalchemy', 'matplotlib', 'anywidget', 'IPython', 'uvicorn', 'alembic'};"
        "print(sorted({name.split('.')[0] for name in sys.modules} & heavy))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment(tmp_path), timeout=60
    )
    assert found.stdout.strip() == "[]", found.stderr


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, mini_root: Path, mini_course: Course) -> None:
    """The small course is checked: that the shipped one has no problem is a stage of its own."""
    monkeypatch.setattr(content, "check", partial(content.check, mini_root))
    monkeypatch.setattr(content, "load_course", lambda _overlay: mini_course)


@pytest.mark.usefixtures("small")
def test_the_course_is_checked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["check"]) == 0
    told = capsys.readouterr().out
    assert "employee-01" in told
    assert "Kurset overholder alle regler." in told
    (tmp_path / "egen").mkdir()
    (tmp_path / "egen" / "course.toml").write_text('[[modules]]\nid = "ny"\n', encoding="utf-8")
    assert main(["check", "--course", str(tmp_path / "egen")]) == 1
    assert "course.toml:" in capsys.readouterr().out


@pytest.mark.usefixtures("small")
def test_a_municipalitys_own_words_are_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "egen" / i18n.place("da")
    file.parent.mkdir(parents=True)
    file.write_text('msgid "The course keeps every rule."\nmsgstr "Alt i orden."\n', encoding="utf-8")
    try:
        assert main(["check", "--course", str(tmp_path / "egen")]) == 0
    finally:
        i18n.use("da")
    assert "Alt i orden." in capsys.readouterr().out


def test_a_roster_is_imported_once_it_is_agreed_to(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(ROSTER, encoding="latin-1")
    assert main(["roster", "import", str(file)]) == 1
    assert "Åse Ankjær" in capsys.readouterr().out
    assert names(data) == {}
    for said in ("nej\n", ""):  # nothing at all is Ctrl-D
        monkeypatch.setattr("sys.stdin", Terminal(said))
        assert main(["roster", "import", str(file)]) == 1
        assert "uforudset" not in capsys.readouterr().err
    assert names(data) == {}
    monkeypatch.setattr("sys.stdin", Terminal("ja\n"))
    assert main(["roster", "import", str(file)]) == 0
    assert names(data) == {"anna": "Åse Ankjær", "bo": "=1+1"}
    assert main(["roster", "import", "--yes", str(file)]) == 0


class Terminal(io.StringIO):
    """Standard input with a person at it."""

    def isatty(self) -> bool:
        return True


def names(data: Path) -> dict[str, str]:
    register = open_register(data)
    found = {id: people.get(register, id) for id in ("anna", "bo")}
    register.close()
    return {id: person.name for id, person in found.items() if person is not None}


@pytest.mark.parametrize(
    "text",
    ["", "id;navn\nx;y\n", "id;navn;enhed;rolle\n0101801234;X;Y;medarbejder\n", "id;navn;enhed;rolle\n"],
)
def test_a_bad_roster_imports_nothing(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(text, encoding="utf-8")
    assert main(["roster", "import", "--yes", str(file)]) == 1
    told = capsys.readouterr().err
    assert told.strip()
    assert "0101801234" not in told


def test_files_that_are_not_there_are_told_plainly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for argv in (
        ["roster", "import", str(tmp_path / "nix.csv")],
        ["roster", "import", str(tmp_path)],
        ["report", "-o", str(tmp_path / "nix" / "liste.csv"), "--format", "csv"],
    ):
        assert main(argv) == 1
        told = capsys.readouterr().err
        assert str(tmp_path) in told
        assert "Errno" not in told


def test_the_report_in_every_form(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "liste.csv").write_text(ROSTER, encoding="utf-8")
    main(["roster", "import", "--yes", str(tmp_path / "liste.csv")])
    capfdbinary.readouterr()
    assert main(["report"]) == 0
    assert "Åse Ankjær" in capfdbinary.readouterr().out.decode()
    assert main(["report", "--search", "Åse", "--unit", "Skole", "--role", "employee"]) == 0
    assert "=1+1" not in capfdbinary.readouterr().out.decode()
    assert main(["report", "--format", "csv", "--status", "not_started"]) == 0
    csv = capfdbinary.readouterr().out.decode("utf-8-sig")
    assert "'=1+1" in csv
    assert main(["report", "-o", str(tmp_path / "t.txt")]) == 0
    assert "Åse" in (tmp_path / "t.txt").read_text(encoding="utf-8")
    assert main(["report", "--format", "xlsx", "-o", str(tmp_path / "t.xlsx")]) == 0
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    book.close()
    assert cells
    assert all(cell.data_type == "s" for cell in cells)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["--role", "Leder"], {"lea"}),
        (["--role", "LEADER"], {"lea"}),
        (["--role", "medarbejder", "--unit", "skole"], {"anna", "bo"}),
        (["--unit", " VEJ  og park "], {"lea"}),
        (["--unit", "Havn", "--status", "left"], {"ulf"}),
    ],
)
def test_a_role_or_unit_is_found_as_people_write_it(
    asked: list[str], found: set[str], tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    staffed(tmp_path)
    capfdbinary.readouterr()
    assert main(["report", "--format", "csv", *asked]) == 0
    rows = capfdbinary.readouterr().out.decode("utf-8-sig").splitlines()[1:]
    assert {row.partition(";")[0].strip('"') for row in rows} == found


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--role", "Chef"], "Listen har ingen rolle, der hedder »Chef«. Der er: "),
        (["--role", "Politiker"], "Listen har ingen rolle, der hedder »Politiker«."),
        (
            ["--unit", "Skolen"],
            "Listen har ingen enhed, der hedder »Skolen«. Der er: Havn, Skole, Vej og Park",
        ),
    ],
)
def test_a_role_or_unit_that_there_is_not_is_no_empty_list(
    asked: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    staffed(tmp_path)
    capsys.readouterr()
    for form in ("table", "csv"):
        assert main(["report", "--format", form, "-o", str(tmp_path / "list"), *asked]) == 1
        assert told in capsys.readouterr().err
    assert not (tmp_path / "list").exists()


def test_a_unit_is_asked_for_before_there_is_any(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--unit", "Skole"]) == 1
    assert capsys.readouterr().err == "Listen har ingen enhed, der hedder »Skole«.\n"


def staffed(folder: Path) -> None:
    """Four people from rosters; the last of them has left."""
    file, more = folder / "liste.csv", "lea;Lea Lund;Vej og Park;leder\n"
    for lines in (more + "ulf;Ulf Ud;Havn;medarbejder\n", more):
        file.write_text(ROSTER + lines, encoding="utf-8")
        assert main(["roster", "import", "--yes", str(file)]) == 0


def test_a_spreadsheet_is_not_written_to_a_screen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert main(["report", "--format", "xlsx"]) == 1
    assert "-o" in capsys.readouterr().err


def test_a_persons_data_is_exported_and_erased(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "liste.csv").write_text(ROSTER, encoding="utf-8")
    main(["roster", "import", "--yes", str(tmp_path / "liste.csv")])
    capsys.readouterr()
    assert main(["person", "export", "anna"]) == 0
    assert json.loads(capsys.readouterr().out)["person"]["name"] == "Åse Ankjær"
    assert main(["person", "export", "anna", "-o", str(tmp_path / "anna.json")]) == 0
    assert json.loads((tmp_path / "anna.json").read_text(encoding="utf-8"))["person"]["id"] == "anna"
    assert main(["person", "erase", "anna"]) == 1
    assert "anna" in names(data)
    monkeypatch.setattr("sys.stdin", Terminal("j\n"))
    assert main(["person", "erase", "anna"]) == 0
    assert names(data).keys() == {"bo"}
    for argv in (["person", "erase", "--yes", "anna"], ["person", "export", "../x"]):
        assert main(argv) == 1


def test_sample_people_come_and_go(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, mini_course: Course
) -> None:
    monkeypatch.setattr(content, "load_course", lambda _overlay: mini_course)
    assert main(["samples", "add"]) == 0
    main(["report"])
    assert "(eksempel)" in capsys.readouterr().out
    assert main(["samples", "remove"]) == 0
    main(["report"])
    assert "(eksempel)" not in capsys.readouterr().out


def test_samples_added_before_the_first_start_have_a_cohort_that_is_seen(data: Path) -> None:
    assert main(["samples", "add"]) == 0
    register = open_register(data)
    assert len(cohorts.of_trainer(register, people.LOCAL)) == 1
    register.close()


@pytest.mark.parametrize(("module", "name"), console.FORESEEN.items())
def test_what_is_foreseen_is_told_in_its_own_words(
    module: str, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KOMMUNE3_DEBUG", raising=False)
    found = getattr(importlib.import_module(module), name)
    error = found([content.Problem("course.toml", 1, "Ord", "")]) if name == "ContentError" else found("Ord")
    assert console.complain(error) == 1
    told = capsys.readouterr().err
    assert "Ord" in told
    assert name not in told


def test_what_is_unforeseen_is_told_without_a_trace(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KOMMUNE3_DEBUG", raising=False)
    assert console.complain(ValueError("Anna Ankjær")) == 1
    told = capsys.readouterr().err
    assert "ValueError" in told
    assert "Ankjær" not in told
    monkeypatch.setenv("KOMMUNE3_DEBUG", "1")
    console.complain(ValueError("x"))
    assert "ValueError: x" in capsys.readouterr().err


def test_ctrl_c_ends_a_command_quietly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_arguments: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("kommune3.cli.version.run", interrupt)
    assert main(["version"]) == 130
    assert capsys.readouterr().err == ""
