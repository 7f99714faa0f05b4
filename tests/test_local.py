"""The page "Hos os": empty at first, filled from the municipality's settings, films from its own files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kommune3.content import check
from kommune3.service.settings import Settings
from serving import Factory, login

ANNA = login("anna", "learner")
OWN = """
[local]
intro = "Lilleby vil prøve <b>det</b> selv."
contact = "Kursusholdet"
contact_url = "mailto:kursus@example.org"

[local.decision]
text = \"\"\"Byrådet vil prøve i tre områder.

Det bliver set efter om to år.\"\"\"
date = "marts 2026"
url = "https://www.example.org/beslutning"

[[local.films]]
title = "Badebroen"
file = "badebro.mp4"
text = "Ti mennesker bærer et bræt."

[[local.films]]
title = "Et andet sted"
url = "https://www.example.org/film"

[[local.examples]]
title = "Bænken"
place = "Søparken"
text = "Naboerne malede den."
"""


def client_of(make_app: Factory, settings: Settings, overlay: Path) -> TestClient:
    app = make_app(replace(settings, course_dir=overlay))
    return TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "course.toml").write_text(OWN, encoding="utf-8")
    (folder / "badebro.mp4").write_bytes(bytes(range(256)) * 8)
    return folder


def test_without_settings_the_page_says_that_nothing_is_there(client: TestClient) -> None:
    with client:
        page = client.get("/local", headers=ANNA).text
    assert "har ikke skrevet noget her endnu" in page
    assert "<video" not in page


def test_all_that_the_municipality_wrote_is_shown_as_text(
    make_app: Factory, settings: Settings, own: Path
) -> None:
    with client_of(make_app, settings, own) as client:
        page = client.get("/local", headers=ANNA).text
        told = ("Byrådet vil prøve", "om to år", "marts 2026", "https://www.example.org/beslutning", "Bænken")
        assert [one for one in (*told, "Søparken", "Kursusholdet", "Ti mennesker") if one not in page] == []
        assert "&lt;b&gt;det&lt;/b&gt;" in page  # text, never HTML
        assert "har ikke skrevet" not in page
        assert 'src="/local/films/0"' in page  # the other one is a link and loads nothing


def test_a_film_is_sent_in_parts_and_no_other_file_is(
    make_app: Factory, settings: Settings, own: Path
) -> None:
    with client_of(make_app, settings, own) as client:
        part = client.get("/local/films/0", headers={**ANNA, "range": "bytes=256-257"})
        assert (part.status_code, part.content, part.headers["content-type"]) == (206, b"\0\1", "video/mp4")
        for number in ("1", "2", "-1", "999999999999", "x", "..%2fcourse.toml"):
            assert client.get(f"/local/films/{number}", headers=ANNA).status_code in (404, 422)
        assert client.get("/local/films/0").status_code == 401


@pytest.mark.parametrize("file", ["ingen.mp4", "../ude.mp4"])
def test_a_film_that_is_not_there_is_reported_and_answered_404(
    file: str, make_app: Factory, settings: Settings, own: Path, mini_root: Path
) -> None:
    (own.parent / "ude.mp4").write_bytes(b"x")
    (own / "course.toml").write_text(OWN.replace("badebro.mp4", file), encoding="utf-8")
    assert any(file in str(problem) for problem in check(mini_root, own))
    with client_of(make_app, settings, own) as client:
        assert client.get("/local/films/0", headers=ANNA).status_code == 404


@pytest.mark.parametrize("wrong", ['title = "Ingen"', 'title = "To"\nurl = "https://a.dk"\nfile = "a.mp4"'])
def test_a_film_has_one_place(wrong: str, own: Path, mini_root: Path) -> None:
    (own / "course.toml").write_text(f"[[local.films]]\n{wrong}\n", encoding="utf-8")
    assert len(check(mini_root, own)) == 1
