"""The trainer's pages in a browser: every state looked at, made by keyboard, without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from browser.chromium import Visitors
from browser.keys import Keyboard
from browser.looking import WIDE, look
from kommune3.content import Course
from kommune3.register import cohorts, marks, open_register, people, reflections
from kommune3.register.marks import Mark
from kommune3.register.people import Person
from kommune3.register.reflections import Delivery, NotReady, Receipt
from kommune3.register.store import Register
from serving import Running

from .conftest import Start

pytestmark = pytest.mark.browser

OWN = (
    "I går ringede en mor om legepladsen, og jeg lovede at finde ud af det i stedet for at spørge, hvad hun "
    "og de andre forældre selv kunne tænke sig at begynde med. Det ærgrer mig, for de kender stedet bedst."
)
SHORT = "Det gik fint."


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("trainer")


@pytest.fixture(scope="module")
def service(start: Start, place: Path) -> Iterator[Running]:
    with start(place) as made:
        yield made


@pytest.fixture(scope="module")
def register(service: Running, place: Path) -> Iterator[Register]:
    """The register that the service works with, beside it."""
    found = open_register(place / "data")
    yield found
    found.close()


@pytest.fixture
def page(visitors: Visitors) -> Page:
    return visitors.context(viewport=WIDE).new_page()


def staff(register: Register, *ids: str, unit: str = "Legepladsen", **more: object) -> list[str]:
    """New people of a unit of their own."""
    names = [Person(one, f"{one.title()} Prøve", unit=unit, role="employee", **more) for one in ids]  # type: ignore[arg-type]
    with register.write() as session:
        people.add(session, names, "roster")
    return list(ids)


def send(register: Register, course: Course, person: str, *texts: str) -> int:
    activity = course.reflections[0]
    prompts = len(course.reflection(activity).prompts)
    written = [*texts, OWN, *["Det ved jeg ikke endnu."] * prompts][:prompts]
    try:
        state = reflections.submit(register, course, person, activity, str(uuid4()), written)
    except NotReady:
        assignment = course.reflection(activity).assignment
        delivery = Delivery(person, assignment, {activity: written}, "mail", key=str(uuid4()))
        reflections.deliver(register, course, delivery)
        state = reflections.of(register, course, person, activity)
    assert state.submission is not None
    return state.submission


@pytest.fixture(scope="module")
def cohort(register: Register, shipped: Course) -> str:
    """A cohort with a reflection in each state; its address below the service's."""
    ids = staff(register, "astrid", "bent", "carla", "dorte", "ebbe", "freja")
    made = cohorts.make(
        register,
        "Legepladsens hold med et navn, der er langt nok til at blive brudt",
        ids,
        ["local", *staff(register, "troels-den-anden", unit="Underviserne")],
        "local",
        made_from="enhed Legepladsen",
        deadline=date(2999, 12, 31),
    )
    course = shipped
    send(register, course, "astrid", f"Fru Jensen sagde nej. {OWN}")
    given = send(register, course, "bent")
    back = send(register, course, "carla")
    mark = {
        "auto": 1.0,
        "needs_manual": False,
        "comment": "Du spørger, før du svarer. Prøv det også skriftligt.",
    }
    marks.write(register, course, [Mark(back, "checked", manual=1.0, **mark)])  # type: ignore[arg-type]
    marks.give_back(register, course, made.id, "local")
    marks.write(register, course, [Mark(given, "checked", manual=4.0, **mark)])  # type: ignore[arg-type]
    send(register, course, "dorte", SHORT, SHORT, SHORT, SHORT)
    assignment = course.reflection(course.reflections[0]).assignment
    reflections.refuse(register, Receipt("ebbe", None, assignment, "Filen er ikke en notesbog.", "mail"))
    reflections.refuse(register, Receipt(None, made.id, assignment, "Vi ved ikke, hvem den er fra.", "mail"))
    return f"trainer/cohorts/{made.id}"


def test_one_has_no_cohort_at_first(page: Page, service: Running, register: Register) -> None:
    for one in cohorts.of_trainer(register, "local"):
        cohorts.remove(register, one.id, "local")
    page.goto(service.address + "trainer")
    expect(page.locator(".k3-empty")).to_be_visible()
    look(page, "trainer-empty")


def test_the_cohorts_and_one_of_them(page: Page, service: Running, cohort: str) -> None:
    page.goto(service.address + "trainer")
    expect(page.locator(".k3-cohort")).to_have_count(1)
    look(page, "trainer")
    page.locator(".k3-cohort a").click()
    page.wait_for_url(f"**/{cohort}")
    for fold in page.locator("main details summary").all():
        fold.click()
    look(page, "trainer-cohort")


@pytest.mark.parametrize("show", ["waiting", "trouble", "not_sent"])
def test_a_part_of_the_list(page: Page, service: Running, cohort: str, show: str) -> None:
    page.goto(f"{service.address}{cohort}?show={show}")
    assert page.locator(".k3-sent tbody tr").count() >= 1
    look(page, f"trainer-cohort-{show}")


@pytest.mark.parametrize("person", ["astrid", "bent", "carla", "dorte"])
def test_one_reflection(page: Page, service: Running, cohort: str, shipped: Course, person: str) -> None:
    page.goto(f"{service.address}{cohort}/people/{person}/{shipped.reflections[0]}")
    expect(page.locator(".k3-wrote").first).to_be_visible()
    page.locator("main details summary").click()
    look(page, f"trainer-read-{person}")


def test_removing_asks_first(page: Page, service: Running, cohort: str) -> None:
    page.goto(f"{service.address}{cohort}/remove")
    look(page, "trainer-remove")


def test_a_trainer_is_taken_out_by_keyboard(
    page: Page, service: Running, register: Register, cohort: str
) -> None:
    page.goto(f"{service.address}{cohort}")
    keys = Keyboard(page)
    keys.press(".k3-change details:last-of-type summary")
    keys.press('.k3-trainers a[href*="troels-den-anden"]')
    page.wait_for_url("**/trainers/troels-den-anden/remove")
    look(page, "trainer-out")
    keys.press("form.k3-actions button")
    page.wait_for_url("**?done=trainer-out")
    expect(page.get_by_role("status")).to_be_visible()
    assert cohorts.get(register, cohort.rpartition("/")[2]).trainers == ("local",)


def test_what_was_not_filled_in_is_told(
    page: Page, service: Running, register: Register, visitors: Visitors
) -> None:
    visitors.watch.expected.append("422")
    page.goto(service.address + "trainer")
    page.locator("#c-title").fill("Et hold")
    page.locator(".k3-make button").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    expect(page.locator("#c-title")).to_have_value("Et hold")
    look(page, "trainer-problem")


def test_who_is_in_another_cohort_and_who_nobody_knows(
    page: Page, service: Running, register: Register, cohort: str
) -> None:
    ids = staff(register, "gerda", unit="Vej og Park i prøven")
    page.goto(service.address + "trainer")
    page.locator("#c-title").fill("Blandet")
    page.locator("#c-ids").fill(f"astrid, {ids[0]}, findes-ikke")
    page.locator(".k3-make button").click()
    expect(page.locator("#unknown")).to_be_visible()
    look(page, "trainer-preview")


def test_a_cohort_is_made_read_and_returned_by_keyboard(
    page: Page, service: Running, register: Register, shipped: Course
) -> None:
    (hugo,) = staff(register, "hugo", unit="Tastaturet", start=date(2026, 11, 2))
    number = send(register, shipped, hugo)
    keys = Keyboard(page)
    page.goto(service.address)
    keys.press('nav a[href$="/trainer"]')
    page.wait_for_url("**/trainer")
    keys.tab_to("#c-title")
    page.keyboard.type("Tastaturets hold")
    keys.tab_to("#c-unit")
    unit = page.locator("#c-unit")
    for _ in range(unit.locator("option").count()):  # its name, typed more than a second apart, is another's
        if unit.input_value() != "Tastaturet":
            page.keyboard.press("ArrowDown")
    keys.press(".k3-make button")
    expect(page.locator('input[name="seen"]')).to_be_attached()
    keys.press("form.k3-actions button")
    page.wait_for_url("**/trainer/cohorts/*?done=made")
    expect(page.get_by_role("status")).to_be_visible()
    keys.press(".k3-sent a")
    page.wait_for_url("**/people/hugo/**")
    assert OWN[:30] in page.locator(".k3-wrote").first.inner_text()
    mark = Mark(number, "checked", manual=4.0, auto=1.0, comment="Godt.", needs_manual=False)
    marks.write(register, shipped, [mark])
    keys.press("main > p:last-child a")
    page.wait_for_url("**/trainer/cohorts/*")
    keys.press(".k3-return button")
    page.wait_for_url("**?returned=1")
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.locator(".k3-return button")).to_have_count(0)
    feedback = reflections.of(register, shipped, hugo, shipped.reflections[0]).feedback
    assert feedback is not None
    assert feedback.comment == "Godt."


def test_everything_works_without_javascript(
    visitors: Visitors, service: Running, register: Register
) -> None:
    staff(register, "ida", "jens", unit="Papiret")
    page = visitors.context(java_script_enabled=False, viewport=WIDE).new_page()
    page.goto(service.address + "trainer")
    page.locator("#c-title").fill("Uden JavaScript")
    page.locator("#c-unit").select_option("Papiret")
    page.locator(".k3-make button").click()
    page.locator("form.k3-actions button").click()
    page.wait_for_url("**?done=made")
    page.locator("main details summary").nth(1).click()
    page.locator("#m-person").select_option("jens")
    page.locator("form:has(#m-person) button").click()
    page.wait_for_url("**?done=dropped")
    expect(page.locator(".k3-sent tbody tr")).to_have_count(1)
    page.locator('a[href$="/remove"]').click()
    page.locator("form.k3-actions button").click()
    page.wait_for_url("**/trainer?done=removed")


def test_with_three_hundred_one_still_sees_which_column_is_which(
    page: Page, service: Running, register: Register
) -> None:
    many = staff(register, *(f"m{n:03}" for n in range(300)), unit="Mange")
    made = cohorts.make(register, "Mange", many, ["local"], "local", made_from="enhed Mange")
    page.goto(f"{service.address}trainer/cohorts/{made.id}")
    page.locator(".k3-sent tbody tr").nth(250).scroll_into_view_if_needed()
    head = page.locator(".k3-sent thead th").nth(1)
    expect(head).to_be_in_viewport()
    page.set_viewport_size({"width": 320, "height": 640})
    cell = page.locator(".k3-sent tbody tr").nth(250).locator("td").first
    cell.scroll_into_view_if_needed()
    label = cell.evaluate("(cell) => getComputedStyle(cell, '::before').content")
    assert re.sub(r'["\\]', "", label) == head.inner_text()
