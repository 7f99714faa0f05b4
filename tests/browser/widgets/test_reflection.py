"""The reflection in a real browser and the real service: written, kept, sent, withdrawn, marked, answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from browser.chromium import Visitors
from browser.keys import Keyboard
from browser.looking import WIDE, look
from browser.widgets.hands import BY_HAND, Held
from browser.widgets.reflecting import (
    FIRST,
    HERE,
    ID,
    SECOND,
    Reflecting,
    field,
    opened,
    running,
    saved,
    send,
    write,
)

pytestmark = pytest.mark.browser
CPR = "010190-1234"
EXPECTED = "Failed to load resource"
"""What the browser logs of a refusal, which a test brings about on purpose."""
NO_DRAFTS = "() => Object.keys(localStorage).every((key) => key === 'kommune3:scheme')"
"""Asked again and again; a function, since the page's policy keeps a text from being run a second time."""


@pytest.fixture(scope="module")
def running_service(tmp_path_factory: pytest.TempPathFactory, mini_root: Path) -> Iterator[Reflecting]:
    with running(tmp_path_factory.mktemp("reflecting") / "data", mini_root) as service:
        yield service


@pytest.fixture
def service(running_service: Reflecting) -> Reflecting:
    """The service as a learner meets it who has never been there."""
    running_service.newcomer()
    return running_service


@pytest.fixture
def guests(visitors: Visitors) -> Visitors:
    visitors.watch.expected.append(EXPECTED)
    return visitors


@pytest.fixture
def page(guests: Visitors) -> Page:
    return guests.context(viewport=WIDE).new_page()


def drafts(page: Page) -> list[str]:
    """What the browser keeps for an account, as it stands in its storage."""
    kept = page.evaluate("Object.entries(localStorage).filter(([key]) => key !== 'kommune3:scheme')")
    return [f"{key} {text}" for key, text in kept]


def badge(widget: Locator) -> Locator:
    return widget.locator(".k3-badge")


def told(widget: Locator) -> Locator:
    """What is said beside the button."""
    return widget.locator(".k3-told")


def button(widget: Locator, name: str) -> Locator:
    return widget.get_by_role("button", name=name, exact=True)


def test_by_keyboard_alone_from_the_first_word_to_withdrawing(page: Page, service: Reflecting) -> None:
    widget, keys = opened(page, service), Keyboard(page)
    keys.tab_to(f"{HERE} textarea")
    page.keyboard.type(FIRST)
    page.keyboard.press("Tab")
    page.keyboard.type(SECOND)
    keys.press(f"{HERE} .k3-primary")
    expect(widget.get_by_role("heading", name="Din tekst er sendt")).to_be_focused()
    expect(badge(widget)).to_have_text("Sendt")
    assert service.state().sent == (FIRST, SECOND)
    keys.tab_to(f"{HERE} .k3-reading .k3-button.k3-quiet")
    page.keyboard.press("Enter")
    expect(button(widget, "Nej, lad den være")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button(widget, "Træk tilbage")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(field(widget)).to_be_focused()
    expect(badge(widget)).to_have_text("Kladde")
    assert service.state().status == "draft"


def test_every_field_has_its_label_and_the_page_its_language(page: Page, service: Reflecting) -> None:
    widget = opened(page, service)
    for prompt in ("Hvad skete der?", "Hvad vil du prøve næste gang?"):
        expect(widget.get_by_label(prompt, exact=True)).to_be_visible()
    expect(widget.locator(".k3-reflection")).to_have_attribute("lang", "da")
    expect(widget.locator(".k3-asked li")).to_have_count(2)
    expect(widget.locator(".k3-asked a")).to_have_count(1)  # the source
    look(page, "reflection-empty", HERE)


def test_a_draft_is_on_the_server_a_second_after_the_last_key(page: Page, service: Reflecting) -> None:
    widget = opened(page, service)
    write(widget)
    saved(widget)
    assert service.state().answers == (FIRST, SECOND)
    expect(badge(widget)).to_have_text("Kladde")
    expect(widget.locator(".k3-word-count")).to_have_text("39 af mindst 30 ord")
    assert drafts(page) == []
    look(page, "reflection-draft", HERE)
    page.reload()
    expect(field(page.locator(HERE))).to_have_value(FIRST)


def test_what_was_typed_just_before_the_page_is_closed_arrives(page: Page, service: Reflecting) -> None:
    widget = opened(page, service)
    field(widget).fill("Det sidste ord")
    page.goto("about:blank")
    for _ in range(600):
        if service.state().answers[0] == "Det sidste ord":
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{service.state().answers[0]!r} is stored")


def test_the_field_grows_with_the_text_and_hides_none_of_it(page: Page, service: Reflecting) -> None:
    area = field(opened(page, service))
    before = area.bounding_box()
    area.fill("En linje.\n" * 40)
    after = area.bounding_box()
    assert before
    assert after
    assert after["height"] > 3 * before["height"]
    assert area.evaluate("(area) => area.scrollHeight - area.clientHeight") <= 1


def test_offline_the_text_is_kept_and_comes_in_when_online_again(page: Page, service: Reflecting) -> None:
    widget = opened(page, service)
    page.context.set_offline(True)
    write(widget)
    expect(widget.locator('.k3-status[data-state="trouble"]')).to_contain_text("Ingen forbindelse")
    assert [key.split(" ")[0] for key in drafts(page)] == [f"kommune3:{service.person}:{ID}"]
    button(widget, "Send refleksionen").click()
    expect(told(widget)).to_contain_text("Ikke sendt")
    look(page, "reflection-offline", HERE)
    page.context.set_offline(False)
    saved(widget)
    assert service.state().answers == (FIRST, SECOND)
    assert drafts(page) == []


def test_an_offline_draft_survives_the_page_and_goes_on_in_the_service(
    page: Page, service: Reflecting
) -> None:
    widget = opened(page, service)
    write(widget)
    saved(widget)
    service.trouble = 503
    field(widget).fill(FIRST + " Mere.")
    expect(widget.locator('.k3-status[data-state="trouble"]')).to_contain_text("Serveren")
    page.add_init_script(BY_HAND)
    page.reload()
    widget = page.locator(HERE)
    expect(field(widget)).to_have_value(FIRST + " Mere.")
    expect(widget.locator(".k3-notice")).to_contain_text("Her er den tekst, du ikke nåede at få gemt.")
    expect(widget.locator('.k3-status[data-state="trouble"]')).to_be_visible()  # asked once, and not again
    service.trouble = 0
    button(widget, "Prøv igen").click()
    saved(widget)
    assert service.state().answers == (FIRST + " Mere.", SECOND)
    assert drafts(page) == []


def test_an_answer_lost_on_its_way_makes_no_conflict(page: Page, service: Reflecting) -> None:
    widget = opened(page, service)
    service.lose = True
    field(widget).fill("Det første")
    expect(widget.locator('.k3-status[data-state="trouble"]')).to_be_visible()
    assert service.state().answers[0] == "Det første"
    field(widget).fill("Det første og det andet")
    service.lose = False
    saved(widget)
    expect(widget.locator(".k3-notice")).to_have_count(0)
    assert service.state().answers[0] == "Det første og det andet"


def test_saved_is_not_said_of_a_text_that_grew_since(page: Page, service: Reflecting) -> None:
    widget = opened(page, service)
    write(widget)
    saved(widget)
    said = field(widget).evaluate(
        """field => {
          field.value += " Mere.";
          field.dispatchEvent(new Event("input", { bubbles: true }));
          return field.closest(".k3-reflection").parentElement.querySelector(".k3-status").dataset.state; }"""
    )
    assert said == "saving"
    saved(widget)
    assert service.state().answers[0] == FIRST + " Mere."


@pytest.mark.parametrize("text", [CPR, "barnet 0101901234 ringede", "010190\u200b-1234"])
def test_a_cpr_number_is_stored_nowhere(page: Page, service: Reflecting, text: str) -> None:
    widget = opened(page, service)
    write(widget)
    saved(widget)
    asked = len(service.sent)
    field(widget).fill(f"Hun har {text}")
    error = widget.locator(".k3-prompt").first.locator(".k3-error")
    expect(error).to_contain_text("CPR-nummer")
    expect(widget.locator(".k3-status")).to_contain_text("Ikke gemt")
    described = field(widget).get_attribute("aria-describedby") or "none"
    expect(page.locator(f"[id='{described}']")).to_contain_text("CPR-nummer")
    field(widget).blur()
    button(widget, "Send refleksionen").click()
    expect(widget.get_by_role("heading", name="Teksten kan ikke sendes endnu")).to_be_focused()
    look(page, "reflection-cpr", HERE)
    page.wait_for_timeout(1500)  # longer than the pause after which a text is saved
    assert len(service.sent) == asked
    assert drafts(page) == []
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert len(service.sent) == asked
    assert service.state().answers == (FIRST, SECOND)
    field(widget).fill("Hun har ringet")
    expect(error).to_have_count(0)
    saved(widget)
    assert service.state().answers[0] == "Hun har ringet"


def test_what_is_missing_is_said_at_its_field_and_together(page: Page, service: Reflecting) -> None:
    widget = opened(page, service)
    field(widget).fill("Kort.")
    button(widget, "Send refleksionen").click()
    expect(widget.get_by_role("heading", name="Teksten kan ikke sendes endnu")).to_be_focused()
    expect(field(widget, 1)).to_have_attribute("aria-invalid", "true")
    expect(field(widget, 0)).not_to_have_attribute("aria-invalid", "true")
    look(page, "reflection-findings", HERE)
    widget.locator(".k3-refusal button").click()
    expect(field(widget, 1)).to_be_focused()
    field(widget, 1).fill(SECOND + " " + FIRST)
    expect(widget.locator(".k3-refusal, .k3-error")).to_have_count(0)
    send(widget)
    assert service.state().status == "sent"


def test_a_name_is_asked_about_and_may_be_sent(page: Page, service: Reflecting) -> None:
    widget = opened(page, service)
    write(widget, FIRST + " Det var fru Jensen.")
    saved(widget)
    expect(widget.locator(".k3-caution")).to_contain_text("borger ved navn")
    button(widget, "Send refleksionen").click()
    expect(button(widget, "Nej, jeg retter den")).to_be_focused()
    assert service.state().status == "draft"
    look(page, "reflection-name", HERE)
    page.keyboard.press("Enter")
    expect(field(widget)).to_be_focused()
    button(widget, "Send refleksionen").click()
    button(widget, "Ja, send den").click()
    expect(badge(widget)).to_have_text("Sendt")
    assert service.state().status == "sent"


def test_replaced_until_it_is_marked(page: Page, service: Reflecting) -> None:
    service.cohort()
    widget = opened(page, service)
    expect(widget.locator(".k3-readers")).to_contain_text("Troels Træner")
    write(widget)
    send(widget)
    look(page, "reflection-sent", HERE)
    button(widget, "Ret og send igen").click()
    expect(field(widget)).to_be_focused()
    field(widget).fill(FIRST + " Ny slutning.")
    saved(widget)
    assert service.state().sent == (FIRST, SECOND)
    page.reload()
    expect(widget.locator(".k3-notice")).to_contain_text("ikke er sendt endnu")
    look(page, "reflection-changes", HERE)
    button(widget, "Fortryd ændringerne").click()
    button(widget, "Ja, fortryd dem").click()
    expect(widget.get_by_role("heading", name="Din tekst er sendt")).to_be_focused()
    button(widget, "Ret og send igen").click()
    field(widget).fill(FIRST + " Ny slutning.")
    button(widget, "Send igen").click()
    expect(widget.get_by_role("heading", name="Din tekst er sendt")).to_be_focused()
    assert service.state().sent == (FIRST + " Ny slutning.", SECOND)


def test_marked_while_it_is_being_changed_nothing_is_lost(page: Page, service: Reflecting) -> None:
    service.cohort()
    widget = opened(page, service)
    write(widget)
    send(widget)
    button(widget, "Ret og send igen").click()
    service.mark(4)
    field(widget).fill(FIRST + " For sent.")
    expect(badge(widget)).to_have_text("Læst af underviseren")
    expect(widget.get_by_text("kan ikke ændres mere")).to_be_visible()
    expect(widget.get_by_text("Denne tekst blev ikke sendt")).to_be_visible()
    expect(widget.get_by_text("For sent.")).to_be_visible()
    look(page, "reflection-marked-meanwhile", HERE)
    button(widget, "Slet denne tekst").click()
    expect(widget.get_by_text("For sent.")).to_have_count(0)
    assert drafts(page) == []
    assert service.state().sent == (FIRST, SECOND)


@pytest.mark.parametrize(("points", "word"), [(4, "Færdig"), (1, "Lad os tale sammen")])
def test_the_trainer_s_answer_is_shown_without_points(
    page: Page, service: Reflecting, points: int, word: str
) -> None:
    cohort = service.cohort()
    widget = opened(page, service)
    write(widget)
    send(widget)
    service.mark(points, "Godt set.\n\n<script>alert(1)</script>")
    page.reload()
    expect(badge(widget)).to_have_text("Læst af underviseren")
    expect(widget.get_by_text("Godt set.")).to_have_count(0)
    look(page, "reflection-read", HERE)
    service.give_back(cohort)
    page.reload()
    expect(badge(widget)).to_have_text(word)
    expect(widget.get_by_text("<script>alert(1)</script>")).to_be_visible()
    widget.locator(".k3-answer summary").click()
    expect(widget.locator(".k3-answer li").first).to_be_visible()
    assert "point" not in widget.inner_text().lower()
    named = widget.get_by_text(f"Din underviser er {service.state().trainer_names[0]}.")
    expect(named).to_have_count(int(word == "Lad os tale sammen"))
    look(page, f"reflection-{service.state().status}", HERE)


def test_two_tabs_and_both_texts_are_kept(page: Page, service: Reflecting) -> None:
    widget = opened(page, service)
    field(widget).fill("Skrevet i den første fane.")
    saved(widget)
    service.save("Skrevet på telefonen.", "Også på telefonen.")
    field(widget).fill("Skrevet videre i den første fane.")
    button(widget, "Se begge tekster").click()
    expect(widget.get_by_role("heading", name="Hvilken tekst vil du beholde?")).to_be_focused()
    expect(widget.get_by_text("Skrevet videre i den første fane.")).to_be_visible()
    expect(widget.get_by_text("Skrevet på telefonen.")).to_be_visible()
    assert service.state().answers[0] == "Skrevet på telefonen."
    look(page, "reflection-both", HERE)
    button(widget, "Behold begge, den ene efter den anden").click()
    expect(field(widget)).to_be_focused()
    saved(widget)
    assert service.state().answers == (
        "Skrevet videre i den første fane.\n\nSkrevet på telefonen.",
        "Også på telefonen.",
    )


@pytest.mark.parametrize(
    ("choice", "kept"), [("Behold teksten her", "Her."), ("Behold den anden tekst", "Der.")]
)
def test_one_of_two_texts_is_kept(page: Page, service: Reflecting, choice: str, kept: str) -> None:
    widget = opened(page, service)
    service.save("Der.", "")
    field(widget).fill("Her.")
    expect(widget.locator(".k3-status")).to_contain_text("Ikke gemt endnu")
    button(widget, "Send refleksionen").click()
    expect(told(widget)).to_contain_text("Ikke sendt: Vælg først")
    look(page, "reflection-conflict", HERE)
    button(widget, "Se begge tekster").click()
    button(widget, choice).click()
    expect(field(widget)).to_have_value(kept)
    page.wait_for_function(NO_DRAFTS)  # the page has heard that it is stored
    assert service.state().answers[0] == kept
    page.reload()
    expect(field(page.locator(HERE))).to_have_value(kept)
    expect(page.locator(f"{HERE} .k3-notice")).to_have_count(0)
    assert drafts(page) == []


def test_a_tab_that_comes_back_shows_what_was_sent_elsewhere(page: Page, service: Reflecting) -> None:
    widget = opened(page, service)
    service.submit(FIRST, SECOND)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(badge(widget)).to_have_text("Sendt")
    expect(widget.get_by_text(FIRST)).to_be_visible()


def test_a_private_text_is_shared_only_by_its_author(page: Page, service: Reflecting) -> None:
    service.newcomer("politician")
    widget = opened(page, service)
    expect(widget.locator(".k3-readers")).to_contain_text("er kun dit")
    tick = widget.get_by_role("checkbox", name="Min underviser må læse teksten")
    expect(tick).not_to_be_checked()
    look(page, "reflection-private", HERE)
    write(widget)
    send(widget)
    expect(widget.get_by_text("Kun du kan læse den.")).to_be_visible()
    assert service.state().shared is False
    button(widget, "Ret og send igen").click()
    tick.check()
    button(widget, "Send igen").click()
    expect(widget.get_by_text("Din underviser må læse den.")).to_be_visible()
    assert service.state().shared is True


def test_sending_twice_in_a_second_sends_once(page: Page, service: Reflecting) -> None:
    widget = opened(page, service)
    write(widget)
    saved(widget)
    held: list[Route] = []
    page.route("**/submissions", lambda route: held.append(route))
    press = button(widget, "Send refleksionen")
    press.click()
    press.dispatch_event("click")
    while not held:
        page.wait_for_timeout(20)
    press.dispatch_event("click")
    held[0].continue_()
    expect(badge(widget)).to_have_text("Sendt")
    assert len(held) == 1
    assert service.sent.count("POST submissions") == 1


@pytest.mark.parametrize("sent", [False, True], ids=["deleting", "withdrawing"])
def test_what_was_said_yes_to_cannot_be_called_back_while_the_service_is_slow(
    page: Page, service: Reflecting, *, sent: bool
) -> None:
    widget = opened(page, service)
    write(widget)
    saved(widget)
    if sent:
        send(widget)
    button(widget, "Træk tilbage" if sent else "Slet kladden").click()
    held = Held(page, "**/submissions" if sent else "**/draft")
    yes = button(widget, "Ja, træk den tilbage" if sent else "Ja, slet det")
    yes.focus()
    page.keyboard.press("Enter")
    held.wait()
    page.keyboard.press("Enter")
    for press in (yes, button(widget, "Nej, lad den være" if sent else "Nej, skriv videre")):
        expect(press).to_have_attribute("aria-disabled", "true")
        press.dispatch_event("click")
    page.keyboard.press("Escape")
    expect(yes).to_be_focused()
    held.let_go()
    expect(field(widget)).to_be_focused()
    expect(field(widget)).to_have_value(FIRST if sent else "")
    assert service.sent.count(f"DELETE {'submissions' if sent else 'draft'}") == 1


def test_what_is_written_while_the_draft_is_deleted_stays(page: Page, service: Reflecting) -> None:
    widget = opened(page, service)
    write(widget)
    saved(widget)
    button(widget, "Slet kladden").click()
    held = Held(page, "**/draft")
    button(widget, "Ja, slet det").click()
    held.wait()
    field(widget, 1).fill("Skrevet imens")
    held.let_go()
    expect(button(widget, "Send refleksionen")).to_be_visible()
    expect(field(widget, 1)).to_have_value("Skrevet imens")
    expect(field(widget, 1)).to_be_focused()
    saved(widget)
    assert service.state().answers == (FIRST, "Skrevet imens")


def test_sending_again_after_a_lost_answer_stores_nothing_twice(page: Page, service: Reflecting) -> None:
    widget = opened(page, service)
    write(widget)
    saved(widget)
    service.lose = True
    button(widget, "Send refleksionen").click()
    expect(told(widget)).to_contain_text("Ikke sendt")
    first = service.state().submission
    assert first is not None
    service.lose = False
    button(widget, "Send refleksionen").click()
    expect(badge(widget)).to_have_text("Sendt")
    assert service.state().submission == first


def test_another_version_of_the_exercise_keeps_the_text(page: Page, service: Reflecting) -> None:
    page.goto(service.url)
    old = {
        "version": "0" * 12,
        "revision": 3,
        "answers": ["Fra før.", "Også før.", "Et tredje svar."],
        "unsure": [],
    }
    key = f"kommune3:{service.person}:{ID}"
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, json.dumps(old)])
    widget = opened(page, service)
    expect(widget.locator(".k3-notice")).to_contain_text("Øvelsen er ændret")
    expect(field(widget, 1)).to_have_value("Også før.\n\nEt tredje svar.")
    saved(widget)
    assert service.state().answers == ("Fra før.", "Også før.\n\nEt tredje svar.")


def test_without_storage_the_learner_is_told_to_keep_the_page_open(
    guests: Visitors, service: Reflecting
) -> None:
    page = guests.context(viewport=WIDE, storage=False).new_page()
    widget = opened(page, service)
    page.evaluate(BY_HAND)
    service.trouble = 503
    write(widget)
    expect(widget.locator(".k3-status")).to_contain_text("lad siden stå åben")
    service.trouble = 0
    button(widget, "Prøv igen").click()
    saved(widget)
    assert service.state().answers == (FIRST, SECOND)


def written_without_a_network(guests: Visitors, service: Reflecting) -> list[tuple[Page, Locator]]:
    """Two tabs of one browser with a text in each that could not be stored."""
    context = guests.context(viewport=WIDE)
    tabs = [(page, opened(page, service)) for page in (context.new_page(), context.new_page())]
    service.trouble = 503
    for (_page, widget), text in zip(tabs, (FIRST, SECOND), strict=True):
        field(widget).fill(text)
        expect(widget.locator('.k3-status[data-state="trouble"]')).to_be_visible()
    return tabs


def test_a_text_written_in_two_tabs_without_a_network_is_whole_in_the_next(
    guests: Visitors, service: Reflecting
) -> None:
    tabs = written_without_a_network(guests, service)
    after = tabs[0][0].context.new_page()
    for page, _widget in tabs:
        page.close()
    service.trouble = 0
    widget = opened(after, service)
    expect(widget.locator(".k3-notice")).to_contain_text("i mere end én fane")
    expect(field(widget)).to_have_value(f"{SECOND}\n\n{FIRST}")
    saved(widget)
    assert service.state().answers[0] == f"{SECOND}\n\n{FIRST}"
    assert drafts(after) == []


def test_a_tab_whose_text_is_stored_leaves_what_another_tab_wrote(
    guests: Visitors, service: Reflecting
) -> None:
    (one, _widget), (two, widget) = written_without_a_network(guests, service)
    one.close()
    service.trouble = 0
    button(widget, "Prøv igen").click()
    saved(widget)
    assert service.state().answers[0] == SECOND
    assert FIRST in drafts(two)[0]
    widget = opened(two.context.new_page(), service)
    button(widget, "Se begge tekster").click()
    expect(widget.locator(".k3-both")).to_contain_text(FIRST)
    expect(widget.locator(".k3-both")).to_contain_text(SECOND)


def test_another_account_s_draft_is_gone_when_the_page_is_theirs(page: Page, service: Reflecting) -> None:
    widget = opened(page, service)
    service.trouble = 503
    write(widget)
    expect(widget.locator('.k3-status[data-state="trouble"]')).to_be_visible()
    assert len(drafts(page)) == 1
    first = service.person
    service.newcomer()
    widget = opened(page, service)
    expect(field(widget)).to_have_value("")
    assert not any(first in line or FIRST in line for line in drafts(page))


def test_signed_out_the_drafts_are_gone(page: Page, service: Reflecting) -> None:
    widget = opened(page, service)
    service.trouble = 503
    write(widget)
    expect(widget.locator('.k3-status[data-state="trouble"]')).to_be_visible()
    page.goto(f"http://127.0.0.1:{service.port}/findes-ikke")
    assert len(drafts(page)) == 1  # an error page says nothing about who is signed in
    service.person = ""
    page.goto(f"http://127.0.0.1:{service.port}/about")
    page.wait_for_function(NO_DRAFTS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colours_fields_and_buttons_have_edges(
    browser: Browser, service: Reflecting, scheme: str
) -> None:
    context = browser.new_context(forced_colors="active", color_scheme=scheme, viewport=WIDE)  # type: ignore[arg-type]
    page = context.new_page()
    widget = opened(page, service)
    for part in (field(widget), button(widget, "Send refleksionen")):
        assert part.evaluate("(part) => getComputedStyle(part).borderTopWidth") == "2px"
    context.close()
