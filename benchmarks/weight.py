"""What a first visit to each page fetches, compressed as sent: bytes per kind, and who was asked.

.venv/bin/python benchmarks/weight.py
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright
from servers import course, launch

PAGES = [
    "/",
    "/roles/employee",
    "/start/employee",
    "/modules/employee-02",
    "/modules/common-01",
    "/hr",
    "/about",
]
BAR = 150_000
PICTURES = {"image"}


def weigh(browser: Browser, url: str) -> tuple[Counter[str], set[str]]:
    """Bytes per kind of resource, headers left out, in a browser that knows nothing; and the hosts asked."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    kinds: dict[str, str] = {}
    bytes_of: Counter[str] = Counter()
    hosts: set[str] = set()

    def received(event: dict[str, object]) -> None:
        response = event["response"]
        assert isinstance(response, dict)
        kinds[str(event["requestId"])] = str(event["type"]).lower()
        bytes_of[kinds[str(event["requestId"])]] -= int(response.get("encodedDataLength") or 0)
        if urlsplit(str(response["url"])).scheme in ("http", "https"):
            hosts.add(urlsplit(str(response["url"])).netloc)

    session.on("Network.responseReceived", received)
    session.on(
        "Network.loadingFinished",
        lambda event: bytes_of.update({kinds[event["requestId"]]: int(event["encodedDataLength"])}),
    )
    page.goto(url, wait_until="networkidle")
    context.close()
    return bytes_of, hosts


def main() -> int:
    """Print a line per page; 1 when a page is too heavy or asks another host."""
    good = True
    with tempfile.TemporaryDirectory() as data, course(Path(data)) as own, sync_playwright() as playwright:
        browser = launch(playwright)
        for path in PAGES:
            bytes_of, hosts = weigh(browser, own + path)
            total = sum(size for kind, size in bytes_of.items() if kind not in PICTURES)
            parts = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in sorted(bytes_of.items()))
            print(f"{path:<24} {total / 1000:6.1f} kB  ({parts})")
            good &= total <= BAR and hosts == {urlsplit(own).netloc}
        browser.close()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
