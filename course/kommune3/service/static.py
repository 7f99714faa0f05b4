"""Static files as they are sent: read once, kept compressed, kept by browsers as long as is right."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

YEAR = "public, max-age=31536000, immutable"
REVALIDATE = "public, no-cache"
TEXT = ("text/", "application/json", "image/svg+xml")


@dataclass(frozen=True)
class Static:
    """What a file holds; ``compressed`` is None where gzip gains nothing."""

    body: bytes
    compressed: bytes | None
    media_type: str
    etag: str


def static(body: bytes, media_type: str) -> Static:
    """The body with its compressed form and its weak ETag."""
    small = gzip.compress(body, 9, mtime=0) if media_type.startswith(TEXT) else body
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
    return Static(body, small if len(small) < len(body) else None, media_type, etag)


def read_static(files: tuple[Path, ...], media_type: str, end: str = "") -> Static:
    """The files one after another, then ``end``; read again when one has changed. Raises OSError."""
    return _read(files, media_type, end, tuple(file.stat().st_mtime_ns for file in files))


@lru_cache(maxsize=256)
def _read(files: tuple[Path, ...], media_type: str, end: str, _changed: tuple[int, ...]) -> Static:
    parts = [file.read_bytes() for file in files] + ([end.encode()] if end else [])
    return static(b"\n".join(parts), media_type)


def respond(request: Request, found: Static, *, immutable: bool = False) -> Response:
    """The content, or 304 where the browser has it; ``immutable`` where the address names the content."""
    headers = {
        "ETag": found.etag,
        "Cache-Control": YEAR if immutable else REVALIDATE,
        "Vary": "Accept-Encoding",
    }
    if found.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if found.compressed and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(found.compressed, headers=headers, media_type=found.media_type)
    return Response(found.body, headers=headers, media_type=found.media_type)
