"""The documents are true: links lead somewhere, commands are those that CI runs; git holds no rubbish."""

from __future__ import annotations

import re
import subprocess
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
BINARY = {".png", ".ico", ".woff2", ".jpg"}
FORBIDDEN = re.compile(
    r"(^|/)(\.env|\.DS_Store|Thumbs\.db|node_modules|__pycache__|\.venv|\.ipynb_checkpoints|.*\.sqlite3?(-\w+)?|"
    r".*\.(pyc|mo|whl|log|db|bak|orig|pem|key))(/|$)"
)
# A home, a temporary folder or a registry's host would tie a file to one machine or one network.
MACHINE = re.compile(
    r"/(?:home|Users)/(?!runner\b)[a-z]\w+/|[A-Z]:\\Users\\|/root/|/private/var/|registry\.(?:npmjs|yarnpkg)|"
    r"files\.pythonhosted|pypi\.org/simple|BEGIN [A-Z ]*PRIVATE KEY"
)


@lru_cache
def tracked() -> list[Path]:
    ran = subprocess.run(
        ["git", "ls-files", "-z", "--cached"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    return [ROOT / name for name in ran.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[Path]:
    """Tracked text files; broken ones made on purpose stand apart."""
    return [path for path in tracked() if path.suffix not in BINARY and "bad_content" not in path.parts]


DOCUMENTS = [path for path in texts() if path.suffix == ".md" and not {"tests", "vendor"} & set(path.parts)]


def anchors(document: Path) -> set[str]:
    """The ids that GitHub gives to headings."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=[path.relative_to(ROOT).as_posix() for path in DOCUMENTS])
def test_links_lead_somewhere(document: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            assert target.startswith(("https://", "mailto:")), target
            continue
        file, _, anchor = target.partition("#")
        path = (document.parent / file).resolve() if file else document
        assert path.exists(), f"{target} does not exist"
        assert path in set(tracked()) or path.is_dir(), f"{target} is not in git"
        assert not anchor or anchor in anchors(path), f"{target} has no such heading"


def test_ci_runs_the_readmes_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^(make \w+)", readme, re.MULTILINE)
    assert commands == ["make start", "make test"]
    ci = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert [line for line in ci.splitlines() if line.startswith("exec ")] == ["exec make test"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^start test:", makefile, re.MULTILINE)


def test_every_command_in_the_readme_exists() -> None:
    from kommune3.cli.parser import build_parser

    help_text = build_parser().format_help()
    for path in DOCUMENTS:
        for name in re.findall(r"`(?:python -m )?kommune3 ([a-z]+)", path.read_text(encoding="utf-8")):
            assert re.search(rf"^\s+{name}\b", help_text, re.MULTILINE), f"{path.name}: kommune3 {name}"


def test_contributing_names_every_stage() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    source = (ROOT / "tools/bootstrap/stages.py").read_text(encoding="utf-8")
    stages = re.findall(r'Stage\(\s*"(\w+)"', source)
    assert stages
    assert re.findall(r"^\| (\w+) \|", guide, re.MULTILINE)[1:] == stages


def test_nothing_is_tracked_that_a_machine_makes() -> None:
    assert [path for path in tracked() if FORBIDDEN.search(path.relative_to(ROOT).as_posix())] == []


def faults(path: Path) -> list[str]:
    """What is wrong with a text file; a vendor's file is shipped as it came."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return [str(error)]
    machine = None if path == Path(__file__) else MACHINE.search(text)
    found = {
        "a byte order mark": text.startswith("\ufeff"),
        "a carriage return": "\r" in text,
        "a NUL": "\0" in text,
        "no newline at the end": data and not text.endswith("\n") and "vendor" not in path.parts,
        "a merge conflict": re.search(r"^(<{7} |={7}$|>{7} )", text, re.MULTILINE),
        f"a machine's own path or address: {machine and machine[0]}": machine,
    }
    return [fault for fault, there in found.items() if there]


def test_tracked_files_are_sane_text() -> None:
    found = {path.relative_to(ROOT).as_posix(): faults(path) for path in texts()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"\xef\xbb\xbfx\n", b"a\r\n", b"a\0\n", b"a", b"<<<<<<< x\n", b"see /home/anna/x\n"]
)
def test_a_fault_is_found(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_bytes(data)
    assert faults(tmp_path / "file.txt")


def test_pictures_are_small() -> None:
    for path in tracked():
        if path.suffix in BINARY:
            assert path.stat().st_size < 300_000, path
