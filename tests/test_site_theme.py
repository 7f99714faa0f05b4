"""The accent stays readable for any colour that a municipality may choose."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommune3.site import theme
from kommune3.site.colour import contrast, parse, text, to_hex, to_lch

colours = st.tuples(*[st.integers(0, 255)] * 3).map(
    lambda rgb: text((rgb[0] / 255, rgb[1] / 255, rgb[2] / 255))
)
schemes = st.sampled_from([theme.LIGHT, theme.DARK])


@given(colours, schemes)
def test_text_and_links_reach_aa_on_every_surface(colour: str, scheme: theme.Scheme) -> None:
    made = theme.tokens(colour, scheme)
    for ground in (scheme.page, scheme.raised, made["surface-tinted"], made["background-tinted"]):
        assert contrast(made["text-subtle"], ground) >= 4.5
        assert contrast(made["text-default"], ground) >= 4.5
        assert contrast(made["base-default"], ground) >= 3
        assert contrast(made["border-default"], ground) >= 3
    for ground in (made["surface-hover"], made["surface-active"]):
        assert contrast(made["text-subtle"], ground) >= 4.5


@given(colours, schemes)
def test_what_stands_on_the_accent_reaches_aa(colour: str, scheme: theme.Scheme) -> None:
    made = theme.tokens(colour, scheme)
    for ground in ("base-default", "base-hover", "base-active"):
        assert contrast(made["base-contrast-default"], made[ground]) >= 4.5


@given(colours)
def test_colours_survive_the_way_there_and_back(colour: str) -> None:
    there_and_back = parse(to_hex(to_lch(parse(colour))))
    assert all(abs(a - b) <= 2 / 255 for a, b in zip(there_and_back, parse(colour), strict=True))


def test_contrast_is_wcags() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_a_colour_that_already_reads_well_is_kept() -> None:
    assert contrast("#1f5c7a", theme.tokens("#1f5c7a", theme.LIGHT)["base-default"]) < 1.02


def test_the_sheet_has_light_dark_and_automatic() -> None:
    sheet = theme.css("#aa3300")
    assert re.findall(r"\[data-color-scheme=(\w+)\]", sheet) == ["light", "dark", "auto"]
    assert sheet.count("--ds-color-accent-base-default") == 3


@pytest.mark.parametrize("wrong", ["", "red", "#12", "#gggggg", "#1234567", "1f5c7aa"])
def test_what_is_no_colour_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"#rrggbb|invalid literal"):
        theme.css(wrong)
