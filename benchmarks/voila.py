"""How soon can a newcomer click the first choice of a scenario, with a cold cache: our page against Voilà.

Both show the same notebook with the same widget, in the same run, turn by turn; Voilà with preheated kernels,
each visit once its pool is full again. Measured four times: by the page's own clock (interactive.js) in a
browser that is told nothing but where to go (devtools.py), from an empty window, from another page of the
same server and from a page of another site; and from outside by Playwright, which records what a page asks
for and brings scripts along. A page with nothing but a button shows what that and the browser take.

.venv/bin/python benchmarks/voila.py [--runs 9]
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import product
from pathlib import Path
from typing import Any

import psutil
from devtools import DevTools, Window, devtools, window
from playwright.sync_api import Browser, Page, sync_playwright
from servers import ROOT, course, executable, flags, free_port, launch, peer, running, wait_for

MODULE = "employee-02"
NOTEBOOK = "modules/employee/02_fra_foraeldreraad_til_stoettegruppe.ipynb"
CHOICE = ".k3-choice"
MIDDLE = f"""(() => {{
  globalThis.before = document.querySelector("{CHOICE}");
  before.scrollIntoView({{ block: "center", behavior: "instant" }});
  const box = before.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}})()"""
"""Where to click, in the page."""
STORE = "**/api/v1/attempts"
"""Where a choice would be stored: whoever comes next has not begun either."""
INTERACTIVE = Path(__file__).with_name("interactive.js")
POOL = 3
WAYS = ("clock", "link", "site", "outside")
SETTLED = 3.0
"""Seconds for the browser to finish opening the window, for which the whole Chromium loads its own pages."""
REST = 0.05
"""The share of a core that Voilà may take when a visit begins: after each it fills its pool again."""
LONGEST = 60
"""Seconds to wait for that."""


@contextmanager
def voila() -> Iterator[tuple[str, psutil.Process]]:
    """Voilà with a pool of kernels that have run the notebook already; yields its address and its process."""
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
            yield address, psutil.Process(process.pid)
            if process.poll() is not None:
                raise RuntimeError("Voilà stopped")


@contextmanager
def button() -> Iterator[str]:
    """A page that holds a button and nothing else; yields its address, at which ``nothing`` is not found."""
    with tempfile.TemporaryDirectory() as folder:
        # a page without any script would begin the one that measures only when it is asked
        head = "<!doctype html><title>.</title><script>0</script>"
        html = f"{head}<button class='k3-choice' onclick='this.remove()'>.</button>"
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


def by_the_pages_clock(page: Window, url: str) -> float:
    """Seconds from asking for the page until a click at the first choice reaches it."""
    page.before_all(INTERACTIVE.read_text(encoding="utf-8"))
    page.go(url)
    return float(until(page, "globalThis.first_choice?.at", url)) / 1000


def until(page: Window, expression: str, url: str) -> Any:
    """What the expression is as soon as it is something; RuntimeError where that takes too long."""
    for _ in range(600):
        time.sleep(0.2)
        if found := page.value(expression):
            return found
    raise RuntimeError(f"{url}: no {expression}")


def clocked(tools: DevTools, url: str, before: str = "") -> float:
    """By the page's clock, with an empty cache, from the page ``before`` if any; then a click must act."""
    with window(tools) as page:
        if before:
            page.go(before)
        time.sleep(SETTLED)
        took = by_the_pages_clock(page, url)
        page.send_nothing(STORE)
        page.click(*until(page, MIDDLE, url))
        until(page, "!globalThis.before.isConnected", url)
        return took


def outside(browser: Browser, url: str) -> float:
    """From outside, with an empty cache; then a click must act."""
    context = browser.new_context()
    try:
        page = context.new_page()
        time.sleep(SETTLED)
        took = seen_from_outside(page, url)
        context.route(STORE, lambda route: route.abort())
        page.locator(CHOICE).first.click()
        page.locator(CHOICE).first.wait_for(state="detached", timeout=10_000)
        return took
    finally:
        context.close()


def rest(process: psutil.Process) -> None:
    """Wait until Voilà and its kernels have nothing to do."""
    limit = time.monotonic() + LONGEST
    before = -math.inf
    while (now := spent(process)) - before > REST and time.monotonic() < limit:
        before = now
        time.sleep(1)


def spent(process: psutil.Process) -> float:
    """The seconds of processor that a process and those it started took."""
    took = 0.0
    for one in (process, *process.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            took += sum(one.cpu_times()[:2])
    return took


def measure(runs: int) -> dict[tuple[str, str], list[float]]:
    """The seconds of each run, per page and way; a first run of each warms the server and is left out."""
    seconds: dict[tuple[str, str], list[float]] = {}
    with ExitStack() as stack:
        own = stack.enter_context(course(Path(stack.enter_context(tempfile.TemporaryDirectory()))))
        peers, process = stack.enter_context(voila())
        urls = {"page": f"{own}/modules/{MODULE}", "Voilà": peers, "button": stack.enter_context(button())}
        same = {"page": f"{own}/healthz"}  # the others' is not found; none has anything that a module has
        site = f"{urls['button'].replace('127.0.0.1', 'localhost')}nothing"  # another site by its name
        playwright = stack.enter_context(sync_playwright())
        tools = stack.enter_context(devtools(executable() or playwright.chromium.executable_path, flags()))
        browser = launch(playwright)
        print(f"Chromium {browser.version}", flush=True)
        ways = {
            "clock": lambda name: clocked(tools, urls[name]),
            "link": lambda name: clocked(tools, urls[name], same.get(name, f"{urls[name]}nothing")),
            "site": lambda name: clocked(tools, urls[name], site),
            "outside": lambda name: outside(browser, urls[name]),
        }
        for run in range(runs + 1):
            for name, way in product(urls, ways):
                rest(process)
                took = ways[way](name)
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
