"""Fixtures that every test may use: the miniature course, which holds every kind of activity once."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import pytest
from hypothesis import settings

from kommune3.content import Course, kept, lix, load, load_course, prose
from kommune3.content.rules import files
from kommune3.engine import form

pytest_plugins = ["registering", "serving"]
PARSED = "" if "KOMMUNE3_CACHE" in os.environ else tempfile.mkdtemp(prefix="kommune3-parsed-")
"""What is parsed once is parsed for all workers, all processes that a test starts, and all stages."""
os.environ.setdefault("KOMMUNE3_CACHE", PARSED)

# jsonschema, which nbformat imports, would make a parser for IRIs: seconds in every process of tests, and no
# notebook's schema has one. Without the package it goes on; what a test starts is left as people have it.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

# What is imported and collected stays to the end: looking through all of it for garbage, again and again,
# took a tenth of the processor's time.
gc.set_threshold(50_000, 20, 20)

HERE = Path(__file__).parent
BROWSERS = HERE / "browser"
SLOW = {"browser", "lab", "slow"}
"""The marks of the tests that the stage "system" runs."""

# A busy machine is no failure: what is slow is measured in benchmarks/, never asserted.
settings.register_profile("kommune3", deadline=None, derandomize=True)  # the same examples for every run
settings.register_profile("search", deadline=None, derandomize=False)
settings.load_profile("kommune3")


def pytest_unconfigure() -> None:
    """The one that made the folder takes it away."""
    if PARSED:
        shutil.rmtree(PARSED, ignore_errors=True)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where only the slow are asked for, a file that has none is not loaded: most of them have none.

    Nor is the browsers' folder where neither they nor JupyterLab are asked for.
    """
    asked = config.option.markexpr
    if collection_path == BROWSERS:
        return True if {"not browser", "not lab"} <= set(asked.split(" and ")) else None
    only_slow = set(asked.split(" or ")) <= SLOW
    here = collection_path.parent == HERE and collection_path.name.startswith("test_")
    return True if only_slow and here and not _marked(collection_path) else None


@cache
def _marked(file: Path) -> bool:
    """Whether a file's text marks a test as slow."""
    text = file.read_text(encoding="utf-8")
    return any(f"pytest.mark.{name}" in text for name in SLOW)


def pytest_collection_finish() -> None:
    """Garbage is looked for among what the tests make."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that at the end no worker is left alone with it."""
    for item in items:
        if item.path.parent == HERE and any(map(item.get_closest_marker, SLOW)):
            assert _marked(item.path), f"{item.nodeid}: write out pytest.mark, by which its file is found"
        if BROWSERS in item.path.parents:
            assert any(map(item.get_closest_marker, ("browser", "lab"))), (
                f"{item.nodeid}: mark it, as all here"
            )
    items.sort(key=lambda item: not any(item.get_closest_marker(name) for name in ("slow", "lab")))


@pytest.fixture(autouse=True, scope="session")
def _read_once() -> Iterator[None]:
    """Most tests load the miniature course, whose files are the same each time: parse each text once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "read_kept", lru_cache(load.read_kept))
        yield


@pytest.fixture(scope="module")
def each_text_once() -> Iterator[None]:
    """For tests that check a course again and again, with a file or two of their own: what is worked out
    from a text alone is worked out once."""
    markdown, named = prose.parser(), form._named
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "parse", lru_cache(None)(markdown.parse))
        counted = ((form, "tidy"), (form, "_words"), (lix, "_of_piece"))
        for room, name in (*counted, (load, "read_toml"), (files, "read_toml")):
            patch.setattr(room, name, lru_cache(None)(getattr(room, name)))
        patch.setattr(form, "_named", lru_cache(None)(lambda text: tuple(named(text))))
        yield


@pytest.fixture
def kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of this test's own for what is parsed, drawn and compiled once."""
    monkeypatch.setenv("KOMMUNE3_CACHE", str(tmp_path / "kept"))
    kept.folder.cache_clear()
    yield tmp_path / "kept"
    kept.folder.cache_clear()


@pytest.fixture(scope="session")
def mini_root() -> Path:
    """Where the miniature course lies: ``course/`` and ``modules/`` are its folders."""
    return HERE / "mini_course"


@pytest.fixture(scope="session")
def mini_course(mini_root: Path) -> Course:
    """The miniature course, loaded."""
    return load_course(root=mini_root)
