"""Take the pictures that README shows, from a running course with sample people.

.venv/bin/python tools/screenshots.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))
OUT = ROOT / "docs" / "screenshots"
WIDE, PHONE = {"width": 1280, "height": 1240}, {"width": 390, "height": 844}


def scenario(page: Page) -> None:
    """Bring the scenario to the top of the window."""
    page.locator('[data-widget="scenario"] .k3-choice').first.wait_for()
    page.locator('[data-widget="scenario"]').evaluate("el => el.scrollIntoView({behavior: 'instant'})")


def main() -> int:
    """Write every picture anew."""
    from servers import course, launch

    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data, course(Path(data)) as own, sync_playwright() as playwright:
        browser = launch(playwright)
        for name, path, size, scheme, ready in (
            ("module", "/modules/employee-02?role=employee", WIDE, "light", scenario),
            ("phone", "/modules/employee-02?role=employee", PHONE, "dark", scenario),
            ("hr", "/hr", WIDE, "light", None),
        ):
            page = browser.new_page(viewport=size, color_scheme=scheme, locale="da-DK")
            page.goto(own + path, wait_until="networkidle")
            if ready:
                ready(page)
            page.screenshot(path=OUT / f"{name}.png", animations="disabled")
            page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
