"""What the tests ask of a page beside axe finds what axe finds, or they would pass over it."""

from __future__ import annotations

import pytest

from browser.axe import asked, violations
from browser.chromium import Visitors

pytestmark = pytest.mark.browser
LINES = {
    "good": "color: #595959; background: #fff",
    "pale": "color: #888; background: #fff",
    "pale-on-dark": "color: #555; background: #17181a",
    "see-through": "color: #333; opacity: 0.4",
    "large": "color: #888; font-size: 24px",
    "large-and-pale": "color: #aaa; font-size: 24px",
    "bold": "color: #888; font-size: 19px; font-weight: 700",
    "half-a-colour": "color: rgb(0 0 0 / 0.4)",
}


def test_pale_text_is_what_axe_calls_so(visitors: Visitors) -> None:
    page = visitors.page("about:blank")
    lines = "".join(f'<div style="{style}"><p id="{name}">{name}</p></div>' for name, style in LINES.items())
    page.set_content(f"<html lang=da><title>.</title><main>{lines}</main>")
    found = violations(page, "", "color-contrast")
    by_axe = {name for name in LINES if any(f"#{name}:" in line for line in found)}
    ours = asked(page, "pale", "")
    assert by_axe == {"pale", "pale-on-dark", "see-through", "large-and-pale", "half-a-colour"}
    assert {name for name in LINES if any(line.endswith(f"> {name}") for line in ours)} == by_axe
