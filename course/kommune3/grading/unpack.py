"""The notebooks in what a trainer collected: files, folders and zips, read with limits."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from . import zips
from .found import (
    MOST_BYTES,
    MOST_FILES,
    File,
    Found,
    Skipped,
    broken_off,
    is_link,
    is_noise,
    no_file,
    on_disk,
    refusal,
    too_large,
    too_many,
)


def gather(path: Path) -> Iterator[File | Skipped]:
    """The files of a notebook, a zip, or a folder with notebooks and zips. Raises OSError."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        yield from _folder(path)
    else:
        yield from _one(path, path.stat(), (on_disk(path.name),))


def _folder(folder: Path) -> Iterator[File | Skipped]:
    count = 0
    for where, folders, names in os.walk(folder, followlinks=False):
        here = Path(where)
        folders[:] = sorted(name for name in folders if not is_noise(name))
        links = [name for name in folders if (here / name).is_symlink()]
        for name in sorted([*links, *(name for name in names if not is_noise(name))]):
            count += 1
            if count > MOST_FILES:
                yield Found(_under(folder, here), None).skipped(too_many())
                return
            yield from _one(here / name, (here / name).lstat(), _under(folder, here / name))


def _under(folder: Path, path: Path) -> tuple[str, ...]:
    """The folder that was named is part of the name: it may be called after a person."""
    return tuple(on_disk(part) for part in (folder.resolve().name, *path.relative_to(folder).parts) if part)


def _one(path: Path, status: os.stat_result, parts: tuple[str, ...]) -> Iterator[File | Skipped]:
    found = Found(parts, datetime.fromtimestamp(status.st_mtime).astimezone())
    if stat.S_ISLNK(status.st_mode):
        yield found.skipped(is_link())
    elif not stat.S_ISREG(status.st_mode):
        yield found.skipped(no_file())
    elif path.suffix.lower() == ".zip":
        yield from zips.entries(path, found)
    elif refused := refusal(path.name, status.st_size):
        yield found.skipped(refused)
    else:
        yield _read(path, found)


def _read(path: Path, found: Found) -> File | Skipped:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)  # it may grow while it is read
    except OSError as error:
        return found.skipped(broken_off(error.strerror))
    return found.file(data) if len(data) <= MOST_BYTES else found.skipped(too_large())
