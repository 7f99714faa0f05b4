"""The map of active citizenship in a real browser: one person at a time, then two maps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from browser.widgets.hands import BY_HAND, focused, overflow, press, tab_to, violations
from browser.widgets.harness import Harness, running
from kommune3.content import Course

pytestmark = pytest.mark.browser
MAP, LARGE = "baenk-kort", "medborgerkort"
"""A map of three people, and the shipped one of fifteen."""
SCREEN = 740
"""How high a small phone's screen is, in CSS pixels."""


@pytest.fixture
def large(shipped: Course) -> Iterator[Harness]:
    """The app with the shipped course."""
    with running(Harness(shipped)) as harness:
        yield harness


def put(page: Page, *places: int) -> None:
    """Place as many people, from the one who is asked about on; a number is the arena's place in the row."""
    for where in places:
        page.locator(".k3-put").nth(where).click()


def names_in(page: Page, drawing: int) -> list[list[str]]:
    """The names in each arena of a drawn map, innermost arena first."""
    bands = page.locator(".k3-map-drawing").nth(drawing).locator(".k3-band").all()
    return [band.locator("> ul > li").all_inner_texts() for band in reversed(bands)]


def said(page: Page) -> str:
    """What a screen reader was last told."""
    return page.locator(".k3 [aria-live]").inner_text().strip()


def see_ours(page: Page) -> None:
    page.locator(".k3-primary").click()
    expect(page.locator(".k3-outcome h4")).to_be_focused()


def height(page: Page) -> float:
    box = page.locator(".k3").bounding_box()
    assert box
    return box["height"]


def test_by_keyboard_alone_as_far_as_our_map_beside_hers(page: Page, harness: Harness) -> None:
    page.goto(harness.url(MAP))
    expect(page.locator(".k3-header")).to_contain_text("Kort · 3 at placere")
    expect(page.locator(".k3-asking")).to_contain_text("Når alle har en plads, kan du se vores bud.")
    expect(page.locator(".k3-primary")).to_be_hidden()
    assert violations(page) == []
    assert "Turen er hendes egen." not in page.content()
    press(page, "Naboer")
    assert focused(page) == "Bent", "the next is asked about"
    assert said(page) == "Åse: Naboer. 2 tilbage."
    press(page, "Naboer", "Space")
    press(page, "Kommunen")
    assert focused(page) == "Alle har en plads"
    assert said(page) == "Carla: Kommunen. Nu har alle en plads."
    assert names_in(page, 0) == [[], ["Åse", "Bent"], ["Carla"]]
    assert violations(page) == []
    press(page, "Se vores bud")
    expect(page.locator(".k3-outcome h4")).to_be_focused()
    expect(page.locator(".k3-outcome")).to_contain_text("Der findes ikke et rigtigt kort.")
    assert names_in(page, 1) == [["Åse"], ["Bent"], ["Carla"]]
    expect(page.locator(".k3-bid").first).to_contain_text("Vores bud: Eget livTuren er hendes egen.")
    expect(page.locator(".k3-ours").nth(1)).to_have_text("Vi har valgt det samme sted.")
    expect(page.locator("[data-correct]")).to_have_count(0)  # neither right nor wrong
    expect(page.locator("#completed")).to_have_text("m-1")
    assert harness.paths() == [["naboer", "naboer", "kommunen"]]
    press(page, "De to kort som tabel")
    rows = page.locator("tbody tr")
    expect(rows).to_have_text(["ÅseNaboerEget liv", "BentNaboerNaboer", "CarlaKommunenKommunen"])
    assert violations(page) == []


def test_one_may_skip_go_back_and_move_somebody(page: Page, harness: Harness) -> None:
    page.goto(harness.url(MAP))
    press(page, "Spring over")
    assert focused(page) == "Bent"
    put(page, 1)
    assert focused(page) == "Carla"
    press(page, "Forrige")
    assert focused(page) == "Bent"
    expect(page.locator(".k3-asked-about")).to_contain_text("Står nu her: Naboer")
    expect(page.locator(".k3-put[aria-current]")).to_contain_text("Naboer")
    put(page, 2)
    assert focused(page) == "Carla"
    put(page, 2)
    assert focused(page) == "Åse", "the one who was skipped comes again"
    expect(page.get_by_role("button", name="Spring over")).to_have_count(0)  # nobody else is left
    put(page, 0)
    press(page, "Carla")  # on the drawing
    assert focused(page) == "Carla"
    assert violations(page) == []
    press(page, "Lad stå")
    assert names_in(page, 0) == [["Åse"], [], ["Bent", "Carla"]]
    assert focused(page) == "Alle har en plads"


def test_she_may_change_her_mind_and_compare_again(page: Page, harness: Harness) -> None:
    page.goto(harness.url(MAP))
    put(page, 2, 2, 2)
    see_ours(page)
    page.locator(".k3-inhabitant", has_text="Åse").click()
    assert focused(page) == "Åse"
    page.get_by_role("button", name="Lad stå").click()
    see_ours(page)
    assert len(harness.paths()) == 1, "the same map is not sent again"
    page.locator(".k3-inhabitant", has_text="Åse").click()
    put(page, 0)
    page.get_by_role("button", name="Sammenlign igen").click()
    expect(page.locator(".k3-ours").first).to_have_text("Vi har valgt det samme sted.")
    assert harness.paths()[-1] == ["eget-liv", "kommunen", "kommunen"]
    page.get_by_role("button", name="Begynd forfra").click()
    expect(page.locator(".k3-map-drawing")).to_have_count(1)
    assert names_in(page, 0) == [[], [], []]
    assert focused(page) == "Åse"


def test_eight_are_enough_and_the_others_can_wait(page: Page, large: Harness) -> None:
    page.goto(large.url(LARGE))
    tab_to(page, "Esben")  # among those who wait, the first can be taken first; so can the last
    page.get_by_role("button", name="Sofie").click()
    put(page, *[at % 6 for at in range(7)])
    expect(page.locator(".k3-primary")).to_be_hidden()
    expect(page.locator(".k3-asking")).to_contain_text("Når 8 har en plads, kan du se vores bud.")
    put(page, 0)
    assert said(page).endswith("7 tilbage. Du kan se vores bud nu eller fortsætte.")
    assert violations(page) == []
    page.get_by_role("button", name="Se vores bud for dem, du har sat").click()
    expect(page.locator(".k3-outcome")).to_contain_text("Her er de 8, du har sat.")
    expect(page.locator(".k3-bid")).to_have_count(8)
    expect(page.locator("#completed")).to_have_text("m-1")
    left = set(range(7, 14))
    assert [at for at, choice in enumerate(large.paths()[0]) if choice == "-"] == sorted(left)
    assert "Vi gætter på, at de skal i skole." not in page.content(), "what is told of those who wait"
    assert violations(page) == []
    page.get_by_role("button", name="Sæt også de sidste 7").click()
    assert focused(page) == "Viggo, 75 år"
    put(page, *[3] * 7)
    page.get_by_role("button", name="Sammenlign igen").click()
    expect(page.locator(".k3-bid")).to_have_count(15)
    assert "-" not in large.paths()[1]


def test_a_map_is_there_again_after_a_reload_and_on_another_device(page: Page, large: Harness) -> None:
    page.goto(large.url(LARGE))
    put(page, 1, 2)
    page.reload()
    expect(page.locator(".k3-asked-about h4")).to_have_text("Eva, 42 år")
    assert names_in(page, 0) == [[], ["Esben"], ["Holger"], [], [], []]
    assert large.paths() == [], "nothing is handed in before she asks"
    put(page, *[0] * 6)
    see_ours(page)
    page.locator(".k3-inhabitant", has_text="Esben").click()
    put(page, 5)
    page.reload()
    expect(page.locator(".k3-asked-about")).to_be_visible()
    assert names_in(page, 0)[5] == ["Esben"], "what was moved since is not lost"
    assert page.context.browser
    device = page.context.browser.new_context()
    other = device.new_page()
    other.goto(large.url(LARGE))
    expect(other.get_by_text("Du fortsætter, hvor du slap.").first).to_be_visible()
    expect(other.locator(".k3-bid")).to_have_count(8)
    assert names_in(other, 0)[1] == ["Esben"]
    device.close()


def test_a_map_from_before_any_could_be_left_out_is_shown(page: Page, large: Harness) -> None:
    choices = ["familie"] * 15
    page.request.post(
        f"http://127.0.0.1:{large.port}/api/v1/attempts",
        data={"activity": LARGE, "version": large.version(LARGE), "key": "k", "choices": choices},
    )
    page.goto(large.url(LARGE))
    expect(page.locator(".k3-bid")).to_have_count(15)
    assert len(names_in(page, 0)[1]) == 15


def test_trouble_under_way_takes_nobody_away_from_what_she_does(page: Page, large: Harness) -> None:
    page.goto(large.url(LARGE))
    put(page, *[0] * 8)
    page.evaluate(BY_HAND)
    large.trouble = 503
    page.locator(".k3-primary").click()
    expect(page.locator(".k3-primary")).to_have_text("Prøv igen")
    put(page, 4)
    large.trouble = 0
    page.locator(".k3-primary").click()
    expect(page.locator(".k3-primary")).to_have_text("Sammenlign igen")
    assert len(large.paths()) == 1
    expect(page.locator(".k3-asked-about")).to_be_visible()
    assert names_in(page, 0)[4] == ["Nanna"]
    see_ours(page)
    assert names_in(page, 0)[4] == ["Nanna"]
    expect(page.locator(".k3-bid")).to_have_count(9)


def test_on_a_phone_it_is_three_screens_at_most_and_the_places_stay_under_the_thumb(
    page: Page, large: Harness
) -> None:
    page.set_viewport_size({"width": 320, "height": SCREEN})
    page.goto(large.url(LARGE))
    tops = set()
    for at in range(15):
        assert height(page) <= 3 * SCREEN
        card = page.locator(".k3-one").bounding_box()
        place = page.locator(".k3-put").first.bounding_box()
        assert card
        assert place
        assert card["height"] <= SCREEN, "a person and all the places are on screen at once"
        tops.add(place["y"] - card["y"])
        put(page, at % 6)
        if at == 7:
            page.get_by_role("button", name="Hvad betyder stederne?").click()
            expect(page.get_by_text("Folk, man er i båd med.").first).to_be_visible()
            assert height(page) <= 3 * SCREEN
            assert violations(page) == []
            page.get_by_role("button", name="Hvad betyder stederne?").click()
    assert len(tops) == 1, f"the first place moves: {tops}"
    expect(page.locator(".k3-one h4")).to_be_in_viewport()
    assert height(page) <= 3 * SCREEN
    assert overflow(page) <= 0
    see_ours(page)
    assert overflow(page) <= 0
    assert violations(page) == []


@pytest.mark.parametrize("width", [768, 1280])
def test_the_places_stay_under_the_mouse(page: Page, large: Harness, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(large.url(LARGE))
    place = page.locator(".k3-put").nth(5)
    tops = set()
    for _ in range(15):
        tops.add(place.evaluate("(each) => each.getBoundingClientRect().top + scrollY"))
        put(page, 5)
    assert len(tops) == 1


def test_everybody_is_on_paper(page: Page, large: Harness) -> None:
    page.goto(large.url(LARGE))
    put(page, 0)
    page.emulate_media(media="print")
    expect(page.locator(".k3-on-paper")).to_contain_text("Er vågekone.")
    expect(page.locator(".k3-on-paper dd")).to_have_count(21)
    expect(page.locator(".k3-on-paper")).to_be_visible()
    expect(page.locator(".k3-map-drawing")).to_be_visible()
    expect(page.locator(".k3-one")).to_be_hidden()


def test_the_card_is_dragged_into_the_band_and_not_the_one_around_it(page: Page, harness: Harness) -> None:
    page.goto(harness.url(MAP))
    grip, band = page.locator(".k3-grip").bounding_box(), page.locator(".k3-band").last.bounding_box()
    assert grip
    assert band
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(band["x"] + 20, band["y"] + 20, steps=5)
    expect(page.locator(".k3-over")).to_have_count(1)
    page.mouse.up()
    assert names_in(page, 0) == [["Åse"], [], []]
    assert focused(page) == "Bent"
