from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommune3.content import Course
from kommune3.content.lix import Readability, measure, words
from kommune3.content.notebook import Cell, Notebook
from kommune3.content.prose import of_activity, of_notebook


def test_counts_are_those_made_by_hand() -> None:
    """Eleven words, two sentences, three of them long: 11 / 2 + 100 * 3 / 11."""
    found = measure(["Kommunen er et lokalt fællesskab. Det betyder, at vi hjælpes ad."])
    assert found == Readability(words=11, sentences=2, long_words=4)
    assert found.lix == pytest.approx(11 / 2 + 400 / 11)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Der bor 58.100 her, f.eks. børn, jf. § 17, stk. 4 i loven.", 1),
        ("»Hvad nu?« Hun ser op. Ingen svarer …", 3),
        ("Er det dit? »Ja,« siger hun. (Det var det.) Nå!", 4),
        ("En bænk", 1),
        ("... !", 0),
        ("Se https://example.org/Side. Og mere.", 1),
    ],
)
def test_sentences(text: str, sentences: int) -> None:
    assert measure([text]).sentences == sentences


def test_citations_and_addresses_are_no_words() -> None:
    assert words("Sådan står det [@faq-2014; @oyer-2016] på https://example.org/lang-adresse.") == [
        "Sådan",
        "står",
        "det",
        "på",
    ]


def test_headings_and_items_end_sentences_and_code_is_left_out() -> None:
    listed = "# En titel\n\n- et punkt\n- to `forfærdeligtlangkode`\n\n```\nkode\n```\n\n"
    source = listed + "| a | b |\n|---|---|\n| c | d |"
    notebook = Notebook("x", "x", (Cell("a", "markdown", source, 1), Cell("b", "code", "x()", 2)), {}, ())
    assert measure(of_notebook(notebook)) == Readability(words=9, sentences=7, long_words=0)


def test_all_that_a_learner_reads_counts(mini_course: Course) -> None:
    texts = [text for _place, text in of_activity(mini_course.activities["opkaldet"])]
    scenario = mini_course.activities["opkaldet"]
    assert scenario.intro in texts
    for expected in ("Hun bliver glad.", "rigelig", "En bænk med fem navne", "Poul fra Vej og Park"):
        assert expected in texts
    assert not {"opkaldet", "citizen", "lilleby-2020", "sagen"} & set(texts)


def test_an_empty_text_has_no_lix() -> None:
    assert measure([]).lix == 0


@given(st.lists(st.text(max_size=40), max_size=5))
def test_any_text_can_be_measured(pieces: list[str]) -> None:
    found = measure(pieces)
    assert 0 <= found.long_words <= found.words
    assert found.sentences <= found.words
    assert found.lix >= 0
