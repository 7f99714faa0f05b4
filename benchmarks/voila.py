"""How soon can the first choice of a scenario be clicked, with a cold browser cache: our page against Voilà.

Both show the same notebook with the same widget, in the same run, turn by turn; Voilà with preheated kernels.

.venv/bin/python benchmarks/voila.py [--runs 9]
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from servers import ROOT, course, free_port, peer, running, wait_for

MODULE = "employee-02"
NOTEBOOK = "modules/employee/02_fra_foraeldreraad_til_stoettegruppe.ipynb"
CHOICE = ".k3-choice"
POOL = 3


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


def first_choice(browser: Browser, url: str) -> float:
    """Seconds from asking for the page until the first choice can be clicked, with an empty cache."""
    context = browser.new_context()
    try:
        page = context.new_page()
        began = time.perf_counter()
        page.goto(url, wait_until="commit", timeout=120_000)
        choice = page.locator(CHOICE).first
        choice.click(trial=True, timeout=120_000)
        took = time.perf_counter() - began
        choice.click()
        page.locator(CHOICE).first.wait_for(state="detached", timeout=10_000)
        return took
    finally:
        context.close()


def measure(runs: int) -> dict[str, list[float]]:
    """The seconds of each run, per way; a first run of each warms the server and is left out."""
    chromium = os.environ.get("KOMMUNE3_CHROMIUM") or shutil.which("chromium")
    flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    seconds: dict[str, list[float]] = {"page": [], "Voilà": []}
    with tempfile.TemporaryDirectory() as data, course(Path(data)) as own, voila() as other:
        urls = {"page": f"{own}/modules/{MODULE}", "Voilà": other}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=flags)
            for run in range(runs + 1):
                for name, url in urls.items():
                    time.sleep(3 if name == "Voilà" else 0.5)  # time for Voilà to fill its pool again
                    took = first_choice(browser, url)
                    if run:
                        seconds[name].append(took)
                        print(f"{name:<6} {took:6.3f} s", flush=True)
            browser.close()
    return seconds


def main() -> int:
    """Print the medians and how they compare; 1 when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    seconds = measure(parser.parse_args().runs)
    page, other = (statistics.median(seconds[name]) for name in ("page", "Voilà"))
    print(f"\nmedians: page {page:.3f} s, Voilà {other:.3f} s, {other / page:.1f} times faster")
    return 0 if page <= 0.3 and other / page >= 10 else 1


if __name__ == "__main__":
    sys.exit(main())
