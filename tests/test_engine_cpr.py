from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommune3.engine.cpr import cpr_places, holds_cpr


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
        "010190\n1234",
        "Hun har 010190\r\n\r\n1234 som nummer",
        "010190   1234",
        "01.01.90-1234",
        "01.01.90 - 1234",
        "01.01.90-\n1234",
        "01. 01. 90-1234",
        "01/01/90-1234",
        "01/01-90-1234",
        "01-01-90-1234",
        "61.01.90-1234",
        "01.01.1990-1234",
        "01011990-1234",
        "01 01 90 1234",
        "01 01 90-1234",
        "01 01 90\n1234",
        "01 01 1990 1234",
        "\uff10\uff11.01.90\u20131234",
        "CPR 01.01.90 1234",
        "cpr-nr.: 01.01.90\n1234",
        "CPR-nummer 0101 90 1234",
        "cpr: 01/01 1990 1234",
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
        "010190.\n1234",
        "01.01.26 12.34",  # dates and times
        "01.01.26 1234",
        "01.01.2026 kl. 1430",
        "01-01-26 14:30",
        "01/01/2026 1430",
        "2026-01-01-1234",
        "26-01-13 1430",
        "den 01.02.26, 1430 borgere",
        "01.02.2026\n8660 Skanderborg",  # a letter's head
        "010226\n8660 Skanderborg",
        "fra 01.01.2026-31.12.2026",
        "01.01.26-02.02.26",
        "20 10 11 12",  # telephone numbers
        "2010 1112",
        "+45 20 10 11 12",
        "+31 10 11 1234",
        "ring 20 10 11 12 eller 20 11 12 13",
        "tlf. 86 10 11 12 8660 Skanderborg",
        "20101112 8660 Skanderborg",
        "27.03.24-G01-12-2345",  # case numbers
        "27.03.24-P19-1-22",
        "27.01.01.24-1234",
        "2026-010190",
        "23/12345",
        "2026-01-1234",
        "20260101-1234",
        "CVR 12 34 56 78",
        "1.1.24-1234",
        "CPR-registret pr. 01.01.2026 1430 borgere",
        "٠١٠١٩٠١٢٣٤",
    ],
)
def test_not_found(text: str) -> None:
    assert not holds_cpr(text)


@given(st.dates(), st.integers(0, 9999), st.sampled_from(["", "-", " "]), st.text("abc xyz", max_size=5))
def test_every_date_counts(day: object, last: int, sign: str, around: str) -> None:
    assert holds_cpr(f"{around}{day:%d%m%y}{sign}{last:04}{around}")


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.integers(0, 9999),
    st.sampled_from(["{:%d.%m.%y}-", "{:%d/%m/%Y}-", "{:%d %m %y} ", "CPR {:%d.%m.%y} "]),
)
def test_every_date_counts_as_dates_are_written(day: object, last: int, written: str) -> None:
    assert holds_cpr(f"Hun er {written.format(day)}{last:04}.")


@pytest.mark.parametrize(
    ("texts", "places"),
    [
        (["010190-1234", "intet"], [0]),
        (["Hun er 010190", "1234 er resten"], [0, 1]),
        (["010190", "  ", "1234"], [0, 2]),
        (["01.01.90", "-1234", "010190-1234"], [0, 1, 2]),
        (["01 01 90", "1234"], [0, 1]),
        (["Vi mødes 01.02.26", "1430 passer bedst"], []),
        (["Vi mødes 01.02.2026", "2026 bliver godt"], []),
        (["uge 5", "010190", "12345"], []),
        ([], []),
    ],
)
def test_a_number_split_over_two_fields_is_found_in_both(texts: list[str], places: list[int]) -> None:
    assert cpr_places(texts) == places
