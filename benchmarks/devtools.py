"""A browser that is told where to go and asked one question, by the DevTools protocol alone.

Playwright records every request and brings scripts of its own into each page; this takes no time of a page's.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websocket

WINDOW = {"width": 1280, "height": 720}
"""The size that Playwright gives a window, too."""
FLAGS = ("--disable-background-networking", "--disable-component-update", "--no-first-run")


class DevTools:
    """The protocol's connection to a browser: one question at a time."""

    def __init__(self, address: str) -> None:
        self._line = websocket.create_connection(address, suppress_origin=True, timeout=120)
        self._asked = 0

    def ask(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """The answer to one command; RuntimeError where the browser refuses it."""
        self._asked += 1
        question = {"id": self._asked, "method": method, "params": parameters}
        self._line.send(json.dumps(question | ({"sessionId": session} if session else {})))
        while (answer := json.loads(self._line.recv())).get("id") != self._asked:
            pass  # an event
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return dict(answer["result"])


class Window:
    """A page of a context of its own, with an empty cache."""

    def __init__(self, tools: DevTools, session: str) -> None:
        self._tools, self._session = tools, session

    def before_all(self, script: str) -> None:
        """Run the script in every page before its own."""
        self._tools.ask("Page.enable", self._session)
        self._tools.ask("Page.addScriptToEvaluateOnNewDocument", self._session, source=script)

    def go(self, url: str) -> None:
        """Ask for the address."""
        self._tools.ask("Page.navigate", self._session, url=url)

    def send_nothing(self, pattern: str) -> None:
        """Ask for no address of this pattern from now on."""
        self._tools.ask("Network.enable", self._session)
        self._tools.ask("Network.setBlockedURLs", self._session, urls=[pattern])

    def value(self, expression: str) -> Any:
        """What the expression is in the page, as JSON; None where it is nothing."""
        found = self._tools.ask("Runtime.evaluate", self._session, expression=expression, returnByValue=True)
        return found["result"].get("value")

    def click(self, x: float, y: float) -> None:
        """Press and let go of the mouse there."""
        for kind in ("mousePressed", "mouseReleased"):
            where = {"x": x, "y": y, "button": "left", "clickCount": 1}
            self._tools.ask("Input.dispatchMouseEvent", self._session, type=kind, **where)


@contextmanager
def devtools(executable: str, flags: list[str]) -> Iterator[DevTools]:
    """The browser with a profile of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        own = [f"--user-data-dir={profile}", "--remote-debugging-port=0", *FLAGS]
        command = [executable, *flags, *own, "about:blank"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            with _closing(DevTools(_address(Path(profile, "DevToolsActivePort")))) as tools:
                yield tools
        finally:
            process.terminate()
            process.wait(30)


@contextmanager
def _closing(tools: DevTools) -> Iterator[DevTools]:
    """Close the browser at the end: what was started may be a script that started it, and would leave it."""
    try:
        yield tools
    finally:
        tools.ask("Browser.close")


def _address(told: Path) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if told.exists() and len(lines := told.read_text(encoding="utf-8").split()) == 2:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        time.sleep(0.1)
    raise RuntimeError("the browser told no address")


@contextmanager
def window(tools: DevTools) -> Iterator[Window]:
    """A new window, closed at the end with all that its context kept."""
    context = tools.ask("Target.createBrowserContext")["browserContextId"]
    try:
        made = tools.ask("Target.createTarget", url="about:blank", browserContextId=context, **WINDOW)
        joined = tools.ask("Target.attachToTarget", targetId=made["targetId"], flatten=True)
        yield Window(tools, joined["sessionId"])
    finally:
        tools.ask("Target.disposeBrowserContext", browserContextId=context)
