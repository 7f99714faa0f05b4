"""Using a page by keyboard alone, and noticing where a sighted person would lose the place."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page


class Keyboard:
    """Tab, Enter, Space and the arrow keys; every stop must show where the focus is."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.stops = 0

    def tab_to(self, css: str, most: int = 120) -> None:
        """Press Tab until an element that matches has the focus. It may be the present one."""
        passed: list[str] = []
        for _ in range(most):
            place = self._place(css)
            if place["there"]:
                assert place["seen"], f"nobody sees that the focus is at {place['text']}"
                return
            self.page.keyboard.press("Tab")
            self.stops += 1
            place = self._place(css)
            assert place["seen"] or place["lost"], f"nobody sees that the focus is at {place['text']}"
            passed.append(place["text"])
        raise AssertionError(f"Tab never came to {css}, but to {passed[:40]}")

    def press(self, css: str, key: str = "Enter", most: int = 120) -> None:
        """Tab to an element and press a key on it."""
        self.tab_to(css, most)
        self.page.keyboard.press(key)

    def arrow_to(self, css: str, key: str = "ArrowDown", most: int = 12) -> None:
        """Press an arrow key until an element that matches has the focus, as in a group of radio buttons."""
        for _ in range(most):
            if self._place(css)["there"]:
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{key} never came to {css}")

    def not_lost(self) -> None:
        """The focus stands somewhere after an action, not at the top of the page again."""
        place = self._place("*")
        assert not place["lost"], "the focus was lost"

    def _place(self, css: str) -> Any:
        return self.page.evaluate("(css) => inspect.place(css)", css)
