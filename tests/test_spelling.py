"""The spelling: what is read, what counts as wrong, and a list of words that holds nothing in vain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import spelling
from spelling_texts import texts

WRONG = ("Veelkommen", "kommnue", "underæsøger", "færddigt", "arbejdsgigveren", "forrældre", "Borgren")
"""Planted errors; the dictionary itself takes the first, third, fourth and fifth for compounds."""


def lay(root: Path, own: str = "", **files: str) -> Path:
    """A course of these files, with these words of its own."""
    for name in ("modules", "solutions", "course"):
        (root / name).mkdir(exist_ok=True)
    (root / spelling.LIST).write_text(f"# Ord\n{own}", encoding="utf-8")
    for place, text in files.items():
        (root / place.replace("__", "/").replace("_dot_", ".")).write_text(text, encoding="utf-8")
    return root


def notebook(*sources: str) -> str:
    """A notebook of Markdown cells, written the way Jupyter does, and a code cell."""
    cells = [{"cell_type": "markdown", "source": source.splitlines(keepends=True)} for source in sources]
    cells.append({"cell_type": "code", "source": ["quizz('forrkert')"]})
    return json.dumps({"cells": cells}, ensure_ascii=False, indent=1)


def words(root: Path) -> list[str]:
    """The words that are told as wrong, with their places."""
    told = (line.split('"') for line in spelling.problems(root))
    return [f"{parts[0]}{parts[1]}" for parts in told]


def test_planted_errors_are_found_guessed_compounds_too() -> None:
    right = ("kommune", "Kommunens", "forældremøde", "støttegruppe", "undersøger", "HVORFOR", "borgerne")
    assert set(spelling.unknown([*WRONG, *right])) == set(WRONG)


def test_a_suggestion_is_a_word_of_the_dictionary() -> None:
    found = spelling.unknown(["kommnue", "forrkert", "kommune"], suggest=["kommune", "kommnue"])
    assert found["kommnue"][0] == "kommune"
    assert found == {"kommnue": found["kommnue"], "forrkert": []}


def test_a_dictionary_that_cannot_be_read_is_told_and_asked_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spelling._dictionary.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(spelling, "__file__", str(tmp_path / "spelling.py"))
        with pytest.raises(spelling.SetupError, match=r"could not be asked(.|\n)*spelling\.mjs"):
            spelling.unknown(["kommnue"])
    assert set(spelling.unknown(["kommnue"])) == {"kommnue"}


@pytest.mark.parametrize("path", ["modules/nowhere", "../elsewhere", "/"])
def test_a_folder_that_is_not_read_is_told(path: str) -> None:
    with pytest.raises(spelling.SetupError, match="Only the course's own files are read"):
        spelling.main([path])


def test_each_kind_of_file_is_read_and_told_with_its_line(tmp_path: Path) -> None:
    root = lay(
        tmp_path,
        modules__a_dot_ipynb=notebook("# Velkommen\n\nHer er en\nkommnue."),
        solutions__b_dot_ipynb=notebook("En kort teskt."),
        modules__c_dot_yml="id: kommnue-to\nnodes:\n- to: mødde\n  text: |\n    Et\n    møøde.\n",
        modules__d_dot_md="# Noter\n\nTal om `koden` og forrældre.\n",
        course__course_dot_toml='[[modules]]\nid = "forste"\nfile = "moduls/x.ipynb"\ntitle = "Borgren"\n',
    )
    assert words(root) == [
        "course/course.toml:4: Borgren",
        "modules/a.ipynb:9: kommnue",
        "modules/c.yml:6: møøde",
        "modules/d.md:3: forrældre",
        "solutions/b.ipynb:6: teskt",
    ]


LEFT_OUT = """Se `kodestumpp` og [her](moduls/forkertt.ipynb) [@kommnue-2014].

Skriv i kuurset.toml, i *.forrk, til ann@kommnue.dk og på https://kommnue.dk/forrkert.

Et modul hedder common_01x og har 12kk. <b class="forkertt">Slut.</b>

```
kodee
```
"""


def test_code_addresses_and_citations_are_no_words(tmp_path: Path) -> None:
    assert words(lay(tmp_path, modules__a_dot_ipynb=notebook(LEFT_OUT), modules__b_dot_md=LEFT_OUT)) == []


def test_a_break_written_in_json_is_no_letter(tmp_path: Path) -> None:
    cell = {"cell_type": "markdown", "source": "Et møde\nnaboer\nog borgere"}
    file = json.dumps({"cells": [cell]}, ensure_ascii=False)
    assert words(lay(tmp_path, modules__a_dot_ipynb=file)) == []


def test_own_words_count_with_a_capital_and_a_names_s(tmp_path: Path) -> None:
    text = notebook("Klagemødet er på Solvænget. Solvængets beboere holder klagemødet. Danylos mor.")
    assert words(lay(tmp_path, "Danylo\nklagemødet\nSolvænget\n", modules__a_dot_ipynb=text)) == []


def test_the_list_holds_nothing_in_vain_and_is_in_order(tmp_path: Path) -> None:
    root = lay(
        tmp_path, "Solvænget\nborgere\nklagemødet\n", modules__a_dot_ipynb=notebook("Klagemødet. Borgere.")
    )
    assert spelling.problems(root) == [
        f'{spelling.LIST}: "Solvænget" stands in no text. {spelling.TIDY}',
        f'{spelling.LIST}: "borgere" is in the dictionary. {spelling.TIDY}',
        f"{spelling.LIST}: is not in order. {spelling.TIDY}",
    ]
    spelling.tidy(root)
    assert spelling.listed(root) == ["klagemødet"]
    spelling.add(["Aase", "Klagemødet"], root)
    assert spelling.listed(root) == ["Aase", "klagemødet"]


def test_a_broken_file_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    root = lay(tmp_path, modules__a_dot_yml="a: [", modules__b_dot_ipynb="{", modules__c_dot_md="Borgren")
    told = spelling.problems(root)
    assert [line.split(":")[0] for line in told] == ["modules/a.yml", "modules/b.ipynb", "modules/c.md"]
    with pytest.raises(spelling.SetupError, match=r"modules/a\.yml, modules/b\.ipynb"):
        spelling.tidy(root)


def test_the_courses_own_texts_are_all_read() -> None:
    broken: list[str] = []
    pieces = list(texts(spelling.ROOT, broken))
    files = {file for file, _ in pieces}
    assert broken == []
    for part in (
        "modules/",
        "solutions/",
        "course/course.toml",
        "course/kommune3/locale/da",
        "docs/authors.md",
    ):
        assert any(file.startswith(part) for file in files), part
    english = "A learner"
    assert not any(english in piece for file, piece in pieces if file == "docs/jupyterlab.md")
