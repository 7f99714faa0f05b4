"""How soon can the first choice of a scenario be clicked in JupyterLab: `kommune3 lab` against stock.

Both from the command on, in the same run, turn by turn, with a cold browser cache and fresh kernels. Ours
starts the course too and shows the learner's copy, where no cell is run; stock opens the course's own
notebook and runs all cells. The copy is made beforehand; the first start, which makes it, is told apart.

.venv/bin/python benchmarks/lab.py [--runs 5]
"""

from __future__ import annotations

import argparse
import json
import re
import secrets
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from servers import ROOT, free_port, launch, running, wait_for

from kommune3.lab import server, workspace

MODULE = "modules/employee/02_fra_foraeldreraad_til_stoettegruppe.ipynb"
CHOICE = ".k3-scenario .k3-choice"
PATIENCE = 240_000  # milliseconds


def ours(browser: Browser, scratch: Path) -> float:
    """Seconds from `kommune3 lab` until the first choice of the learner's copy can be clicked."""
    data = scratch / "data"
    began = time.perf_counter()
    command = [sys.executable, "-m", "kommune3", "lab", "--no-browser", "--port", "0"]
    with running(command, KOMMUNE3_DATA=str(data)) as process:
        for line in process.stdout or ():
            if re.search(r"http://127\.0\.0\.1:\d+", line):
                break
        told = json.loads((data / "run" / "lab.json").read_text(encoding="utf-8"))
        path = workspace.path_of(data, "local", MODULE) or ""
        clickable(browser, server.link(told["address"], told["token"], path), run_all=False)
        took = time.perf_counter() - began
        process.terminate()
        process.wait(60)
    return took


def stock(browser: Browser, scratch: Path) -> float:
    """Seconds from `jupyter lab` until the first choice can be clicked, after Run All."""
    root, port, token = scratch / "stock", free_port(), secrets.token_hex(8)
    root.mkdir(exist_ok=True)
    shutil.copy(ROOT / MODULE, root / "module.ipynb")
    places = {f"JUPYTER_{kind}_DIR": str(scratch / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
    options = [f"--ServerApp.root_dir={root}", f"--port={port}", f"--IdentityProvider.token={token}"]
    quiet = ["--no-browser", "--allow-root", "--LabApp.news_url=None"]
    more = {"PYTHONPATH": str(ROOT / "course"), "IPYTHONDIR": str(scratch / "ipython"), **places}
    began = time.perf_counter()
    with running([sys.executable, "-m", "jupyterlab", *options, *quiet], **more) as process:
        wait_for(f"http://127.0.0.1:{port}/api")
        clickable(browser, f"http://127.0.0.1:{port}/lab/tree/module.ipynb?token={token}", run_all=True)
        took = time.perf_counter() - began
        process.terminate()
        process.wait(60)
    return took


def clickable(browser: Browser, url: str, *, run_all: bool) -> None:
    """Return when the first choice could be clicked; all cells are run as soon as that is possible."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(url, wait_until="commit")
    if run_all:
        wait_for_kernel(page, url)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator(".lm-Menu-item[data-command='runmenu:run-all']").click()
    page.locator(CHOICE).first.click(trial=True)
    context.close()


def wait_for_kernel(page: Page, url: str) -> None:
    """Return once the notebook's kernel waits for work; a cell that is run before may be forgotten."""
    address, token = url.split("/lab/")[0], url.split("?")[1]
    while True:
        kernels = [one["kernel"] for one in page.request.get(f"{address}/api/sessions?{token}").json()]
        if kernels and kernels[0]["connections"] and kernels[0]["execution_state"] == "idle":
            return
        page.wait_for_timeout(50)


def main() -> int:
    """Print every run, the medians and how they compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        scratch = Path(folder)
        print(f"the first start, which makes the copy: {ours(browser, scratch):.1f} s", flush=True)
        took: dict[str, list[float]] = {"kommune3 lab": [], "stock": []}
        for _ in range(runs):
            took["kommune3 lab"].append(ours(browser, scratch))
            took["stock"].append(stock(browser, scratch))
            print({name: round(seconds[-1], 1) for name, seconds in took.items()}, flush=True)
        browser.close()
    middle = {name: statistics.median(seconds) for name, seconds in took.items()}
    for name, seconds in middle.items():
        print(f"{name}: median {seconds:.1f} s")
    print(f"stock takes {middle['stock'] / middle['kommune3 lab']:.2f} times as long")
    return 0


if __name__ == "__main__":
    sys.exit(main())
