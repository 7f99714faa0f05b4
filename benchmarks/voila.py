"""How soon can the first choice of a scenario be clicked, with a cold browser cache: our page against Voilà.

Both show the same notebook with the same widget, in the same run, turn by turn; Voilà with preheated kernels.
Measured twice: by the page's own clock (interactive.js), and from outside by Playwright, whose own script
costs every page the same; a page with nothing but a button shows how much that and the browser take.

.venv/bin/python benchmarks/voila.py [--runs 9]
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from servers import ROOT, course, free_port, launch, peer, running, wait_for

MODULE = "employee-02"
NOTEBOOK = "modules/employee/02_fra_foraeldreraad_til_stoettegruppe.ipynb"
CHOICE = ".k3-choice"
INTERACTIVE = Path(__file__).with_name("interactive.js")
POOL = 3
SETTLED = 0.5
"""Seconds for the browser to finish opening the window itself, which no page can be blamed for."""
PAUSE = 4
"""Seconds before each visit: Voilà fills its pool again, which would slow whatever is measured meanwhile."""


@contextmanager
def voila() -> Iterator[str]:
    """Voilà with a pool of kernels that have run the notebook already; yields its address."""
    port = free_port()
    options = ["--no-browser", f"--port={port}", "--preheat_kernel=True", f"--pool_size={POOL}"]
    own = ["--Voila.ip=127.0.0.1", "--VoilaConfiguration.show_tracebacks=True"]
    path = os.pathsep.join([str(peer().parent), os.environ["PATH"]])
    with tempfile.TemporaryDirectory() as scratch:
        places = {f"JUPYTER_{kind}_DIR": f"{scratch}/{kind}" for kind in ("CONFIG", "DATA", "RUNTIME")}
        more = places | {"PYTHONPATH": str(ROOT / "course"), "PATH": path, "IPYTHONDIR": f"{scratch}/ipython"}
        command = [str(peer()), "-m", "voila", NOTEBOOK, *options, *own]
        with running(command, **more) as process:
            address = f"http://127.0.0.1:{port}/"
            wait_for(address)
            yield address
            if process.poll() is not None:
                raise RuntimeError("Voilà stopped")


@contextmanager
def button() -> Iterator[str]:
    """A page that holds a button and nothing else; yields its address."""
    with tempfile.TemporaryDirectory() as folder:
        html = "<!doctype html><title>.</title><button class='k3-choice' onclick='this.remove()'>.</button>"
        Path(folder, "index.html").write_text(html, encoding="utf-8")
        port = free_port()
        serve = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", folder]
        with running(serve):
            wait_for(f"http://127.0.0.1:{port}/")
            yield f"http://127.0.0.1:{port}/"


def seen_from_outside(page: Page, url: str) -> float:
    """Seconds from asking for the page until Playwright would click the first choice."""
    began = time.perf_counter()
    page.goto(url, wait_until="commit", timeout=120_000)
    page.locator(CHOICE).first.click(trial=True, timeout=120_000)
    return time.perf_counter() - began


def by_the_pages_clock(page: Page, url: str) -> float:
    """Seconds from asking for the page until a click at the first choice reaches it."""
    page.add_init_script(path=INTERACTIVE)
    page.goto(url, wait_until="commit", timeout=120_000)
    until = time.monotonic() + 120
    while (at := page.evaluate("first_choice.at")) is None:
        if time.monotonic() > until:
            raise RuntimeError(f"{url}: no choice to click")
        time.sleep(0.2)
    return float(at) / 1000


WAYS = {"clock": by_the_pages_clock, "outside": seen_from_outside}


def first_choice(browser: Browser, url: str, way: str) -> float:
    """Seconds until the first choice can be clicked, with an empty cache; then a click must act."""
    context = browser.new_context()
    try:
        page = context.new_page()
        time.sleep(SETTLED)
        took = WAYS[way](page, url)
        page.locator(CHOICE).first.click()
        page.locator(CHOICE).first.wait_for(state="detached", timeout=10_000)
        return took
    finally:
        context.close()


def measure(runs: int) -> dict[tuple[str, str], list[float]]:
    """The seconds of each run, per page and way; a first run of each warms the server and is left out."""
    seconds: dict[tuple[str, str], list[float]] = {}
    with ExitStack() as stack:
        own = stack.enter_context(course(Path(stack.enter_context(tempfile.TemporaryDirectory()))))
        urls = {"page": f"{own}/modules/{MODULE}", "Voilà": stack.enter_context(voila())}
        urls["button"] = stack.enter_context(button())
        browser = launch(stack.enter_context(sync_playwright()))
        print(f"Chromium {browser.version}", flush=True)
        for run in range(runs + 1):
            for name, way in product(urls, WAYS):
                time.sleep(PAUSE)
                took = first_choice(browser, urls[name], way)
                if run:
                    seconds.setdefault((name, way), []).append(took)
                    print(f"{name:<6} {way:<7} {took:6.3f} s", flush=True)
        browser.close()
    return seconds


def main() -> int:
    """Print the medians and how they compare; 1 when the bar is missed either way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    seconds = measure(parser.parse_args().runs)
    good = True
    for way in WAYS:
        page, other, bare = (statistics.median(seconds[name, way]) for name in ("page", "Voilà", "button"))
        print(f"{way}: page {page:.3f} s, Voilà {other:.3f} s ({other / page:.1f} ×), button {bare:.3f} s")
        good &= page <= 0.3 and other / page >= 10
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
