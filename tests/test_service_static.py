"""Static files: read once, read again when they change."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

from kommune3.service.static import read_static, static


def test_text_is_kept_compressed_and_pictures_are_not() -> None:
    text = static(b"a { color: red } " * 100, "text/css; charset=utf-8")
    assert text.compressed is not None
    assert gzip.decompress(text.compressed) == text.body
    assert static(b"a" * 1000, "image/png").compressed is None
    assert static(b"x", "text/css").compressed is None


def test_the_same_content_has_the_same_tag() -> None:
    assert static(b"x", "text/css").etag == static(b"x", "text/css").etag
    assert static(b"x", "text/css").etag != static(b"y", "text/css").etag


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "a.css"
    file.write_bytes(b"one")
    assert read_static((file,), "text/css").body == b"one"
    file.write_bytes(b"two")
    os.utime(file, ns=(1, 1))
    assert read_static((file,), "text/css").body == b"two"
