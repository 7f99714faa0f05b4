"""Static files, read once at the start and kept compressed: they are few, and asked for all the time."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from .problems import Refused

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
TEXT = frozenset({".css", ".js", ".json", ".svg", ".txt"})
YEAR = "public, max-age=31536000, immutable"
REVALIDATE = "public, no-cache"


@dataclass(frozen=True)
class Asset:
    """One file as it is sent; ``compressed`` is None where gzip gains nothing."""

    body: bytes
    compressed: bytes | None
    media_type: str
    fingerprint: str


def fingerprint(body: bytes) -> str:
    """Twelve hex digits that change with the content."""
    return hashlib.sha256(body).hexdigest()[:12]


def read_asset(path: Path) -> Asset:
    """A file as an asset; its type follows from its ending."""
    body = path.read_bytes()
    media_type = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    small = gzip.compress(body, 9, mtime=0) if path.suffix in TEXT else body
    return Asset(body, small if len(small) < len(body) else None, media_type, fingerprint(body))


def read_assets(folders: Mapping[str, Path]) -> dict[str, Asset]:
    """Every file below the folders, by its path under ``/static/``; a folder's key is put before it."""
    return {name: read_asset(path) for name, path in sorted(_files(folders))}


def _files(folders: Mapping[str, Path]) -> Iterator[tuple[str, Path]]:
    for prefix, folder in folders.items():
        for path in folder.rglob("*"):
            if path.is_file() and path.suffix not in (".py", ".pyc"):
                yield prefix + path.relative_to(folder).as_posix(), path


def respond(request: Request, asset: Asset | None, *, version: str | None = None) -> Response:
    """The asset: 304 where the browser has it, for a year where the address names its content."""
    if asset is None:
        raise Refused(404)
    current = version == asset.fingerprint
    headers = {
        "ETag": f'"{asset.fingerprint}"',
        "Cache-Control": YEAR if current else REVALIDATE,
        "Vary": "Accept-Encoding",
    }
    if f'"{asset.fingerprint}"' in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if asset.compressed and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(asset.compressed, headers=headers, media_type=asset.media_type)
    return Response(asset.body, headers=headers, media_type=asset.media_type)
