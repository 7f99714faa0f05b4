"""The municipality's colour as the design system's accent, readable in light and dark whatever it is.

Text and links reach WCAG AA (4.5:1) on every surface they may stand on, borders and the focus ring 3:1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .colour import Lch, contrast, nearest, parse, to_hex, to_lch

TEXT, LINE = 4.6, 3.1
"""Contrast to reach, a little over WCAG's 4.5 and 3 so that rounding never falls below."""
DEFAULT = "#1f5c7a"


@dataclass(frozen=True)
class Scheme:
    """What the accent is laid upon: the page's own surfaces (those of the vendored theme), and how far
    tints stand from them in lightness."""

    name: str
    page: str
    raised: str
    tint: float
    hover: float
    active: float
    border: float
    towards: float
    """The direction in which contrast grows: -0.01 darker, +0.01 lighter."""


LIGHT = Scheme("light", "#ffffff", "#f3f3f4", 0.955, 0.925, 0.885, 0.83, -0.01)
DARK = Scheme("dark", "#17181a", "#26282b", 0.295, 0.335, 0.38, 0.44, 0.01)


def tokens(colour: str, scheme: Scheme) -> dict[str, str]:
    """The design system's accent tokens by their last words, for example ``text-subtle``."""
    accent = to_lch(parse(colour))
    quiet = Lch(accent.lightness, min(accent.chroma, 0.06), accent.hue)

    def at(lightness: float) -> str:
        return to_hex(Lch(lightness, min(quiet.chroma, 0.013 + abs(0.97 - lightness) * 0.1), quiet.hue))

    tint, hover, active = at(scheme.tint), at(scheme.hover), at(scheme.active)
    grounds = (scheme.page, scheme.raised, tint)

    def clear(ratio: float, *, over: tuple[str, ...] = grounds, chroma: float = accent.chroma) -> str:
        """The accent, moved in lightness until it stands out from every ground."""
        return nearest(
            Lch(accent.lightness, chroma, accent.hue),
            lambda found: all(contrast(found, ground) >= ratio for ground in over),
            scheme.towards,
        )

    base = clear(TEXT)
    on_base = "#ffffff" if contrast("#ffffff", base) >= contrast("#000000", base) else "#000000"
    return {
        "background-default": scheme.page,
        "background-tinted": tint,
        "surface-default": scheme.page if scheme is LIGHT else scheme.raised,
        "surface-tinted": tint,
        "surface-hover": hover,
        "surface-active": active,
        "border-subtle": at(scheme.border),
        "border-default": clear(LINE),
        "border-strong": clear(TEXT, over=(*grounds, hover)),
        "text-subtle": clear(TEXT, over=(*grounds, hover, active)),
        "text-default": clear(7.0, chroma=min(accent.chroma, 0.08)),
        "base-default": base,
        "base-hover": _further(base, on_base, 0.04),
        "base-active": _further(base, on_base, 0.08),
        "base-contrast-subtle": on_base,
        "base-contrast-default": on_base,
    }


def _further(base: str, on_base: str, step: float) -> str:
    """The base a step away from the text that stands on it, so that contrast only grows."""
    lch = to_lch(parse(base))
    moved = lch.lightness + (-step if on_base == "#ffffff" else step)
    return to_hex(Lch(max(0.0, min(1.0, moved)), lch.chroma, lch.hue))


@lru_cache(maxsize=8)
def css(colour: str) -> str:
    """What the style sheet ends with: accent tokens for light, for dark, and for who leaves it open."""
    light, dark = (_rules(tokens(colour, scheme)) for scheme in (LIGHT, DARK))
    return (
        f":root,[data-color-scheme=light]{{{light}}}\n"
        f"[data-color-scheme=dark]{{{dark}}}\n"
        f"@media (prefers-color-scheme:dark){{[data-color-scheme=auto]{{{dark}}}}}\n"
    )


def _rules(named: dict[str, str]) -> str:
    return "".join(f"--ds-color-accent-{name}:{value};" for name, value in named.items())
