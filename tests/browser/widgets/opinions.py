"""Watching what leaves the browser, and what stays in it."""

from __future__ import annotations

import json
from urllib.parse import unquote

from playwright.sync_api import Page, Request


class Sent:
    """Everything that a page sends from now on: addresses, headers and bodies."""

    def __init__(self, page: Page) -> None:
        self.requests: list[Request] = []
        page.on("request", lambda request: self.requests.append(request))

    def words(self) -> set[str]:
        """Every word in what was sent."""
        parts = [
            part
            for each in self.requests
            for part in (unquote(each.url), str(each.all_headers()), each.post_data or "")
        ]
        return {word for part in parts for word in "".join(c if c.isalnum() else " " for c in part).split()}

    def choices(self) -> list[list[str]]:
        """The choices of the attempts that were sent, oldest first."""
        return [json.loads(each.post_data)["choices"] for each in self.requests if each.post_data]


def grew(ways: list[list[str]], whole: list[str]) -> bool:
    """Whether what was sent grew to the whole; steps taken while another is under way go together."""
    lengths = [len(way) for way in ways]
    return ways[-1] == whole and lengths == sorted(lengths) and all(way == whole[: len(way)] for way in ways)


def kept(page: Page, activity: str) -> dict[str, str]:
    """What the browser keeps of a learner's own opinions about an activity."""
    found: dict[str, str] = page.evaluate(
        "(key) => JSON.parse(localStorage.getItem(key) ?? '{}')", f"kommune3:tester:{activity}:own"
    )
    return found
