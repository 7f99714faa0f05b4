"""What the files of a course can hardly provoke, because YAML and TOML have few kinds of data."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kommune3.content.document import Document
from kommune3.content.validate import validated
from kommune3.engine.models import Part, Prompt


class Shelf(Part):
    """Anything."""

    letters: Annotated[str, StringConstraints(pattern="^[x-z]+$")] = "x"
    share: Annotated[float, Field(multiple_of=0.5)] = 0.5


def told(data: object) -> list[str]:
    return [str(problem) for problem in validated(Shelf, Document("x.toml", data, {}))[1]]


def test_a_file_that_holds_no_fields() -> None:
    assert told(["a"]) == ["x.toml:1: \"filen\" skal indeholde felter, ikke ['a']. Se på indrykningen."]


def test_a_pattern_without_words_of_its_own() -> None:
    assert told({"letters": "a"}) == ['x.toml:1: "letters" kan ikke være "a". Det skal passe med ^[x-z]+$.']


def test_what_the_question_of_a_reflection_may_hold_is_said_in_words() -> None:
    found = validated(Prompt, Document("x.ipynb", {"title": "Hvad *ser* du?"}, {}))[1]
    assert [str(problem) for problem in found] == [
        'x.ipynb:1: "title" kan ikke være "Hvad *ser* du?". '
        "Skriv almindelig tekst uden # * _ ` < > [ ] \\, højst 200 tegn."
    ]


def test_an_error_without_words_of_its_own() -> None:
    assert told({"share": 0.3}) == ['x.toml:1: "share" er ikke rigtigt: Input should be a multiple of 0.5.']


def test_a_date_is_no_text() -> None:
    assert told({"letters": date(2026, 11, 1)}) == [
        'x.toml:1: "letters" skal være tekst. '
        "Sæt det i anførselstegn, hvis der er et kolon i det, eller det begynder med [ eller {."
    ]


def test_what_a_field_may_be_is_listed_without_english() -> None:
    class Coat(Part):
        colour: Literal["blue", "red", "grey"]
        size: Literal["one"] = "one"

    found = validated(Coat, Document("x.toml", {"colour": "green", "size": "two"}, {}))[1]
    assert [str(problem) for problem in found] == [
        'x.toml:1: "colour" kan ikke være "green". Det skal være en af: blue, red, grey.',
        'x.toml:1: "size" kan ikke være "two". Det skal være "one".',
    ]
