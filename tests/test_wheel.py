"""Without a checkout: the wheel alone, in a fresh environment, an empty folder and an empty home."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import vendor

ROOT = Path(__file__).parents[1]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
LOCKED = ["--require-hashes", "--only-binary=:all:", "--no-deps", "-r", str(ROOT / "locks/service.txt")]
UV = Path(sys.executable).with_name("uv.exe" if os.name == "nt" else "uv")


@dataclass(frozen=True)
class Machine:
    """A computer that has the wheel and nothing else of the course."""

    python: Path
    home: Path
    folder: Path

    def environment(self) -> dict[str, str]:
        keep = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP") if key in os.environ}
        return keep | {"HOME": str(self.home), "USERPROFILE": str(self.home), "PYTHONUNBUFFERED": "1"}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.python), "-m", "kommune3", *arguments]
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def machine(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    base = tmp_path_factory.mktemp("machine")
    # the installer comes from outside: half a venv's time goes into a pip of its own
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", base / "env"], check=True)
    python = base / "env" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python), "install"]
    by_uv = [str(UV), "pip", "install", "--python", str(python)]
    for what in (LOCKED, ["--no-deps", "--no-index", str(wheel)]):
        command = by_uv if UV.exists() else [*pip, "--no-compile"]
        subprocess.run([*command, "--quiet", *what], check=True, cwd=base)
    for name in ("home", "folder"):
        (base / name).mkdir()
    return Machine(python, base / "home", base / "folder")


@pytest.fixture
def address(machine: Machine) -> Iterator[str]:
    """The address of a course started from the wheel; it is stopped as Ctrl-C would, and must end cleanly."""
    command = [str(machine.python), "-m", "kommune3", "start", "--no-browser", "--port", "0"]
    with subprocess.Popen(
        command,
        cwd=machine.folder,
        env=machine.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        assert process.stdout
        said: list[str] = []
        try:
            for line in process.stdout:
                said.append(line)
                if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                    yield found[0]
                    break
            else:
                pytest.fail(f"the course did not start:\n{''.join(said)}")
        finally:
            process.send_signal(signal.SIGINT)
            said += process.stdout.readlines()
    assert process.returncode == 0, "".join(said)
    assert "Traceback" not in "".join(said)


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=300) as answer:
        assert answer.status == 200
        return str(answer.read().decode("utf-8"))


def test_the_wheel_carries_what_others_made_with_their_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {f"kommune3/{name}" for name in vendor.FILES} <= names
    told = {name.partition("/licenses/course/")[2] for name in names}
    assert {f"kommune3/{name}" for name in vendor.FILES if name.endswith("/LICENSE")} <= told


def test_the_wheel_carries_the_course_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    content = {name.removeprefix("kommune3/_content/") for name in names if "/_content/" in name}
    folders = (ROOT / name for name in ("modules", "exercises", "solutions"))
    shipped = [ROOT / "course" / f"{name}.toml" for name in ("course", "sources", "content-map")]
    shipped += [path for folder in folders for path in folder.rglob("*")]
    ignored = {".ipynb_checkpoints"}
    wanted = {
        path.relative_to(ROOT).as_posix()
        for path in shipped
        if path.is_file() and not ignored & set(path.relative_to(ROOT).parts)
    }
    assert content == wanted
    assert "kommune3/locale/da/LC_MESSAGES/kommune3.po" in names
    assert {name for name in names if name.endswith(".dist-info/licenses/LICENSE-CONTENT")}
    assert not {name for name in names if name.startswith(("tests/", "tools/", "node_modules/"))}


def test_another_language_can_be_made(machine: Machine, tmp_path: Path) -> None:
    ran = machine.run("translate", "sv", "--course", str(tmp_path))
    assert (ran.returncode, ran.stderr) == (0, "")
    made = (tmp_path / "locale/sv/LC_MESSAGES/kommune3.po").read_text("utf-8")
    assert "#. Danish: Tilbage" in made


def test_the_shipped_course_passes_its_own_check(machine: Machine) -> None:
    ran = machine.run("check")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "nbgrader er ikke installeret" in ran.stdout, "a server does without it, and the check says so"


def test_home_and_module_pages_come_from_the_wheel_alone(machine: Machine, address: str) -> None:
    home = fetch(address)
    assert '<html lang="da"' in home
    module = fetch(f"{address}/modules/common-01")
    assert 'data-widget="sorter"' in module
    scripts = re.findall(r'(?:src|href)="([^"]+\.js)"', module)
    assert any("/exercises.js" in script for script in scripts), "the page names the script of its exercises"
    assert all(fetch(address + script) for script in scripts)
    assert list(machine.folder.iterdir()) == [], "the folder in which it was started stays empty"
