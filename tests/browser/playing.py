"""Doing the exercises on a page: by mouse for the tests that need a learner to be somewhere."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from kommune3.content import Course
from kommune3.engine import scenario as play
from kommune3.engine.models import Quiz, Scenario, Sorter

SCENARIO, QUIZ, SORTER = "#foraeldreraad", "#employee-02-quiz", "#paradigmer-sorter"
REFLECTION = "#employee-02-refleksion"
COMMON_QUIZ, TABLE, TIMELINE = "#common-01-quiz", "#paradigmer", "#paradigmer-tid"
CHOICES = "#foraeldreraad .k3-choice"
WRITTEN = (
    "I min børnehave har vi et råd, som kun mødes, når nogen er sur over noget, vi har gjort.",
    "Jeg spørger tre familier, om de vil vise os noget, de selv er gode til, uden at det bliver en pligt.",
    "På mandag, når børnene bliver hentet.",
    "At de har travlt, og at jeg kun når at spørge dem, jeg kender i forvejen.",
)
"""Answers to a reflection's prompts."""
STORED = '.k3-status[data-state="saved"]'
TRIED_AGAIN = 90_000
"""Milliseconds, longer than a page pauses between two tries by itself."""
BEGUN = """async (activity) => {
  const { api } = document.documentElement.dataset;
  const answer = await fetch(`${api}/attempts/${activity}`, { cache: "no-store" });
  return ((await answer.json()).attempt?.choices ?? []).length > 0;
}"""
"""Whether the service has a way through an exercise, which the page that asks for it will show."""


def scenario(course: Course) -> Scenario:
    """The scenario of the shipped course."""
    found = course.activities[SCENARIO[1:]]
    assert isinstance(found, Scenario)
    return found


def a_way(found: Scenario, which: int = 0) -> list[play.State]:
    """The states from the start to an ending, always taking the choice at one place of the list."""
    states = [play.start(found)]
    while not play.ended(found, states[-1]):
        open_now = play.open_choices(found, states[-1])
        choice = open_now[min(which, len(open_now) - 1)]
        states.append(play.next_state(found, states[-1], choice.id))
    return states


def right_answers(course: Course, quiz_id: str) -> list[int]:
    """The place of the right option of each question."""
    quiz = course.activities[quiz_id.lstrip("#")]
    assert isinstance(quiz, Quiz)
    return [[option.correct for option in question.options].index(True) for question in quiz.questions]


def wrong_answers(course: Course, quiz_id: str) -> list[int]:
    """The place of a wrong option of each question."""
    quiz = course.activities[quiz_id.lstrip("#")]
    assert isinstance(quiz, Quiz)
    return [[option.correct for option in question.options].index(False) for question in quiz.questions]


def right_piles(course: Course, sorter_id: str = SORTER) -> list[int]:
    """The place of the right pile of each statement."""
    sorter = course.activities[sorter_id.lstrip("#")]
    assert isinstance(sorter, Sorter)
    order = [bucket.id for bucket in sorter.buckets]
    return [order.index(item.bucket) for item in sorter.items]


def choose(page: Page, which: int = 0) -> None:
    """Make one choice in the scenario, its prediction included, as far as what happened."""
    page.locator(CHOICES).nth(which).click()
    radios = page.locator(f"{SCENARIO} .k3-scene input[type=radio]")
    if radios.count():
        radios.first.check()
        page.locator(f"{SCENARIO} .k3-scene .k3-primary").click()
    expect(
        page.locator(f"{SCENARIO} .k3-scene .k3-changes, {SCENARIO} .k3-scene .k3-small").first
    ).to_be_visible()


def go_on(page: Page) -> None:
    """Leave what happened for the next situation or the ending."""
    page.locator(f"{SCENARIO} .k3-scene .k3-primary").click()


def make_choices(page: Page, count: int, which: int = 0) -> None:
    """Make some choices in a row and stand at the next situation."""
    for _ in range(count):
        choose(page, which)
        go_on(page)


def answer(page: Page, quiz: str, option: int) -> None:
    """Answer the question that is shown, and wait for what the service says to it."""
    page.locator(f"{quiz} input[type=radio]").nth(option).check()
    page.locator(f"{quiz} .k3-primary").click()
    expect(page.locator(f"{quiz} .k3-scene-title .k3-verdict")).to_be_visible()


def take_quiz(page: Page, quiz: str, options: list[int]) -> None:
    """Answer all questions and stand at the result."""
    for option in options:
        answer(page, quiz, option)
        page.locator(f"{quiz} .k3-primary").click()
    expect(page.locator(f"{quiz} .k3-review")).to_be_visible()


def sort_all(page: Page, piles: list[int], sorter: str = SORTER) -> None:
    """Put every statement into its pile, from the beginning, and have them checked."""
    widget = page.locator(sorter)
    if page.evaluate(BEGUN, sorter[1:]):  # by another test: it may still be on its way to this page
        widget.locator(".k3-outcome .k3-quiet").click()
    for pile in piles:
        widget.locator(".k3-put").nth(pile).click()
    widget.locator(".k3-offer .k3-primary").click()
    expect(widget.locator(".k3-outcome .k3-scene-title")).to_be_visible()


def reflect(page: Page, reflection: str = REFLECTION) -> None:
    """Write a reflection and send it."""
    for at, box in enumerate(fields(page.locator(reflection))):
        box.fill(WRITTEN[at])
    page.locator(f"{reflection} .k3-primary").click()
    expect(page.locator(f"{reflection} .k3-reading")).to_be_visible()


def fields(widget: Locator) -> list[Locator]:
    """Where a text is written, once it is known what was written there before: until then nothing is sent."""
    widget.locator("textarea").first.wait_for()
    expect(widget.locator("[aria-busy=true]")).to_have_count(0)
    return widget.locator("textarea").all()


def status(page: Page, widget: str = SCENARIO) -> Locator:
    """The line that says whether the work is stored."""
    return page.locator(f"{widget} .k3-status")


def stored(page: Page, widget: str = SCENARIO) -> None:
    """Wait until the service has it."""
    expect(page.locator(f"{widget} {STORED}")).to_be_visible(timeout=TRIED_AGAIN)
