"""The form of activities: what the models themselves refuse, whatever file they come from."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from kommune3.content import Course
from kommune3.engine.models import Choice, Indicator, by_id

INDICATOR = {"id": "tid", "name": "Tid", "meaning": "Din tid.", "levels": ["knap", "god"]}


@pytest.mark.parametrize("wrong", ["", "Tid", "tid!", "-tid", "t" * 65, "tid\n", "å", 7, None])
def test_ids_are_opaque_and_plain(wrong: Any) -> None:
    with pytest.raises(ValidationError):
        Indicator.model_validate({**INDICATOR, "id": wrong})


@pytest.mark.parametrize("wrong", [-1, 101, 50.5, "50", True, None])
def test_values_are_whole_numbers_from_0_to_100(wrong: Any) -> None:
    with pytest.raises(ValidationError):
        Indicator.model_validate({**INDICATOR, "start": wrong})


@pytest.mark.parametrize("wrong", [-101, 101, 0.5, "5", False])
def test_effects_are_whole_numbers(wrong: Any) -> None:
    with pytest.raises(ValidationError):
        Choice.model_validate({"id": "a", "text": "A", "to": "b", "feedback": "F", "effects": {"tid": wrong}})


def test_parts_cannot_be_changed(mini_course: Course) -> None:
    with pytest.raises(ValidationError):
        mini_course.activities["opkaldet"].title = "Et andet"


def test_text_is_trimmed_and_never_blank() -> None:
    assert Indicator.model_validate({**INDICATOR, "name": " Tid\n"}).name == "Tid"
    with pytest.raises(ValidationError):
        Indicator.model_validate({**INDICATOR, "name": " \n"})


def test_by_id_keeps_the_last_of_two() -> None:
    first = Indicator.model_validate(INDICATOR)
    second = first.model_copy(update={"name": "En anden"})
    assert by_id([first, second]) == {"tid": second}
