"""Whether a file is a picture of the kind that its name says."""

from __future__ import annotations

from pathlib import Path

from kommune3.i18n import gettext as _

from .markdown import PICTURES

BEGINNING = 1024
"""How many bytes of a file are looked at."""


def wrong_picture(path: Path, name: str) -> tuple[str, str] | None:
    """What hinders a page from showing the file, and what to do about it; none where all is well."""
    kind = path.suffix.lower()
    hint = _("Save the picture again as one of these: {kinds}").format(kinds=", ".join(PICTURES))
    if kind not in PICTURES:
        return _('the picture "{target}" is none that a page can show').format(target=name[:60]), hint
    try:
        with path.open("rb") as file:
            begins = file.read(BEGINNING)
    except OSError as error:
        return f'"{name}" ' + _("cannot be read: {why}").format(why=error.strerror), ""
    if _fits(begins, kind):
        return None
    return _('the file "{file}" is no picture of the kind that its name says').format(file=name), hint


def _fits(begins: bytes, kind: str) -> bool:
    match kind:
        case ".png":
            return begins.startswith(b"\x89PNG\r\n\x1a\n")
        case ".jpg" | ".jpeg":
            return begins.startswith(b"\xff\xd8\xff")
        case ".gif":
            return begins.startswith((b"GIF87a", b"GIF89a"))
        case ".webp":
            return begins[:4] == b"RIFF" and begins[8:12] == b"WEBP"
    text = begins.replace(b"\0", b"")  # as UTF-16 has between its letters
    return b"<?xml" in text[:20] or b"<svg" in text
