"""Playing the miniature scenario *opkaldet*, and what its status line says."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from browser.widgets.hands import PATIENT


def first_choice(page: Page, said: str = "Noter klagen") -> None:
    page.get_by_role("button", name=said).click()
    page.get_by_label("Hun tier.").check()
    page.get_by_role("button", name="Se, hvad der sker").click()


def second_choice(page: Page) -> None:
    page.get_by_role("button", name="Videre").click()
    page.get_by_role("button", name="Ring til Gerda").click()


def status(page: Page, text: str) -> None:
    expect(page.locator(".k3-status-text")).to_contain_text(text, timeout=PATIENT)
