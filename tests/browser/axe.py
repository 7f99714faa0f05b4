"""axe-core on a page, and by hand what it does not see; each answers with what is wrong, a line each."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Page

from browser.chromium import NODE_MODULES

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
LEAST = 24
"""CSS pixels that a target must measure, after WCAG 2.2 AA."""


@cache
def source() -> str:
    """axe-core's own file."""
    return (NODE_MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def bring(page: Page) -> None:
    """Have axe-core in the document that is shown; the page's policy stays as it is.

    Only where it is asked for: as an init script it took more time than loading the page itself.
    """
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(f"{source()}; undefined")


def asked(page: Page, function: str, *arguments: Any) -> list[str]:
    """What a function of inspect.js finds."""
    found: list[str] = page.evaluate("([name, args]) => inspect[name](...args)", [function, list(arguments)])
    return found


def violations(page: Page, inside: str = "", *rules: str) -> list[str]:
    """What breaks WCAG 2.2 AA; ``rules`` asks for these rules alone."""
    bring(page)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    return asked(page, "axeFinds", inside, only)


def best_practice(page: Page) -> list[str]:
    """What axe would rather have: told, not demanded."""
    bring(page)
    return asked(page, "axeFinds", "", {"type": "tag", "values": ["best-practice"]})


def in_light_and_dark(page: Page, inside: str = "") -> list[str]:
    """What is wrong with a page or a part of it. Dark is asked about contrast alone: nothing else differs."""
    bring(page)
    page.emulate_media(color_scheme="dark")
    found = [f"dark: {line}" for line in asked(page, "pale", inside)]
    page.emulate_media(color_scheme="light")
    found += violations(page, inside)
    return found + asked(page, "byHand", inside) + asked(page, "small", inside, LEAST)


def whole_page(page: Page) -> list[str]:
    """Everything about a page: axe in light and dark, language, headings, ids, landmarks, title."""
    found = [] if page.title().strip() else ["no title"]
    return found + asked(page, "wholePage") + in_light_and_dark(page)
