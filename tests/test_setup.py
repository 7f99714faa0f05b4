"""The set-up from a bare checkout: built once, mended when interrupted, clear when something is wrong."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from bootstrap import environment, swift

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.timeout(300)
TAGS = "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
BACKEND = (
    f"TAGS = {TAGS!r}"
    + """
import zipfile
from pathlib import Path


def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "tiny-1-py3-none-any.whl"
    with zipfile.ZipFile(Path(folder, name), "w") as wheel:
        wheel.writestr("tiny.pth", str(Path.cwd()))
        wheel.writestr("tiny-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1\\n")
        wheel.writestr("tiny-1.dist-info/WHEEL", TAGS)
        wheel.writestr("tiny-1.dist-info/RECORD", "")
    return name
"""
)
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


def wheel(folder: Path, name: str, version: str = "1") -> str:
    """Write a wheel of one module and return its line in a lock."""
    info, path = f"{name}-{version}.dist-info", folder / f"{name}-{version}-py3-none-any.whl"
    files = {
        f"{name}.py": f"VERSION = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": TAGS,
    }
    rows = []
    for file, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        rows.append(f"{file},sha256={digest},{len(text)}")
    files[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,", ""])
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def at_home(checkout: Checkout, patch: pytest.MonkeyPatch) -> None:
    """Let the code that makes environments look at the checkout's own."""
    venv = checkout.root / ".venv"
    for name, place in (("ROOT", checkout.root), ("VENV", venv), ("STAMP", venv / environment.STAMP.name)):
        patch.setattr(environment, name, place)


OFFLINE = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "wheels", "PIP_CONFIG_FILE": os.devnull}


class Checkout:
    """A checkout in miniature: the real tools, two locks with a wheel each, a project of one file."""

    def __init__(self, root: Path) -> None:
        self.root, self.wheels = root, root / "wheels"
        self.wheels.mkdir(parents=True)
        shutil.copytree(ROOT / "tools", root / "tools", ignore=shutil.ignore_patterns("__pycache__"))
        (root / "backend.py").write_text(BACKEND, encoding="utf-8")
        (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
        (root / "hatch_build.py").write_text("", encoding="utf-8")
        (root / "locks").mkdir()
        self.lock("service", wheel(self.wheels, "first"))
        self.lock("build", wheel(self.wheels, "second"))

    def lock(self, name: str, line: str) -> None:
        (self.root / "locks" / f"{name}.txt").write_text(line, encoding="utf-8")

    def install(self, level: str = "service", **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "tools/setup.py", "install", level]
        return subprocess.run(
            command,
            cwd=self.root,
            env=os.environ | OFFLINE | more,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=280,
        )

    def version(self, name: str) -> str:
        python = self.root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        code = f"import backend, {name}; print({name}.VERSION)"
        return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    made = Checkout(tmp_path_factory.mktemp("checkout") / "with space and æ")
    ran = made.install()
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "installing 1 packages of locks/service.txt" in ran.stdout
    return made


@pytest.mark.slow
def test_a_first_install_makes_lock_and_checkout_importable(checkout: Checkout) -> None:
    assert checkout.version("first") == "1"


@pytest.mark.slow
def test_a_second_install_does_nothing(checkout: Checkout) -> None:
    ran = checkout.install()
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


@pytest.mark.slow
def test_uv_installs_where_it_is_had_and_pip_where_it_has_an_index_of_its_own(checkout: Checkout) -> None:
    """Nothing is asked of a network: uv comes from this environment, or the test is skipped."""
    name = "uv.exe" if os.name == "nt" else "uv"
    own = Path(sys.executable).with_name(name)
    if not own.exists():
        pytest.skip("this environment was made by pip")
    checkout.install()
    shutil.copy2(own, next((checkout.root / ".venv").glob("[Sb][ci][rn]*")) / name)
    said = subprocess.run([own, "--version"], capture_output=True, text=True, check=True).stdout
    checkout.lock("installer", f"uv=={said.split()[1]}\n")
    alone = {"PIP_NO_INDEX": "", "UV_NO_INDEX": "1", "UV_FIND_LINKS": "wheels", "UV_CACHE_DIR": "cache"}
    for version, more, installer in (("8", alone, "uv"), ("9", {}, "pip")):  # pip's own index is none
        checkout.lock("service", wheel(checkout.wheels, "first", version))
        ran = checkout.install(**more)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert checkout.version("first") == version
        (told,) = (checkout.root / ".venv").rglob("first-*.dist-info/INSTALLER")
        assert told.read_text(encoding="utf-8").strip() == installer
    (checkout.root / "locks/installer.txt").unlink()  # the other tests' pip need not be asked where it looks


def test_where_uv_may_not_be_run_pip_goes_on(tmp_path: Path) -> None:
    """As on a locked-down machine: the file is there, and the system refuses to start it."""
    (tmp_path / ("uv.exe" if os.name == "nt" else "uv")).write_text("not to be run", encoding="utf-8")
    (tmp_path / swift.LOCK).write_text("uv==0.0.1\n", encoding="utf-8")
    (tmp_path / "python").symlink_to(sys.executable)
    env = os.environ | {"PIP_NO_INDEX": "", "PIP_INDEX_URL": "", "PIP_CONFIG_FILE": os.devnull}
    offline = env | {
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "PIP_RETRIES": "0",
    }

    def never(_command: list[str], _env: Mapping[str, str]) -> int:
        raise AssertionError("it was run")

    assert swift.install(tmp_path / "python", tmp_path / "service.txt", offline, never) is False


@pytest.mark.slow
def test_an_interrupted_install_starts_over(checkout: Checkout) -> None:
    """What an interrupted run leaves: no stamp, and packages without their records."""
    (checkout.root / ".venv/kommune3-installed.json").unlink()
    for info in (checkout.root / ".venv").rglob("first-*.dist-info"):
        shutil.rmtree(info)
    for program in (checkout.root / ".venv").rglob("pip/__main__.py"):
        program.unlink()
    ran = checkout.install()
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert checkout.version("first")


@pytest.mark.slow
def test_a_moved_checkout_is_set_up_again(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one whose set-up was interrupted is: what is there is not believed."""
    at_home(checkout, monkeypatch)
    stamp = checkout.root / ".venv/kommune3-installed.json"
    here = environment._stamp()
    assert here.keys() >= {"root", "service", "build", "checkout"}
    for other in (here | {"root": "elsewhere"}, {}, []):
        stamp.write_text(json.dumps(other), encoding="utf-8")
        assert environment._stamp() == {}
    stamp.write_text(json.dumps(here), encoding="utf-8")
    assert environment._stamp() == here


@pytest.mark.slow
def test_a_package_that_differs_from_its_hash_is_refused(checkout: Checkout) -> None:
    good = wheel(checkout.wheels, "first", "3")
    checkout.lock("service", good.split("sha256:")[0] + "sha256:" + "0" * 64)
    ran = checkout.install()
    assert ran.returncode == 1
    assert "A package differs from the one that was locked" in ran.stderr
    assert "Traceback" not in ran.stderr
    checkout.lock("service", good)
    assert checkout.install().returncode == 0, "and the next run recovers"
    assert checkout.version("first") == "3"


@pytest.mark.slow
def test_without_a_network_the_message_says_so(checkout: Checkout) -> None:
    good = (checkout.root / "locks/service.txt").read_text(encoding="utf-8")
    checkout.lock("service", f"nowhere==1 --hash=sha256:{'0' * 64}\n")
    unreachable = {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1"}
    ran = checkout.install(**unreachable)
    checkout.lock("service", good)
    assert ran.returncode == 1
    assert "Is there a network?" in ran.stderr


@pytest.mark.slow
def test_jupyterlab_is_added_without_touching_what_is_there(checkout: Checkout) -> None:
    """Its lock holds the service's; what an interrupted run left half done is installed anew."""
    assert checkout.install().returncode == 0
    service = (checkout.root / "locks/service.txt").read_text(encoding="utf-8")
    checkout.lock("lab", service + wheel(checkout.wheels, "third"))
    record = next((checkout.root / ".venv").rglob("first-*.dist-info/RECORD"))
    before = record.stat().st_mtime_ns
    ran = checkout.install("lab")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert checkout.version("third") == "1"
    assert checkout.install("lab").stdout == "", "the second time there is nothing to do"

    stamp = checkout.root / ".venv/kommune3-installed.json"
    kept = {key: value for key, value in json.loads(stamp.read_text("utf-8")).items() if key != "lab"}
    stamp.write_text(json.dumps(kept), encoding="utf-8")
    next((checkout.root / ".venv").rglob("third-*.dist-info/RECORD")).unlink()
    next((checkout.root / ".venv").rglob("third.py")).unlink()
    assert checkout.install("lab").returncode == 0
    assert checkout.version("third") == "1"
    assert record.stat().st_mtime_ns == before


class Course:
    """``make start`` with a program in the course's place, which says that it is up and goes on."""

    PROGRAM = "print('ready: http://127.0.0.1:1/', flush=True); import time; time.sleep(280)"

    def __init__(self, checkout: Checkout) -> None:
        (checkout.root / "kommune3.py").write_text(self.PROGRAM, encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "tools/setup.py", "start"],
            cwd=checkout.root,
            env=os.environ | OFFLINE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )

    def said_until(self, word: str) -> list[str]:
        """The lines up to the one that holds the word."""
        lines: list[str] = []
        assert self.process.stdout is not None
        for line in self.process.stdout:
            lines.append(line)
            if word in line:
                break
        return lines

    def end(self) -> None:
        """Ask it to end."""
        self.process.terminate()
        self.process.communicate(timeout=60)


@pytest.mark.slow
@pytest.mark.parametrize("found", [True, False], ids=["installed", "not to be had"])
def test_the_course_is_up_first_and_runs_on_whatever_becomes_of_jupyterlab(
    checkout: Checkout, found: bool
) -> None:
    assert checkout.install().returncode == 0
    service = (checkout.root / "locks/service.txt").read_text(encoding="utf-8")
    name = f"late{secrets.token_hex(4)}"  # not there yet, also where the test is tried again
    line = wheel(checkout.wheels, name) if found else f"{name}==1 --hash=sha256:{'0' * 64}\n"
    checkout.lock("lab", service + line)
    course = Course(checkout)
    try:
        said = course.said_until("JupyterLab is ready" if found else "runs on without JupyterLab")
        lines = [
            number for number, text in enumerate(said) if "ready: http" in text or "- installing" in text
        ]
        assert "ready: http" in said[lines[0]], "".join(said)
        assert len(lines) == 2, "".join(said)
        told = json.loads((checkout.root / ".venv/kommune3-lab.json").read_text("utf-8"))
        assert told["state"] == ("done" if found else "failed")
        assert course.process.poll() is None, "the course still runs"
    finally:
        course.end()


def test_a_file_that_is_in_the_way_is_named(tmp_path: Path) -> None:
    made = Checkout(tmp_path / "checkout")
    (made.root / ".venv").write_text("as some tools have it", encoding="utf-8")
    ran = made.install()
    assert ran.returncode == 1
    assert ".venv" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_an_unknown_command_shows_the_help() -> None:
    ran = subprocess.run(
        [sys.executable, "tools/setup.py", "dance"], cwd=ROOT, capture_output=True, text=True
    )
    assert ran.returncode == 2
    assert "tools/setup.py start" in ran.stdout


def test_an_old_python_is_told_what_is_needed(tmp_path: Path) -> None:
    program = (ROOT / "tools/setup.py").read_text(encoding="utf-8").replace("(3, 11)", "(99, 0)")
    (tmp_path / "setup.py").write_text(program, encoding="utf-8")
    ran = subprocess.run([sys.executable, tmp_path / "setup.py", "start"], capture_output=True, text=True)
    assert ran.returncode == 1
    assert "needs Python" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize("target", ["start", "test"])
def test_make_without_any_python_says_what_to_install(target: str) -> None:
    ran = subprocess.run(["make", target, "PYTHON="], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 2
    assert "Python 3.11 or newer" in ran.stderr
