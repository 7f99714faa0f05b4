"""What a test does on a page: look for violations, walk by keyboard, see whether anything sticks out."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import APIResponse, ConsoleMessage, Page, Request, Route

from browser.axe import bring

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = "asked => axe.run({ runOnly: asked, resultTypes: ['violations'] })"
BY_HAND = """{
  const wait = setTimeout;
  window.setTimeout = (go, pause, ...more) => (pause >= 700 ? 0 : wait(go, pause, ...more));
  void 0; // no function that would be called
}"""
"""Keeps a page from saving or trying again by itself, so that only the learner's press can."""


def violations(page: Page, *rules: str) -> list[str]:
    """What axe finds on the page at WCAG 2.2 AA, or by these rules alone; one line each."""
    bring(page)
    found: dict[str, Any] = page.evaluate(
        AXE, {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARD}
    )
    return [f"{each['id']}: {node['html']}" for each in found["violations"] for node in each["nodes"]]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def focused(page: Page) -> str:
    """The text of what has focus; a radio button's is its label's."""
    return str(
        page.evaluate(
            "(document.activeElement?.labels?.[0] ?? document.activeElement)?.textContent.trim() ?? ''"
        )
    )


def tab_to(page: Page, text: str) -> None:
    """Press Tab until what has focus starts with the text. Fails when it is never reached."""
    for _ in range(60):
        if focused(page).startswith(text) and page.evaluate("document.activeElement !== document.body"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {text!r}; focus is at {focused(page)!r}")


def press(page: Page, text: str, key: str = "Enter") -> None:
    """Reach a control by Tab and press a key there."""
    tab_to(page, text)
    page.keyboard.press(key)


PATIENT = 90_000
"""Milliseconds: longer than the longest pause that a page makes between two tries."""


class Held:
    """Answers kept on their way back until they are let go: it does not matter who is quicker."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.answers: list[tuple[Route, APIResponse]] = []
        page.route(address, lambda route: self.answers.append((route, route.fetch())))

    def wait(self) -> None:
        """Until there is one."""
        while not self.answers:
            self.page.wait_for_timeout(20)

    def let_go(self) -> None:
        """Hold none any more."""
        self.wait()
        for route, answer in self.answers:
            route.fulfill(response=answer)
        self.page.unroute(self.address)


def watched(page: Page, *, errors: bool = True) -> list[str]:
    """What goes wrong on the page from now on: foreign requests and refused content, script errors too."""
    wrong: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            wrong.append(message.text)

    def request(made: Request) -> None:
        if not made.url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
            wrong.append(made.url)

    if errors:
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("console", console)
    page.on("request", request)
    return wrong
