"""What a learner reads in JupyterLab's dialog where a file cannot be read or written."""

from __future__ import annotations

import asyncio
import errno
from pathlib import Path
from typing import NoReturn

import pytest
from jupyter_server.services.contents import fileio
from tornado.web import HTTPError

from kommune3.lab import settings
from kommune3.lab.learner_files import LearnerFiles

TOLD = "Computeren giver ikke kurset lov til at læse eller skrive mit.txt."


@pytest.fixture
def files(tmp_path: Path) -> LearnerFiles:
    chosen = settings.server(tmp_path, None)["ServerApp"]["contents_manager_class"]
    assert chosen == f"{LearnerFiles.__module__}.{LearnerFiles.__name__}", "JupyterLab uses them"
    (tmp_path / "mit.txt").write_text("mit", encoding="utf-8")
    return LearnerFiles(root_dir=str(tmp_path), delete_to_trash=True)


@pytest.mark.parametrize(
    ("code", "status", "told"),
    [
        (errno.EACCES, 403, f"{TOLD} Måske er filen låst"),
        (errno.ENOSPC, 500, "Disken er fuld, så mit.txt kunne ikke gemmes."),
        (errno.EIO, 500, "Computeren kunne ikke skrive mit.txt. Bliver det ved"),
    ],
)
def test_a_file_that_cannot_be_written_is_told_in_danish(
    files: LearnerFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, status: int, told: str
) -> None:
    def locked(path: str, *_how: object, **_more: object) -> NoReturn:
        raise OSError(code, "Not now", path)

    monkeypatch.setattr(fileio, "atomic_writing", locked)
    model = {"type": "file", "format": "text", "content": "nyt"}
    with pytest.raises(HTTPError) as refused:
        asyncio.run(files.save(model, "mit.txt"))
    said = str(refused.value.log_message)
    assert refused.value.status_code == status
    assert said.startswith(told)
    assert said.endswith("Lad siden stå åben, så går intet af det, du har skrevet, tabt. Gem så igen.")
    assert str(tmp_path) not in said
    assert (tmp_path / "mit.txt").read_text(encoding="utf-8") == "mit"


@pytest.mark.parametrize("content", [b"min hemmelighed", b"\xff min hemmelighed"])
def test_a_damaged_notebook_is_told_without_a_word_of_it(
    files: LearnerFiles, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "min.ipynb").write_bytes(content)
    with pytest.raises(HTTPError) as refused:
        asyncio.run(files.get("min.ipynb"))
    assert str(refused.value.log_message).startswith("min.ipynb er beskadiget. Det, du har sendt")
    assert "hemmelighed" not in str(refused.value)


def test_a_file_that_may_not_be_deleted_is_told_in_danish(
    files: LearnerFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LearnerFiles, "is_writable", lambda _self, _path: False)
    with pytest.raises(HTTPError) as refused:
        asyncio.run(files.delete_file("mit.txt"))
    assert str(refused.value.log_message).startswith(TOLD)
    assert (tmp_path / "mit.txt").exists()


def test_other_refusals_stay(files: LearnerFiles) -> None:
    with pytest.raises(HTTPError) as refused:
        asyncio.run(files.delete_file("en-anden.txt"))
    assert refused.value.status_code == 404
