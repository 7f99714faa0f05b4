"""Colours as people see them: OKLCH in and out of sRGB, and WCAG's contrast.

The conversion is Björn Ottosson's OKLab (2020, public domain); contrast is WCAG 2.2's ratio.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import atan2, cos, hypot, sin

RGB = tuple[float, float, float]
"""Red, green, blue, each 0 to 1."""


@dataclass(frozen=True)
class Lch:
    """Lightness 0 to 1, chroma from 0, hue in radians."""

    lightness: float
    chroma: float
    hue: float


def parse(colour: str) -> RGB:
    """The parts of ``#rrggbb``. Raises ValueError."""
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(f"{colour!r} is not a colour of the form #rrggbb")
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def text(rgb: RGB) -> str:
    """``#rrggbb``."""
    return "#" + "".join(f"{round(max(0.0, min(1.0, part)) * 255):02x}" for part in rgb)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)


def _root(value: float) -> float:
    return float(abs(value) ** (1 / 3)) * (1 if value >= 0 else -1)


def to_lch(rgb: RGB) -> Lch:
    """The colour in OKLCH."""
    r, g, b = map(_linear, rgb)
    long = _root(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = _root(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = _root(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Lch(lightness, hypot(a, b), atan2(b, a))


def _from_lch(lch: Lch) -> RGB:
    a, b = lch.chroma * cos(lch.hue), lch.chroma * sin(lch.hue)
    long = (lch.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lch.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lch.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def to_hex(lch: Lch) -> str:
    """``#rrggbb``, with as much of the chroma as a screen can show at this lightness."""
    low, high = 0.0, lch.chroma
    if not _shown(_from_lch(lch)):
        for _ in range(20):
            middle = (low + high) / 2
            low, high = (middle, high) if _shown(_from_lch(_with(lch, middle))) else (low, middle)
    else:
        low = lch.chroma
    red, green, blue = (_gamma(max(0.0, part)) for part in _from_lch(_with(lch, low)))
    return text((red, green, blue))


def _with(lch: Lch, chroma: float) -> Lch:
    return Lch(lch.lightness, chroma, lch.hue)


def _shown(linear: RGB) -> bool:
    return all(-1e-4 <= part <= 1 + 1e-4 for part in linear)


def luminance(colour: str) -> float:
    """WCAG's relative luminance, 0 to 1."""
    r, g, b = map(_linear, parse(colour))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def nearest(lch: Lch, fits: Callable[[str], bool], step: float) -> str:
    """The first colour that fits, stepping the lightness by ``step``; black or white if none does."""
    lightness = lch.lightness
    while 0 < lightness < 1:
        found = to_hex(Lch(lightness, lch.chroma, lch.hue))
        if fits(found):
            return found
        lightness += step
    return "#000000" if step < 0 else "#ffffff"
