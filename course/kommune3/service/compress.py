"""Pages as gzip: what every reader of a page gets alike is compressed once, and not for each of them."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""Of a gzip file (RFC 1952): deflate, no name, no time, no system."""
RAW = -15
"""zlib's word for deflate without a header of its own."""
QUICK, SMALL = 3, 9
"""How hard zlib tries: for one reader, and for all."""


class ReadByAll(HTMLResponse):
    """A page whose ``<article>`` holds nothing of the one who reads it: it is kept, compressed, in memory."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the page, compressed where the browser takes that."""
        if "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            self.body = gzipped(bytes(self.body))
            self.headers["Content-Encoding"], self.headers["Vary"] = "gzip", "Accept-Encoding"
            self.headers["Content-Length"] = str(len(self.body))
        await super().__call__(scope, receive, send)


def gzipped(page: bytes) -> bytes:
    """The page as a gzip file of one member: pieces that end at a full flush may be put one after another."""
    start, end = page.find(b"<article"), page.rfind(b"</article>")
    if not 0 <= start < end:
        start = end = 0
    pieces = (
        _deflated(page[:start], QUICK),
        _kept(page[start:end]),
        _deflated(page[end:], QUICK, zlib.Z_FINISH),
    )
    return HEADER + b"".join(pieces) + struct.pack("<II", zlib.crc32(page), len(page) & 0xFFFFFFFF)


@lru_cache(maxsize=64)
def _kept(article: bytes) -> bytes:
    return _deflated(article, SMALL)


def _deflated(piece: bytes, level: int, end: int = zlib.Z_FULL_FLUSH) -> bytes:
    made = zlib.compressobj(level, zlib.DEFLATED, RAW)
    return made.compress(piece) + made.flush(end)
