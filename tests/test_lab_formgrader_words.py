"""Formgrader in Danish: each word is one of nbgrader's, and none of nbgrader's code changes."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from jinja2 import Environment

from kommune3.lab import formgrader_mends as mends
from kommune3.lab import formgrader_words as words

found = find_spec("nbgrader")
if found is None or found.origin is None:
    pytest.skip("nbgrader is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """nbgrader's templates and scripts, by name."""
    place = Path(found.origin).parent / "server_extensions" / "formgrader"  # importing it takes seconds
    files = [
        *place.glob("templates/**/*.tpl"),
        *place.glob("templates/**/*.j2"),
        *place.glob("static/js/*.js"),
    ]
    return {file.name: file.read_text(encoding="utf-8") for file in files}


def test_each_word_stands_in_nbgraders_files(files: dict[str, str]) -> None:
    pages = " ".join(text for name, text in files.items() if not name.endswith(".js"))
    scripts = " ".join(text for name, text in files.items() if name.endswith(".js"))
    between = {" ".join(text.split()) for text in re.findall(r'[>}"]([^<>{}"]+)(?=[<{"])', pages)}
    assert [word for word in words.PAGES if word not in between] == []
    assert [word for word in words.SCRIPTS if not re.search(rf'" ?{re.escape(word)}"', scripts)] == []
    assert [field for field, _name in words.FIELDS if field not in pages] == []


def test_a_page_says_its_language_and_is_danish_where_it_was_english(files: dict[str, str]) -> None:
    made = words.page(files["gradebook_notebook_submissions.tpl"])
    assert '<th class="text-center">Mangler din vurdering?</th>' in made
    assert '<button id="toggle_names" onclick="toggleAllNames()">Vis alle navne</button>' in made
    assert 'class="comment tabbable" aria-label="Kommentar"' in words.page(files["index.html.j2"])
    for name in ("base.tpl", "index.html.j2"):
        assert re.search(r'<html lang="da">\s*<head>', words.page(files[name])), name


def test_a_municipalitys_own_word_ends_neither_an_attribute_nor_a_template(
    files: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        words, "_", lambda text: """x" ~ cycler ~ "'><script>\\""" if "&" not in text else text
    )
    for name, text in files.items():
        if not name.endswith(".js"):
            changed = words.page(text)
            assert changed.count("<") == text.count("<") + changed.count('<html lang="da">') - text.count(
                "<html>"
            )
            Environment(autoescape=True).parse(changed)


def test_every_template_and_script_stays_whole(files: dict[str, str]) -> None:
    parts = r"\{[{%].*?[}%]\}|<script.*?</script>"
    for name, text in files.items():
        if name.endswith(".js"):
            changed = words.script(text)
            assert re.sub(r'"[^"\n]*"', '""', changed) == re.sub(r'"[^"\n]*"', '""', text), name
        else:
            changed = words.page(text)
            assert re.findall(parts, changed, re.S) == re.findall(parts, text, re.S), name
            Environment(autoescape=True).parse(changed)


def test_each_mend_is_of_a_piece_of_nbgraders_and_says_what_the_catalog_knows(files: dict[str, str]) -> None:
    templates = [text for name, text in files.items() if not name.endswith(".js")]
    assert [piece for piece, _instead in mends.MENDS if not any(piece in text for text in templates)] == []
    own = (mends.TEMPLATES / "base.tpl").read_text(encoding="utf-8")
    said = re.findall(r'_\("([^"]+)"\)', own + "".join(instead for _piece, instead in mends.MENDS))
    assert set(said) == set(mends.WORDS)
