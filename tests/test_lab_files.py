"""What a learner reads in JupyterLab's dialog where the system does not let a file be written."""

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


def test_a_file_that_may_not_be_written_is_told_in_danish(
    files: LearnerFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(path: str, *_how: object, **_more: object) -> NoReturn:
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(fileio, "atomic_writing", locked)
    model = {"type": "file", "format": "text", "content": "nyt"}
    with pytest.raises(HTTPError) as refused:
        asyncio.run(files.save(model, "mit.txt"))
    assert refused.value.status_code == 403
    assert str(refused.value.log_message).startswith(TOLD)
    assert (tmp_path / "mit.txt").read_text(encoding="utf-8") == "mit"


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
