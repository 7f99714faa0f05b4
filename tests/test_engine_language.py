"""The language check: inflected words, compounds, quotations, what is not meant, and any letter at all."""

from __future__ import annotations

import contextlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommune3.engine import vocabulary
from kommune3.engine.exercises import Language, Term
from kommune3.engine.language import MOST_CHARACTERS, UnfitLetter, check, told
from kommune3.engine.words import words_of

pytestmark = pytest.mark.usefixtures("english")


def term(name: str, *words: str) -> Term:
    return Term(id=name, words=words, reason="Fordi.", instead=("nabo",), sources=("faq",), own=False)


WORDS = Language(
    id="sprog",
    title="Sprog",
    intro="Prøv.",
    letter="Kære kunde",
    terms=(
        term("kunde", "kunde"),
        term("service", "service"),
        term("bruger", "bruger"),
        term("indsats", "indsats"),
        term("selv", "betjening"),
        term("god", "god service", "service i verdensklasse"),
        term("sag", "sag"),
    ),
    not_meant=("borgerservice", "serviceloven", "digital selvbetjening", "selvbetjening", "service level"),
)


FOUND = """
kunde kunder kunden kundens kunderne kundernes KUNDER kundecenter Kundeservice kunde-center servicemål
serviceniveauet servicering brugere brugernes indsatser indsatsernes indsatsområde betjeningen
"""
NOT_FOUND = """
kundskab kundgøre borgerservice Borgerservice borgerservicecenter borger-service serviceloven Servicelovens
selvbetjening bruge brug brugt årsag sagde sagsbehandler storkunde årskundernes
"""


def found(letter: str) -> list[str]:
    return [letter[start:end] for start, end, _term in check(WORDS, letter)]


@pytest.mark.parametrize("word", FOUND.split())
def test_a_word_is_found_as_it_is_inflected_and_first_in_a_compound(word: str) -> None:
    assert found(f"Her er {word}, tak.") == [word]


@pytest.mark.parametrize("word", NOT_FOUND.split())
def test_a_word_that_only_looks_like_one_is_left_alone(word: str) -> None:
    assert found(f"Her er {word}, tak.") == []


@pytest.mark.parametrize(
    ("letter", "marked"),
    [
        ("Vi giver god service.", ["god service"]),
        ("Vi giver god\n  service.", ["god\n  service"]),
        ("Vi giver gode\u00a0servicer.", ["gode\u00a0servicer"]),
        ("Den er god. Service er noget andet.", ["Service"]),
        ("En god, service", ["service"]),
        ("Brug den digitale selvbetjening i vores kundecenter.", ["kundecenter"]),
        ("Service i verdensklasse", ["Service i verdensklasse"]),
        ("Vores service level er højt.", []),
        ("kun\u00adde og ser\u00advi\u00adce", ["kun\u00adde", "ser\u00advi\u00adce"]),
        ("Serviceloven § 83 og service", ["service"]),
        ("\U0001f600 kunde", ["kunde"]),
        ("kunde-/brugerundersøgelse", ["kunde", "brugerundersøgelse"]),
    ],
)
def test_phrases_and_signs_between(letter: str, marked: list[str]) -> None:
    assert found(letter) == marked


@pytest.mark.parametrize("quoted", ["»{}«", "«{}»", "“{}”", "”{}”", "„{}“", '"{}"', "»vores {} her«"])
def test_a_quoted_word_is_left_alone(quoted: str) -> None:
    assert found(f"Hun sagde {quoted.format('kunde')} til en kunde.") == ["kunde"]
    assert check(WORDS, f"Hun sagde {quoted.format('kunde')} til en kunde.")[0].start > 15


def test_a_mark_that_is_never_closed_quotes_nothing_beyond_its_paragraph() -> None:
    assert found('Et rør på 5" til en kunde.\n\nEn "service".\n \nEn kunde') == ["kunde", "kunde"]
    assert found("Hun sagde »kunde og gik.\r\n\r\nEn kunde«") == ["kunde", "kunde"]


def test_letters_with_marks_of_their_own_are_the_same_word() -> None:
    letter = "Et servicemål"
    apart = unicodedata.normalize("NFD", letter)
    assert len(apart) > len(letter)
    assert found(apart) == [unicodedata.normalize("NFD", "servicemål")]


def test_a_place_says_what_one_might_write_and_why() -> None:
    checked = told(WORDS, "Kære kunde, vi giver god service til borgerne.")
    assert (checked.words, checked.marked) == (8, 3)
    first = checked.findings[0]
    assert (first.term, first.instead, first.reason, first.own, first.sources) == (
        "kunde", ("nabo",), "Fordi.", False, ("faq",)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("123 !? 😀", "empty"),
        ("kunde 010190-1234", "cpr"),
        ("a" * (MOST_CHARACTERS + 1), "too-long"),
        ("010190-1234 " * 2_000, "too-long"),
    ],
)
def test_what_is_not_looked_at(letter: str, code: str) -> None:
    with pytest.raises(UnfitLetter) as refused:
        check(WORDS, letter)
    assert refused.value.code == code
    assert "010190" not in str(refused.value)


SIGNS = st.text('kundeservic abåÅ\u030a\u00ad\u200b-»«“”„"\n\r\u2028 .😀0', max_size=60)
PIECES = st.sampled_from(
    [
        "kunde",
        "Kunderne",
        "god service",
        "borgerservice",
        "»",
        "«",
        '"',
        "\n\n",
        " ",
        ". ",
        "-",
        "ku\u00adnde",
    ]
)


@given(st.lists(PIECES | SIGNS | st.text(max_size=10), max_size=30).map("".join))
def test_places_are_words_of_the_letter_and_never_overlap(letter: str) -> None:
    try:
        places = check(WORDS, letter)
    except UnfitLetter:
        return
    starts = {word.start for word in words_of(letter)}
    ends = {word.end for word in words_of(letter)}
    before = 0
    for start, end, name in places:
        assert before <= start < end <= len(letter)
        assert start in starts
        assert end in ends
        assert name in {one.id for one in WORDS.terms}
        before = end


@pytest.mark.parametrize(
    "piece",
    ["kunde ", "kunde", "a", "e\u0301", "k-", '"', "»kunde ", "god ", "\u00ad", "service\n\n", "a\u0301-"],
)
def test_a_letter_of_one_thing_alone_takes_no_time_of_its_own(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted rather than timed: how often a word is compared grows with the letter and no faster."""
    counts = []
    for size in (2_000, 20_000):
        letter = (piece * size)[:size]
        calls = 0

        def counted(*arguments: object, original: object = vocabulary._likeness) -> object:
            nonlocal calls
            calls += 1
            return original(*arguments)  # type: ignore[operator]

        with monkeypatch.context() as patch:
            patch.setattr(vocabulary, "_likeness", counted)
            with contextlib.suppress(UnfitLetter):  # some have no word in them
                check(WORDS, letter)
        counts.append(calls)
    assert counts[1] <= 12 * max(counts[0], 10)
