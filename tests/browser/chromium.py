"""The browser for browser tests, and a watch over every page that it opens."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LONGEST = 120_000
"""Milliseconds for the browser to start, beside other tests that start theirs."""
VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));"""
NO_STORAGE = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });"""
STILL = """addEventListener("DOMContentLoaded", () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*, *::before, *::after { animation: none !important; transition: none !important; }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
});"""
"""Nothing moves: an editor's cursor that blinks has JupyterLab's page looked at sixty times a second."""
INSPECT = (Path(__file__).parent / "inspect.js").read_text(encoding="utf-8")
NODE_MODULES = Path(__file__).parents[2] / "node_modules"


def executable() -> str | None:
    """Where the browser lies; None where only Playwright's own can be meant."""
    named = os.environ.get("KOMMUNE3_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def started() -> Iterator[Browser]:
    """A headless browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS, timeout=LONGEST)
        yield browser
        browser.close()


class Watch:
    """Remembers what no page may do: ask another host, log an error, break its own policy.

    ``expected`` are pieces of console messages that a test brings about on purpose.
    """

    def __init__(self) -> None:
        self.found: list[str] = []
        self.expected: list[str] = []
        self.requests: list[Request] = []

    def over(self, context: BrowserContext) -> None:
        """Watch every page of a context."""
        context.add_init_script(VIOLATIONS)
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.found.append(f"error on the page: {error.error}"))

    def _request(self, request: Request) -> None:
        self.requests.append(request)
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "about", "file") and address.hostname != "127.0.0.1":
            self.found.append(f"asked another host: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.found.append(f"{message.type} in the console of {message.location['url']}: {message.text}")

    def nothing_found(self) -> None:
        """Fail where a page did what it may not."""
        unforeseen = [line for line in self.found if not any(part in line for part in self.expected)]
        if unforeseen:
            raise AssertionError("\n".join(unforeseen))


class Visitors:
    """Opens pages, each by default in a browser profile of its own: another learner's device."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.watch = browser, Watch()
        self._contexts: list[BrowserContext] = []

    def context(self, *, storage: bool = True, **options: Any) -> BrowserContext:
        """A fresh profile; options as for Playwright's ``new_context``."""
        made = self.browser.new_context(**{"locale": "da-DK", "reduced_motion": "reduce"} | options)
        made.set_default_timeout(30_000)
        made.add_init_script(INSPECT)
        if not storage:
            made.add_init_script(NO_STORAGE)
        self.watch.over(made)
        self._contexts.append(made)
        return made

    def page(self, url: str, **options: Any) -> Page:
        """A page that shows an address, in a fresh profile."""
        page = self.context(**options).new_page()
        page.goto(url)
        return page

    def close(self) -> None:
        """Close all, then fail where a page did what it may not."""
        for context in self._contexts:
            context.close()
        self.watch.nothing_found()
