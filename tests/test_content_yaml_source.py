from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommune3.content.yaml_source import read_yaml

SCALARS = [
    ("no", "no"),
    ("yes", "yes"),
    ("off", "off"),
    ("19:30", "19:30"),
    ("2026-11-01", "2026-11-01"),
    ("0x10", "0x10"),
    ("1_000", "1_000"),
    (".inf", ".inf"),
    ("'7'", "7"),
    ('"true"', "true"),
    ("7", 7),
    ("-20", -20),
    ("1.0", 1.0),
    ("1e3", 1000.0),
    ("true", True),
    ("False", False),
    ("null", None),
    ("~", None),
    ("", None),
]


@pytest.mark.parametrize(("written", "meant"), SCALARS)
def test_scalars_mean_what_they_look_like(written: str, meant: Any) -> None:
    read = read_yaml(f"a: {written}\n", "x.yml").data["a"]
    assert (read, type(read)) == (meant, type(meant))


def test_keys_are_text() -> None:
    assert read_yaml("{no: 1, 7: 2, true: 3, ~: 4}", "x.yml").data == {"no": 1, "7": 2, "true": 3, "~": 4}


def test_every_part_knows_its_line() -> None:
    document = read_yaml("# first\na: 1\nb:\n  - x: 1\n    y: [1,\n      2]\n", "x.yml")
    assert document.where(("a",)) == ("x.yml", 2)
    assert document.where(("b", 0, "y")) == ("x.yml", 5)
    assert document.where(("b", 0, "y", 1)) == ("x.yml", 6)
    assert document.where(("b", 0, "z", "deeper")) == ("x.yml", 4)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-999, 999)
    | st.text("abcæøå :,-#'\"[]{}&*!?|>%@`\n\\", max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abæ ", min_size=1, max_size=5), inner)
    ),
    max_leaves=12,
)


@given(JSON)
@settings(deadline=None)
def test_json_is_yaml(data: Any) -> None:
    assert read_yaml(json.dumps(data, ensure_ascii=False), "x.yml").data == data
