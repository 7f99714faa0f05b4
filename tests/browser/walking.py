"""Doing any exercise of the course on its page, to its end: for the tests that walk whole paths."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from browser.playing import fields, right_answers, right_piles, sort_all, take_quiz
from kommune3.content import Course
from kommune3.engine.models import Activity

OWN_WORDS = (
    "I torsdags kom en mand for tredje gang med den samme sag, og jeg svarede ham for hurtigt.",
    "Jeg vil ringe til ham på mandag og høre, hvad han selv har prøvet, før jeg siger noget.",
    "Det bliver inden frokost, mens der er stille på gangen og tid til at høre efter.",
    "Telefonen ringer, og så når jeg det ikke, med mindre en makker tager den for mig.",
    "Jeg er ikke sikker på, at det hjælper, og det siger jeg også til ham.",
    "Går det galt, prøver jeg en gang til sammen med en, der kender ham bedre.",
)
"""Answers in nobody else's words, for reflections and plans of up to six parts."""


def do(page: Page, course: Course, activity: Activity) -> None:
    """Do the exercise that stands on the page, as far as it counts. KeyError for a kind that never does."""
    WAYS[activity.kind](page, course, activity)


def _scenario(page: Page, course: Course, activity: Activity) -> None:
    scene = f"#{activity.id} .k3-scene"
    while not page.locator(f"#{activity.id} .k3-voices").count():
        page.locator(f"#{activity.id} .k3-choice").first.click()
        radios = page.locator(f"{scene} input[type=radio]")
        if radios.count():
            radios.first.check()
            page.locator(f"{scene} .k3-primary").click()
        expect(page.locator(f"{scene} .k3-changes, {scene} .k3-small").first).to_be_visible()
        page.locator(f"{scene} .k3-primary").click()


def _quiz(page: Page, course: Course, activity: Activity) -> None:
    take_quiz(page, f"#{activity.id}", right_answers(course, activity.id))


def _sorter(page: Page, course: Course, activity: Activity) -> None:
    sort_all(page, right_piles(course, activity.id), f"#{activity.id}")


def _map(page: Page, course: Course, activity: Activity) -> None:
    """As many people as it takes, each in the first place."""
    widget = page.locator(f"#{activity.id}")
    while not widget.locator(".k3-primary:visible").count():
        widget.locator(".k3-put").first.click()
    widget.locator(".k3-primary").click()
    expect(widget.locator(".k3-outcome h4")).to_be_visible()


def _assessment(page: Page, course: Course, activity: Activity) -> None:
    """The first level of each statement."""
    widget = page.locator(f"#{activity.id}")
    widget.locator(".k3-card").first.wait_for()
    for card in widget.locator(".k3-card").all():
        card.locator("input").first.check()
    widget.locator(".k3-primary").last.click()
    expect(widget.locator(".k3-own-profile h4").first).to_be_visible()


def _comparison(page: Page, course: Course, activity: Activity) -> None:
    widget = page.locator(f"#{activity.id}")
    widget.locator("input[type=radio]").first.check()
    widget.locator(".k3-scene .k3-primary").click()
    while not widget.locator("input[type=radio]").count():
        widget.locator(".k3-scene .k3-primary").click()
    widget.locator("input[type=radio]").last.check()
    widget.locator(".k3-scene .k3-primary").click()
    expect(widget.get_by_role("heading", name="Før og nu")).to_be_visible()


def _plan(page: Page, course: Course, activity: Activity) -> None:
    widget = page.locator(f"#{activity.id}")
    _fill(widget)
    widget.locator(".k3-primary").click()
    expect(widget.locator("p[tabindex]", has_text="Du gjorde planen færdig")).to_be_visible()


def _reflection(page: Page, course: Course, activity: Activity) -> None:
    widget = page.locator(f"#{activity.id}")
    _fill(widget)
    widget.locator(".k3-primary").click()
    expect(widget.locator(".k3-reading")).to_be_visible()


def _fill(widget: Locator) -> None:
    for box, words in zip(fields(widget), OWN_WORDS, strict=False):
        box.fill(words)


WAYS: dict[str, Callable[[Page, Course, Activity], None]] = {
    "scenario": _scenario,
    "quiz": _quiz,
    "sorter": _sorter,
    "citizen_map": _map,
    "assessment": _assessment,
    "comparison": _comparison,
    "plan": _plan,
    "reflection": _reflection,
}
