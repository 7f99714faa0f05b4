"""The notebooks in what a trainer collected: files, folders and zips, read with limits and never written out.

A zip is read entry by entry into memory; no name in it ever becomes a path on this machine.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath, PureWindowsPath

from kommune3.i18n import gettext as _

MOST_BYTES = 2_000_000
"""Of one notebook. A filled-in exercise has about 20,000."""
MOST_FILES = 5_000
"""In one zip or folder: a thousand people with three notebooks each."""
MOST_ZIP = 100_000_000
"""Bytes of a zip as it came."""
MOST_UNPACKED = 300_000_000
"""Bytes that are unpacked of one zip, all together."""
MOST_RATIO = 200
"""How many times larger than itself a zip may grow; notebooks shrink to a tenth or so."""

_NOISE = {"__macosx", ".ds_store", "thumbs.db", "desktop.ini", ".ipynb_checkpoints", "timestamp.txt"}
_DIRECTORY = 46 + 1_000  # the longest that an entry of a zip's table of contents reasonably is
_ENCRYPTED, _UTF8 = 0x1, 0x800


@dataclass(frozen=True)
class File:
    """A file that may be a notebook. ``parts``: its folders and name from the outermost in, in NFC; a zip's
    name without its ending is one of them."""

    parts: tuple[str, ...]
    data: bytes
    changed: datetime | None = None

    @property
    def shown(self) -> str:
        """The file as messages name it."""
        return "/".join(self.parts)


@dataclass(frozen=True)
class Skipped:
    """A file that was not taken, and why."""

    parts: tuple[str, ...]
    reason: str

    @property
    def shown(self) -> str:
        """The file as messages name it."""
        return "/".join(self.parts)


def gather(path: Path) -> Iterator[File | Skipped]:
    """The files of a notebook, a zip, or a folder with notebooks and zips. Raises OSError."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        yield from _folder(path)
    elif stat.S_ISREG(mode):
        yield from _one(path, (_nfc(path.name),))
    else:
        yield Skipped((_nfc(path.name),), _("It is neither a file nor a folder."))


def _folder(folder: Path) -> Iterator[File | Skipped]:
    count = 0
    for where, folders, names in os.walk(folder, followlinks=False):
        for name in [name for name in folders if (Path(where) / name).is_symlink()]:
            yield Skipped(_under(folder, Path(where) / name), _("It is a link, and links are not followed."))
        folders[:] = sorted(name for name in folders if not _noise((name,)))
        for name in sorted(names):
            if _noise((name,)):
                continue
            count += 1
            if count > MOST_FILES:
                yield Skipped(_under(folder, Path(where)), _too_many())
                return
            path = Path(where) / name
            yield from _one(path, _under(folder, path))


def _under(folder: Path, path: Path) -> tuple[str, ...]:
    """The folder that was named is part of the name: it may be called after a person."""
    return tuple(_nfc(part) for part in (folder.resolve().name, *path.relative_to(folder).parts) if part)


def _one(path: Path, parts: tuple[str, ...]) -> Iterator[File | Skipped]:
    found = path.lstat() if len(parts) > 1 else path.stat()  # a link inside a folder may lead anywhere
    if stat.S_ISLNK(found.st_mode):
        yield Skipped(parts, _("It is a link, and links are not followed."))
    elif not stat.S_ISREG(found.st_mode):
        yield Skipped(parts, _("It is neither a file nor a folder."))
    elif path.suffix.lower() == ".zip":
        yield from _zip(path, parts, found.st_size)
    elif refused := _refused(parts[-1], found.st_size):
        yield Skipped(parts, refused)
    else:
        yield _read(path, parts, found.st_mtime)


def _read(path: Path, parts: tuple[str, ...], changed: float) -> File | Skipped:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)  # it may grow while it is read
    except OSError as error:
        return Skipped(parts, _("It cannot be read ({reason}).").format(reason=error.strerror or "?"))
    if len(data) > MOST_BYTES:
        return Skipped(parts, too_large())
    return File(parts, data, datetime.fromtimestamp(changed).astimezone())


def _refused(name: str, size: int) -> str:
    """Why a file with this name and size is not read; empty where it is."""
    ending = PurePosixPath(name).suffix.lower()
    if ending == ".zip":
        return _("It is a zip inside a zip, and is not opened. Unpack the outer one and collect that folder.")
    if ending not in (".ipynb", ".json"):
        return _("It is not a notebook (.ipynb).")
    return too_large() if size > MOST_BYTES else ""


def too_large() -> str:
    """The sentence about a notebook above MOST_BYTES."""
    return _("The file is larger than {most} MB. A filled-in exercise is much smaller.").format(
        most=MOST_BYTES // 1_000_000
    )


def _too_many() -> str:
    return _("There are more than {most} files. Nothing more was taken.").format(most=MOST_FILES)


def _zip(path: Path, parts: tuple[str, ...], size: int) -> Iterator[File | Skipped]:
    if size > MOST_ZIP:
        yield Skipped(parts, _("The zip is larger than {most} MB.").format(most=MOST_ZIP // 1_000_000))
        return
    try:
        data = path.read_bytes()
        contents = _directory_bytes(data)
        if contents > MOST_FILES * _DIRECTORY:  # before zipfile reads it all into memory
            yield Skipped(parts, _too_many())
            return
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            yield from _entries(opened, (*parts[:-1], _nfc(PurePosixPath(parts[-1]).stem)), len(data))
    except OSError as error:
        yield Skipped(parts, _("It cannot be read ({reason}).").format(reason=error.strerror or "?"))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
        yield Skipped(parts, _("The zip is broken, or not a zip. Ask for it to be sent again."))


def _directory_bytes(data: bytes) -> int:
    """How long the zip says that its table of contents is; 0 where it does not say."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or end + 22 > len(data):
        return 0
    (size,) = struct.unpack_from("<I", data, end + 12)
    if end >= 76 and data[end - 20 : end - 16] == b"PK\x06\x07":  # zip64 keeps it in a record before
        size = max(size if size != 0xFFFFFFFF else 0, struct.unpack_from("<Q", data, end - 76 + 40)[0])
    return int(size)


def _entries(opened: zipfile.ZipFile, root: tuple[str, ...], size: int) -> Iterator[File | Skipped]:
    entries = [entry for entry in opened.infolist() if not _noise(_parts(entry))]
    if len(entries) > MOST_FILES:
        yield Skipped(root, _too_many())
        return
    left = min(MOST_UNPACKED, max(size * MOST_RATIO, 10 * MOST_BYTES))
    twice = _twice(entries)
    for entry in entries:
        inside = _parts(entry)
        if entry.is_dir() and not (refused := _escapes(entry)):
            continue
        refused = _escapes(entry) or _not_plain(entry) or _refused(inside[-1], entry.file_size)
        if not refused and inside in twice:
            refused = _("The zip holds two files with this name, so it is not certain which one is meant.")
        if refused:
            yield Skipped((*root, *inside), refused)
            continue
        found = _unpack(opened, entry, (*root, *inside))
        yield found
        left -= len(found.data) if isinstance(found, File) else 0
        if left < 0:
            yield Skipped(root, _("The zip grows without end when it is unpacked. Nothing more was taken."))
            return


def _unpack(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, parts: tuple[str, ...]) -> File | Skipped:
    try:
        with opened.open(entry) as file:
            data = file.read(MOST_BYTES + 1)  # whatever size the zip claims
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        return Skipped(parts, _("This file in the zip is broken. Ask for it to be sent again."))
    except Exception as error:  # the unpackers of lzma and bz2 have errors of their own
        return Skipped(parts, _("It cannot be read ({reason}).").format(reason=type(error).__name__))
    if len(data) > MOST_BYTES:
        return Skipped(parts, too_large())
    try:
        changed = datetime(*entry.date_time).astimezone()
    except (ValueError, OverflowError, OSError):
        changed = None
    return File(parts, data, changed)


def _twice(entries: list[zipfile.ZipInfo]) -> set[tuple[str, ...]]:
    """The names that stand for more than one content."""
    seen: dict[tuple[str, ...], tuple[int, int]] = {}
    twice = set()
    for entry in entries:
        if entry.is_dir():
            continue
        content = (entry.CRC, entry.file_size)
        if seen.setdefault(_parts(entry), content) != content:
            twice.add(_parts(entry))
    return twice


def _escapes(entry: zipfile.ZipInfo) -> str:
    name = _name(entry)
    windows = PureWindowsPath(name)
    if ".." in windows.parts or windows.drive or windows.root or PurePosixPath(name).is_absolute():
        return _("Its name leads out of the zip.")
    return ""


def _not_plain(entry: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return _("It is a link, and links are not followed.")
    if kind not in (0, stat.S_IFREG):
        return _("It is neither a file nor a folder.")
    if entry.flag_bits & _ENCRYPTED:
        return _("The zip is locked with a password. Unpack it yourself and collect the folder.")
    return ""


def _parts(entry: zipfile.ZipInfo) -> tuple[str, ...]:
    """The entry's folders and name; whatever would lead out is left out, since this only names it."""
    found = PureWindowsPath(_name(entry)).parts
    return tuple(part for part in found if part.strip("./\\ ")) or ("?",)


def _name(entry: zipfile.ZipInfo) -> str:
    """The name in NFC. Without the UTF-8 mark it is UTF-8 all the same (macOS), else Windows' cp850."""
    if entry.flag_bits & _UTF8:
        return _nfc(entry.filename)
    try:
        written = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return _nfc(entry.filename)
    try:
        return _nfc(written.decode("utf-8"))
    except UnicodeDecodeError:
        return _nfc(written.decode("cp850"))


def _noise(parts: tuple[str, ...]) -> bool:
    """Whether nobody sent this: what computers lay beside files."""
    return any(part.lower() in _NOISE or part.startswith("._") for part in parts)


def _nfc(text: str) -> str:
    """One form for "Åse", with nothing in it that a terminal would obey."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in composed)
