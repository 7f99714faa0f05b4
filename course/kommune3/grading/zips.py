"""What a zip holds, entry by entry into memory; no name in it ever becomes a path on this machine."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath, PureWindowsPath

from kommune3.i18n import gettext as _

from .found import (
    MOST_BYTES,
    MOST_FILES,
    File,
    Found,
    Skipped,
    broken_off,
    is_link,
    is_noise,
    nfc,
    no_file,
    refusal,
    too_large,
    too_many,
)

MOST_ZIP = 100_000_000
"""Bytes of a zip as it came."""
MOST_UNPACKED = 300_000_000
"""Bytes that are unpacked of one zip, all together."""
MOST_RATIO = 200
"""How many times larger than itself a zip may grow; notebooks shrink to a tenth or so."""

_ENTRY = 46 + 1_000  # the longest that a line of a zip's table of contents reasonably is
_ENCRYPTED, _UTF8 = 0x1, 0x800


def entries(path: Path, found: Found) -> Iterator[File | Skipped]:
    """The files in the zip that was found there."""
    try:
        size = path.stat().st_size
        if size > MOST_ZIP:
            told = _("The zip is larger than {most} MB.")
            yield found.skipped(told.format(most=MOST_ZIP // 1_000_000))
            return
        data = path.read_bytes()
        if _contents(data) > MOST_FILES * _ENTRY:  # before zipfile takes it all into memory
            yield found.skipped(too_many())
            return
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            parts = (*found.parts[:-1], PurePosixPath(found.parts[-1]).stem)
            yield from _entries(opened, Found(parts, found.changed), size)
    except OSError as error:
        yield found.skipped(broken_off(error.strerror))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
        yield found.skipped(_("The zip is broken, or not a zip. Ask for it to be sent again."))


def _contents(data: bytes) -> int:
    """How long the zip says that its table of contents is, in bytes; 0 where it does not say."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or end + 22 > len(data):
        return 0
    (size,) = struct.unpack_from("<I", data, end + 12)
    if end >= 76 and data[end - 20 : end - 16] == b"PK\x06\x07":  # zip64 keeps it in a record before
        size = max(size if size != 0xFFFFFFFF else 0, struct.unpack_from("<Q", data, end - 76 + 40)[0])
    return int(size)


def _entries(opened: zipfile.ZipFile, root: Found, size: int) -> Iterator[File | Skipped]:
    there = [entry for entry in opened.infolist() if not any(map(is_noise, _parts(entry)))]
    if len(there) > MOST_FILES:
        yield root.skipped(too_many())
        return
    left = min(MOST_UNPACKED, max(size * MOST_RATIO, 10 * MOST_BYTES))
    twice = _twice(there)
    for entry in there:
        found = Found((*root.parts, *_parts(entry)), _changed(entry))
        refused = _escapes(entry) or ("" if entry.is_dir() else _not_plain(entry))
        if entry.is_dir() and not refused:
            continue
        if not refused and _parts(entry) in twice:
            refused = _("The zip holds two files with this name, so it is not certain which one is meant.")
        one = found.skipped(refused) if refused else _unpack(opened, entry, found)
        yield one
        left -= len(one.data) if isinstance(one, File) else 0 if refused else MOST_BYTES
        if left < 0:
            yield root.skipped(_("The zip grows without end when it is unpacked. Nothing more was taken."))
            return


def _unpack(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, found: Found) -> File | Skipped:
    try:
        with opened.open(entry) as file:
            data = file.read(MOST_BYTES + 1)  # whatever size the zip claims
    except Exception:  # zlib, lzma, bz2 and zipfile each have errors of their own
        return found.skipped(_("This file in the zip is broken. Ask for it to be sent again."))
    return found.file(data) if len(data) <= MOST_BYTES else found.skipped(too_large())


def _changed(entry: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*entry.date_time).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def _twice(there: list[zipfile.ZipInfo]) -> set[tuple[str, ...]]:
    """The names that stand for more than one content."""
    seen: dict[tuple[str, ...], tuple[int, int]] = {}
    twice = set()
    for entry in there:
        if not entry.is_dir():
            content = (entry.CRC, entry.file_size)
            if seen.setdefault(_parts(entry), content) != content:
                twice.add(_parts(entry))
    return twice


def _escapes(entry: zipfile.ZipInfo) -> str:
    name = PureWindowsPath(_name(entry))
    out = ".." in name.parts or name.drive or name.root
    return _("Its name leads out of the zip.") if out else ""


def _not_plain(entry: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return is_link()
    if kind not in (0, stat.S_IFREG):
        return no_file()
    if entry.flag_bits & _ENCRYPTED:
        return _("The zip is locked with a password. Unpack it yourself and collect the folder.")
    return refusal(_parts(entry)[-1], entry.file_size)


def _parts(entry: zipfile.ZipInfo) -> tuple[str, ...]:
    """The entry's folders and name, without what would lead out: they only name it."""
    return tuple(part for part in PureWindowsPath(_name(entry)).parts if part.strip("./\\ ")) or ("?",)


def _name(entry: zipfile.ZipInfo) -> str:
    """The name in NFC. Without the UTF-8 mark it is UTF-8 all the same (macOS), else Windows' cp850."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        try:
            written = name.encode("cp437")  # as zipfile read it
            name = written.decode("utf-8")
        except UnicodeEncodeError:
            pass
        except UnicodeDecodeError:
            name = written.decode("cp850")
    return nfc(name)
