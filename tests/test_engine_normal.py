from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommune3.engine.answers import parse, tidy
from kommune3.engine.cpr import holds_cpr
from kommune3.engine.file_names import words_of
from kommune3.engine.models import Prompt
from kommune3.engine.normal import MOST_MARKS, normal
from kommune3.grading.found import nfc

MARKS = ["\u0301\u0316", "\u0344\u0316", "\u0f73\u0301", "\uff9e\u0316"]
WRITTEN = st.text("aå\u030aéß\u0301\u0316\u0344\u0f73\uff9e\ufe0f\u200d中 \n", max_size=MOST_MARKS) | st.text(
    max_size=MOST_MARKS
)


@given(text=WRITTEN)
def test_ordinary_text_is_put_in_the_form_and_nothing_else(text: str) -> None:
    assert normal("NFC", text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("marks", MARKS)
def test_no_letter_carries_more_than_some_accents(marks: str) -> None:
    assert len(normal("NFC", "e" + marks * 200)) <= 1 + MOST_MARKS
    assert tidy(tidy("e" + marks * 200)) == tidy("e" + marks * 200)


@pytest.mark.parametrize("marks", MARKS)
def test_a_heap_of_accents_keep_nobody_waiting(marks: str) -> None:
    # put in order one by one they take minutes, in which the service answers nobody
    text = "e" + marks * 100_000
    assert len(tidy(text)) <= 1 + MOST_MARKS
    assert not holds_cpr(text)
    (answer,) = parse([Prompt(title="Hvad?")], f"#### Hvad?\n\n{text}\n\n#### {text}")
    assert len(answer) < 100


@pytest.mark.parametrize("marks", MARKS)
def test_nor_do_the_names_of_files(marks: str) -> None:
    name = "e" + marks * 100_000  # a zip takes some of it, and two thousand such names
    assert len(nfc(name)) <= 1 + MOST_MARKS
    assert sum(map(len, words_of(name))) <= 1 + MOST_MARKS
