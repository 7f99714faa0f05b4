"""Locks, environment.yml and package-lock.json hold what pyproject.toml and package.json ask for."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = SETTINGS["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKED = {
    "service": PROJECT["dependencies"],
    "lab": PROJECT["dependencies"] + EXTRAS["lab"],
    "dev": PROJECT["dependencies"] + EXTRAS["lab"] + EXTRAS["dev"],
    "build": SETTINGS["build-system"]["requires"],
    "bench": PROJECT["dependencies"] + EXTRAS["bench"],
    "installer": SETTINGS["dependency-groups"]["installer"],
}
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*])?==([^\s;\\]+)", re.MULTILINE)


def text(name: str) -> str:
    return (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")


def pins(name: str) -> dict[str, set[Version]]:
    """Each package of a lock with its versions; a universal lock may hold one per platform."""
    found: dict[str, set[Version]] = {}
    for package, version in PIN.findall(text(name)):
        found.setdefault(canonicalize_name(package), set()).add(Version(version))
    return found


def test_every_lock_is_one_of_the_known() -> None:
    assert {path.stem for path in (ROOT / "locks").iterdir()} == set(LOCKED)


@pytest.mark.parametrize("name", LOCKED)
def test_a_lock_satisfies_what_pyproject_asks_for(name: str) -> None:
    locked = pins(name)
    for requirement in map(Requirement, LOCKED[name]):
        versions = locked.get(canonicalize_name(requirement.name))
        assert versions, f"{requirement} is not in locks/{name}.txt; run tools/lock.py"
        assert all(requirement.specifier.contains(version) for version in versions), str(requirement)


@pytest.mark.parametrize("name", LOCKED)
def test_a_lock_names_no_address_and_hashes_every_package(name: str) -> None:
    content = text(name)
    assert "://" not in content
    assert not re.search(r"^\s*-", content.replace("    --hash=sha256:", "    "), re.MULTILINE)
    entries = re.split(r"^(?=[A-Za-z0-9])", content, flags=re.MULTILINE)[1:]
    assert len(entries) == len(PIN.findall(content))
    assert all("--hash=sha256:" in entry for entry in entries)


@pytest.mark.parametrize(("larger", "smaller"), [("lab", "service"), ("dev", "lab"), ("dev", "service")])
def test_a_larger_lock_holds_the_smaller(larger: str, smaller: str) -> None:
    held = pins(larger)
    assert {name: held.get(name) for name in pins(smaller)} == pins(smaller)


def test_the_conda_environment_asks_for_the_same() -> None:
    environment = YAML(typ="safe").load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    *conda, last = environment["dependencies"]
    asked = [Requirement(line) for line in (*conda, *last["pip"]) if not line.startswith("--")]
    found = {canonicalize_name(entry.name): entry.specifier for entry in asked}
    assert len(found) == len(asked), "a package stands twice"
    python = found.pop("python")
    found.pop("pip")
    assert python == SpecifierSet(PROJECT["requires-python"])
    wanted = {canonicalize_name(entry.name): entry.specifier for entry in map(Requirement, LOCKED["dev"])}
    assert found == wanted
    assert last["pip"][-1] == "--editable ."


def test_python_versions_agree() -> None:
    lowest = PROJECT["requires-python"].removeprefix(">=")
    assert SETTINGS["tool"]["ruff"]["target-version"] == "py" + lowest.replace(".", "")
    setup = (ROOT / "tools/setup.py").read_text(encoding="utf-8")
    assert f"sys.version_info < ({lowest.replace('.', ', ')})" in setup
    assert f"sys.version_info < ({lowest.replace('.', ', ')})" in (ROOT / "Makefile").read_text(
        encoding="utf-8"
    )
    assert f'"--python-version={lowest}"' in (ROOT / "tools/lock.py").read_text(encoding="utf-8")


def test_package_lock_names_no_address_and_holds_the_pinned_versions() -> None:
    content = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in content
    packages = json.loads(content)["packages"]
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert packages[""]["devDependencies"] == asked
    for name, version in asked.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), f"{name} is not pinned"
        assert packages[f"node_modules/{name}"]["version"] == version
    assert all("integrity" in package for path, package in packages.items() if path)
