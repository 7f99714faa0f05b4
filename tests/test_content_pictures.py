"""A file that is to be shown as a picture holds one of the kind that its name says."""

from __future__ import annotations

from pathlib import Path

import pytest

from kommune3.content.rules.pictures import wrong_picture

BEGINNINGS = {
    "logo.png": b"\x89PNG\r\n\x1a\n",
    "logo.jpg": b"\xff\xd8\xff\xe0",
    "logo.jpeg": b"\xff\xd8\xff\xe1",
    "logo.gif": b"GIF89a",
    "logo.webp": b"RIFF\x00\x01\x00\x00WEBPVP8 ",
    "logo.svg": b'<svg xmlns="http://www.w3.org/2000/svg">',
}


@pytest.mark.parametrize("name", BEGINNINGS)
def test_a_picture_is_known_by_how_it_begins(name: str, tmp_path: Path) -> None:
    for written in (name, name.upper()):
        path = tmp_path / written
        path.write_bytes(BEGINNINGS[name] + b"\x00" * 2000)
        assert wrong_picture(path, written) is None
        for other in set(BEGINNINGS.values()) - {BEGINNINGS[name]}:
            path.write_bytes(other)
            assert wrong_picture(path, written) is not None or path.suffix.lower() in (".jpg", ".jpeg")
    path.write_bytes(b"")
    assert wrong_picture(path, name) is not None


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff<?xml version='1.0'?>\n<!-- " + "x" * 2000 + " --><svg/>",
        "<!-- made by hand -->\n<svg/>",
        "<!DOCTYPE svg>\n<svg:svg/>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_drawing_may_begin_with_other_things(text: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "logo.svg"
    path.write_bytes(text.encode(encoding))
    assert wrong_picture(path, path.name) is None


def test_a_picture_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    told = wrong_picture(tmp_path / "logo.png", "logo.png")
    assert told is not None
    assert "kan ikke læses" in told[0]
