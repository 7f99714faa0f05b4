"""Pages as gzip, put together from pieces."""

from __future__ import annotations

import gzip
import zlib

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from kommune3.service import compress
from serving import ANNA, BO

TEXTS = st.text(max_size=300).map(lambda text: text * 7)


@given(TEXTS, TEXTS, TEXTS)
def test_a_page_of_pieces_is_one_gzip_file_that_holds_it(head: str, article: str, tail: str) -> None:
    for page in (f"{head}<article>{article}</article>{tail}", head, f"</article>{head}<article>"):
        told = page.encode("utf-8", "surrogatepass")
        made = compress.gzipped(told)
        assert gzip.decompress(made) == told
        reader = zlib.decompressobj(31)  # as a browser reads it: one member, its sum and its length checked
        assert reader.decompress(made) == told
        assert reader.eof
        assert reader.unused_data == b""


def test_the_article_is_compressed_once_for_all(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    compress._kept.cache_clear()
    pieces: list[int] = []
    deflated = compress._deflated

    def counted(piece: bytes, level: int, *end: int) -> bytes:
        pieces.append(level)
        return deflated(piece, level, *end)

    monkeypatch.setattr(compress, "_deflated", counted)
    pages = [client.get("/modules/common-01", headers=person) for person in (ANNA, BO, ANNA)]
    assert pieces.count(compress.SMALL) == 1
    assert pieces.count(compress.QUICK) == 6
    anna, bo, again = (page.raise_for_status().text for page in pages)
    assert anna == again
    assert "Anna" not in anna[anna.index("<article") : anna.rindex("</article>")]
    assert anna != bo, "what is around it is each reader's own"


@pytest.mark.parametrize("page", ["/modules/common-01", "/start/employee"])
def test_a_browser_that_takes_no_gzip_gets_the_same_page(client: TestClient, page: str) -> None:
    small = client.get(page, headers=ANNA | {"Accept-Encoding": "br, gzip;q=0.8"})
    plain = client.get(page, headers=ANNA | {"Accept-Encoding": "identity"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert small.text == plain.text
    assert int(small.headers["Content-Length"]) < len(plain.content) == int(plain.headers["Content-Length"])
    for answer in (small, plain):
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Content-Security-Policy" in answer.headers
