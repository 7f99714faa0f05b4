"""The learner's own copy of the course under ``KOMMUNE3_DATA/lab/<person>/``, made and kept up to date.

What a learner wrote is never overwritten: a notebook that was changed keeps its text and gets today's
exercises; where the course's text is new, the new edition is put beside it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Any

from kommune3.i18n import gettext as _

from . import edition, plan
from .errors import LabError
from .kept import Kept
from .lock import Taken, only_one
from .names import another
from .trust import Notary, notary

if TYPE_CHECKING:
    from kommune3.content import Course

RECORD, LOCK = ".kommune3.json", ".kommune3.lock"
PATIENCE = 60.0  # seconds that a second start waits for the first
PERSON = re.compile(r"[a-z0-9_-]{1,64}")


def folder(data_dir: Path, person: str) -> Path:
    """The learner's folder. Raises LabError for an id that could lead elsewhere."""
    return data_dir / "lab" / checked(person)


def jupyter_dir(data_dir: Path, person: str) -> Path:
    """Where Jupyter keeps this learner's settings, signatures and logs."""
    return data_dir / "jupyter" / checked(person)


def private(folder: Path) -> None:
    """Make the folder where it is missing; nobody else on the machine looks in."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.name == "posix":  # Windows keeps a user's folder from others by itself
        folder.chmod(0o700)


def checked(person: str) -> str:
    """The person's id. Raises LabError, without repeating it, where it is none."""
    if not PERSON.fullmatch(person):
        raise LabError(_("An id is 1 to 64 of the characters a-z, 0-9, _ and -."))
    return person


def path_of(data_dir: Path, person: str, source: str = "") -> str | None:
    """Where the learner has the notebook of a course file, relative to the folder; none where there is none.

    Without ``source``: the notebook that leads to the others.
    """
    kept = _read_record(folder(data_dir, person)).get(source, {}).get("file")
    return str(kept) if kept else None


def forget(data_dir: Path, person: str) -> None:
    """Remove the learner's notebooks, and what Jupyter knows of them."""
    for gone in (folder(data_dir, person), jupyter_dir(data_dir, person)):
        shutil.rmtree(gone, ignore_errors=True)


def update(course: Course, data_dir: Path, person: str, *, api: str, pages: str = "") -> list[str]:
    """Make the learner's copy, or bring it up to date; returns sentences that the learner should read.

    ``api`` is where the widgets find the service, ``pages`` the service's address for links to pages.
    Raises LabError where another start is still at it, OSError where a file cannot be written.
    """
    home = folder(data_dir, person)
    for own in (home, jupyter_dir(data_dir, person)):
        private(own)
    try:
        with only_one(home / LOCK, PATIENCE), notary(jupyter_dir(data_dir, person) / "data") as signer:
            copy = _Copy(home, signer)
            kept = Kept(course, jupyter_dir(data_dir, person) / "built", api=api, pages=pages)
            for entry in kept.entries:
                copy.bring(entry, kept.notebook(entry))
            copy.note_removed({entry.source for entry in kept.entries})
            copy.keep()
            kept.tidy()
            return copy.told
    except Taken as taken:
        raise LabError(_("Your notebooks are being made by another start. Try again in a minute.")) from taken


@dataclass
class _Copy:
    home: Path
    signer: Notary
    record: dict[str, dict[str, Any]] = field(init=False)
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.record = _read_record(self.home)

    def bring(self, entry: plan.Entry, ours: dict[str, Any]) -> None:
        """Bring one notebook up to date."""
        kept = self.record.get(entry.source)
        text = _text(self.home / kept["file"]) if kept else None
        if kept is None or text is None:
            self._first(entry, ours, again=kept is not None)
        elif (theirs := edition.read(text)) and edition.fingerprint(theirs) == kept["wrote"]:
            self._untouched(entry, ours, kept, text)
        else:
            self._touched(entry, ours, kept, text, theirs)
        self.record[entry.source]["gone"] = False

    def _first(self, entry: plan.Entry, ours: dict[str, Any], *, again: bool) -> None:
        name = self._free(entry.name)
        self.record[entry.source] = {"file": name} | self._write(name, ours)
        if again:
            self.told.append(_("{name} was gone and has been made again.").format(name=name))

    def _untouched(self, entry: plan.Entry, ours: dict[str, Any], kept: dict[str, Any], text: str) -> None:
        name = kept["file"] if kept["file"] == entry.name else self._free(entry.name)
        if name != kept["file"] or text != edition.written(ours):
            self.record[entry.source] = {"file": name} | self._write(name, ours)
        if name != kept["file"]:
            (self.home / kept["file"]).unlink()

    def _touched(
        self,
        entry: plan.Entry,
        ours: dict[str, Any],
        kept: dict[str, Any],
        text: str,
        theirs: dict[str, Any] | None,
    ) -> None:
        if theirs is not None:
            self._renew(kept["file"], text, theirs, ours)
        if edition.fingerprint(ours) != kept.get("edition"):
            self._beside(kept, ours)

    def _renew(self, name: str, text: str, theirs: dict[str, Any], ours: dict[str, Any]) -> None:
        made = edition.renewed(theirs, ours)
        new = edition.written(made)
        trusted = edition.ours_alone(made, ours) or self.signer.knows(text)
        if json.loads(text) != made:
            _replace(self.home / name, new)
        if trusted:
            self.signer.sign(new)

    def _beside(self, kept: dict[str, Any], ours: dict[str, Any]) -> None:
        """The new edition, beside the learner's own; one that nobody wrote in gives way to the next."""
        before = kept.get("beside")
        text = _text(self.home / before["file"]) if before else None
        theirs = edition.read(text) if text is not None else None
        if before and theirs and edition.fingerprint(theirs) == before["wrote"]:
            name = before["file"]
        else:
            stem = kept["file"].removesuffix(".ipynb")
            name = self._free(f"{stem} – {_('new edition')}.ipynb")
        made = self._write(name, ours)
        kept["beside"] = {"file": name} | made
        kept["edition"] = made["edition"]
        told = _(
            "There is a new edition of {name}. Yours, where you have written, is kept; the new one is {new}."
        )
        self.told.append(told.format(name=kept["file"], new=name))

    def note_removed(self, sources: set[str]) -> None:
        """Keep what the course no longer has, and say so once."""
        for source, kept in self.record.items():
            if source not in sources and not kept.get("gone"):
                kept["gone"] = True
                told = _("{name} is no longer part of the course. Your copy is kept.")
                self.told.append(told.format(name=kept["file"]))

    def _write(self, name: str, ours: dict[str, Any]) -> dict[str, str]:
        text = edition.written(ours)
        _replace(self.home / name, text)
        self.signer.sign(text)
        found = edition.fingerprint(ours)
        return {"wrote": found, "edition": found}

    def _free(self, wanted: str) -> str:
        """A name that no file has, so that nothing of the learner's is overwritten."""
        name, number = wanted, 2
        while (self.home / name).exists():
            name, number = another(wanted, number), number + 1
        return name

    def keep(self) -> None:
        """Remember what was written."""
        _replace(
            self.home / RECORD, json.dumps(self.record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        )


def _read_record(home: Path) -> dict[str, dict[str, Any]]:
    """What we wrote; empty where nobody knows, and then every file there is the learner's own."""
    try:
        found = json.loads((home / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {key: one for key, one in found.items() if _sound(one)} if isinstance(found, dict) else {}


def _sound(kept: Any) -> bool:
    """Whether an entry is one of ours: it names a file inside the folder, and what was written."""
    if not isinstance(kept, dict) or not all(isinstance(kept.get(key), str) for key in ("file", "wrote")):
        return False
    path = PureWindowsPath(kept["file"])  # which knows every way out, those of other systems too
    inside = not path.drive and not path.root and ".." not in path.parts and path.suffix == ".ipynb"
    return inside and ("beside" not in kept or _sound(kept["beside"]))


def _text(file: Path) -> str | None:
    """A file's text; none where there is no such file, empty where it cannot be read as text."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return ""


def _replace(file: Path, text: str) -> None:
    """Write the file whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{hashlib.sha256(file.name.encode()).hexdigest()[:8]}.{secrets.token_hex(4)}")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(file)
    finally:
        with suppress(OSError):
            draft.unlink()
