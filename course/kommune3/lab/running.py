"""Who runs on this machine, and where: one small file for each program, readable by its owner alone.

``KOMMUNE3_DATA/run/service.json`` and ``lab.json``. A file that its program left behind when it was killed
is not believed: the program holds a lock as long as it runs.
"""

from __future__ import annotations

import json
import os
import secrets
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from .lock import Taken, only_one, taken

ANSWERS_WITHIN = 2.0  # seconds
STEP = 0.2
ASKED = 0.5  # seconds: whoever asks who runs holds the lock for a moment


def run_dir(data_dir: Path) -> Path:
    """Where the files lie."""
    return data_dir / "run"


@contextmanager
def announced(data_dir: Path, name: str, **where: str) -> Iterator[bool]:
    """Tell others where the program ``name`` is, as long as the block runs.

    Yields whether it could: of several programs of one name and data folder the first is told.
    """
    file = run_dir(data_dir) / f"{name}.json"
    with ExitStack() as stack:
        try:
            stack.enter_context(only_one(file.with_suffix(".lock"), ASKED))
        except Taken:
            yield False
            return
        write_private(file, json.dumps({**where, "pid": os.getpid()}))
        stack.callback(_remove, file)
        yield True


@contextmanager
def turn(
    data_dir: Path, name: str, patience: float, waiting: Callable[[], object]
) -> Iterator[dict[str, Any] | None]:
    """Start, run and end as the only program of that name; the block gets what one told that is up already.

    One that still starts, or ends, is waited for: ``waiting`` is called once then. Raises Taken after
    ``patience`` seconds.
    """
    until, waits = time.monotonic() + patience, False
    while True:
        with ExitStack() as stack:
            try:
                stack.enter_context(only_one(run_dir(data_dir) / f"{name}.turn"))
            except Taken:
                if time.monotonic() > until:
                    raise
            else:
                yield None
                return
        if found := up(data_dir, name):
            yield found
            return
        if not waits:
            waiting()
        waits = True
        time.sleep(STEP)


def up(data_dir: Path, name: str) -> dict[str, Any] | None:
    """What the JupyterLab of that name told, where it answers."""
    told = find(data_dir, name)
    return told if told and answers(f"{told.get('address', '')}api") else None


def find(data_dir: Path, name: str) -> dict[str, Any] | None:
    """What the running program of that name told; none where it does not run."""
    file = run_dir(data_dir) / f"{name}.json"
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) and taken(file.with_suffix(".lock")) else None


def service(data_dir: Path) -> str | None:
    """The address of the running service, ending in a slash; none where none answers."""
    told = find(data_dir, "service")
    address = str(told.get("address", "")) if told else ""
    return address if address and answers(f"{address}healthz") else None


def answers(url: str) -> bool:
    """Whether something on this machine answers there with success. No proxy is asked."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=ANSWERS_WITHIN) as response:  # addresses from our own files only
            return bool(response.status == 200)
    except (OSError, ValueError):
        return False


def write_private(file: Path, text: str) -> None:
    """Write a file that its owner alone may read; it is there whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as out:
            out.write(text)
        draft.replace(file)
    except BaseException:
        _remove(draft)
        raise


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink()
