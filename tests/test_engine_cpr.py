from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommune3.engine.cpr import holds_cpr


@pytest.mark.parametrize(
    "text",
    [
        "0101901234",
        "010190-1234",
        "010190 1234",
        "010190_1234",
        "010190–1234",
        "311299-0000",
        "290200-1234",
        "610190-1234",  # a replacement number: the day is 60 too high
        "medarbejder 010190-1234!",
        "a0101901234b",
        "010190 - 1234",
        "010190/1234",
        "010190\u00a01234",
        "010190\u200b-\u200b1234",
        "0\ufe0f\u20e31\ufe0f\u20e30190-1234",  # figures as keys
        "0\u030110190-1234",
        "010190\u034f1234",
        "010190-\n1234",
        "\uff10\uff11\uff10\uff11\uff19\uff10\uff11\uff12\uff13\uff14",  # wide figures
    ],
)
def test_found(text: str) -> None:
    assert holds_cpr(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "320190-1234",
        "010013-1234",
        "011390-1234",
        "000190-1234",
        "310490-1234",
        "290201-1234",
        "00101901234",  # eleven digits
        "01019012345",
        "010190123",
        "010190--1234",
        "010190\n1234",
        "010190.\n1234",
        "٠١٠١٩٠١٢٣٤",
    ],
)
def test_not_found(text: str) -> None:
    assert not holds_cpr(text)


@given(st.dates(), st.integers(0, 9999), st.sampled_from(["", "-", " "]), st.text("abc xyz", max_size=5))
def test_every_date_counts(day: object, last: int, sign: str, around: str) -> None:
    assert holds_cpr(f"{around}{day:%d%m%y}{sign}{last:04}{around}")
