"""The trainer's pages as HTML: sound in every state, safe from what people type, each state in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from kommune3.content import Course
from kommune3.engine.form import Finding
from kommune3.register.cohorts import Candidates, Cell, Cohort, CohortLine, Read
from kommune3.register.people import Person
from kommune3.register.reflections import Receipt
from kommune3.site import Me, Site
from kommune3.site import trainer as words
from kommune3.site.trainer_pages import CohortForm
from markup import Page
from test_site_pages import HOSTILE

WHEN = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
ID = "baenk-refleksion"
TROELS = Me("troels", "Troels", frozenset({"trainer"}))
CELLS = {
    "not_sent": Cell(),
    "waiting": Cell("checked", WHEN, waiting=True, submission=1),
    "marked": Cell("checked", WHEN, late=True, marked=True, submission=1),
    "returned": Cell("checked", WHEN, marked=True, returned=True, submission=1),
    "not_passed": Cell("not_passed", WHEN, waiting=True, submission=1),
    "could_not_check": Cell("could_not_check", WHEN, reason="Filen er tom."),
}


@pytest.fixture(scope="module")
def site(mini_course: Course) -> Site:
    return Site(mini_course, jupyter=True)


def somebody(name: str = "Åse", unit: str = "Skole") -> Person:
    return Person("p-1", name, unit=unit, role="employee")


def cohort(title: str = "Nye", made_from: str = "en liste", **changes: object) -> Cohort:
    given = {"deadline": date(2026, 12, 1), "trainers": ("troels",), "members": ("p-1",)} | changes
    return Cohort("nye-1", title, made_from, made_at=WHEN, **given)  # type: ignore[arg-type]


def lines(name: str = "Åse", unit: str = "Skole", reason: str = "") -> list[CohortLine]:
    cells = [cell._replace(reason=reason or cell.reason) for cell in CELLS.values()]
    found = [CohortLine(somebody(name, unit), {ID: cell}, False) for cell in cells]
    return [*found, CohortLine(somebody(), {ID: Cell()}, True), CohortLine(somebody(), {}, False)]


def read(text: str = "En tekst.", comment: str = "", **changes: object) -> Read:
    given = {
        "person": somebody(),
        "activity": ID,
        "answers": (text, ""),
        "way": "mail",
        "findings": (Finding(code="name", prompt=0, text="Nævner du en borger?", stops=False),),
        "cell": CELLS["waiting"],
        "manual": None,
        "comment": comment,
        "returned_at": None,
    }
    return Read(**(given | changes))  # type: ignore[arg-type]


FORM = CohortForm("Nye", "Skole", "2026-11", "anna bo", "2026-12-01")
FOUND = Candidates((somebody(),) * 120, (somebody(),), ("ukendt",))


def shown(site: Site, one: Read) -> str:
    reflection = site.course.reflection(ID)
    return site.cohort_read(TROELS, cohort(), reflection, one, approved=True)


PAGES: dict[str, Callable[[Site], str]] = {
    "no cohort": lambda s: s.trainer(TROELS, []),
    "cohorts": lambda s: s.trainer(
        TROELS,
        [(cohort(), lines()), (cohort(deadline=None), [])],
        units=["Skole"],
        months=["2026-11"],
        form=FORM,
    ),
    "cohorts, a problem": lambda s: s.trainer(
        TROELS, [], form=FORM, problem="Giv holdet et navn.", notice="Ja"
    ),
    "preview": lambda s: s.cohort_preview(
        TROELS, FORM, FOUND, seen="x", made_from="en liste", notice="Se igen"
    ),
    "cohort": lambda s: s.cohort(
        TROELS,
        cohort(),
        lines(),
        receipts=[Receipt(None, "nye-1", "employee", "Filen er tom.", "mail", WHEN)],
        notice="Ja",
        trainers=[Person("troels", "Troels Træner"), Person("p-1", "Åse", left=date(2026, 11, 1))],
    ),
    "cohort, narrowed": lambda s: s.cohort(TROELS, cohort(sample=True), lines(), show="waiting"),
    "cohort, none of these": lambda s: s.cohort(TROELS, cohort(), lines()[:1], show="returned"),
    "cohort, nobody": lambda s: s.cohort(TROELS, cohort(), [], problem="Ukendt", typed="ukendt"),
    "cohort, no reflections": lambda s: s.cohort(TROELS, cohort(), lines()[-1:]),
    "remove": lambda s: s.cohort_remove(TROELS, cohort(), lines()),
    "leave": lambda s: s.cohort_trainer_out(TROELS, cohort(), Person("troels", "Troels"), lines()),
    "trainer out": lambda s: s.cohort_trainer_out(TROELS, cohort(), somebody(), []),
    "read": lambda s: shown(s, read()),
    "read, marked": lambda s: shown(s, read(manual=3.5, comment="Godt", cell=CELLS["marked"])),
    "read, returned": lambda s: shown(s, read(manual=4.0, returned_at=WHEN, cell=CELLS["returned"])),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_sound_and_danish(site: Site, name: str) -> None:
    page = Page(PAGES[name](site))
    assert page.wrong == []
    assert page.all("title")[0].text.endswith("· Lilleby Kommune")
    assert not set(page.all("body")[0].text.lower().split()) & {"the", "you", "and", "this", "not"}


@pytest.mark.parametrize("name", PAGES)
def test_every_address_of_ours_has_the_prefix(mini_course: Course, name: str) -> None:
    page = Page(PAGES[name](Site(mini_course, base="/kursus", jupyter=True)))
    for element in page.elements:
        for attribute in ("href", "src", "action"):
            value = element.attrs.get(attribute, "")
            assert not value.startswith("/") or value.startswith("/kursus/"), value


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_people_type_stays_text(site: Site, text: str) -> None:
    person = somebody(text, text)
    form = CohortForm(text, text, "", text, "")
    found = Candidates((person,), (person,), (text,))
    receipt = Receipt(None, "nye-1", "employee", text, text, WHEN)
    for html in (
        site.trainer(TROELS, [(cohort(text, text), lines(text))], units=[text], form=form, problem=text),
        site.cohort_preview(TROELS, form, found, seen="x", made_from=text, notice=text),
        site.cohort(
            TROELS, cohort(text, text), lines(text, text, text), receipts=[receipt], problem=text, typed=text
        ),
        site.cohort_remove(TROELS, cohort(text), lines(text)),
        site.cohort_trainer_out(TROELS, cohort(text), person, lines(text)),
        site.cohort(TROELS, cohort(text), lines(), trainers=[person, person]),
        shown(site, read(text, text, person=person, manual=1.0)),
    ):
        page = Page(html)
        assert page.wrong == []
        assert "alert" not in "".join(script.text for script in page.all("script"))
        assert not [image for image in page.all("img") if "onerror" in image.attrs]


@pytest.mark.parametrize("name", CELLS)
def test_each_state_has_its_words(name: str) -> None:
    assert words.standing(CELLS[name]) == name
    assert words.standing_label(name) == words._(words.STANDINGS[name])


def test_who_keeps_reflections_private_is_not_said_to_be_behind() -> None:
    assert words.standing(Cell(), private=True) == "not_shared"
    assert words.standing(CELLS["waiting"], private=True) == "waiting"


def test_what_came_in_since_and_could_not_be_read_is_told_and_the_marks_can_still_be_returned() -> None:
    cell = CELLS["marked"]._replace(state="could_not_check", reason="Filen er tom.")
    numbers = words.counts([CohortLine(somebody(), {ID: cell}, False)])
    assert (numbers["could_not_check"], numbers["marked"], numbers["ready"]) == (1, 0, 1)


def test_the_counts_add_up(site: Site) -> None:
    context = words.cohort_context(site.course, lines(), "")
    assert context["total"] == 7
    assert context["sent"] == 4
    assert {one.name: one.count for one in context["filters"]} == {
        "": 7,
        "waiting": 2,
        "trouble": 2,
        "marked": 1,
        "returned": 1,
        "not_sent": 2,
    }


def gone(cell: Cell, private: bool = False) -> CohortLine:
    """A member who has left."""
    person = Person("p-2", "Uffe Agerlund", role="employee", left=date(2026, 11, 1))
    return CohortLine(person, {ID: cell}, private)


@pytest.mark.parametrize("private", [False, True])
def test_nothing_is_awaited_from_whoever_has_left(site: Site, private: bool) -> None:
    silent = gone(Cell(), private)
    context = words.cohort_context(site.course, [*lines(), silent], "not_sent")
    assert (context["total"], context["sent"], context["numbers"]["not_sent"]) == (7, 4, 1)
    assert silent not in context["lines"]
    assert silent in words.cohort_context(site.course, [*lines(), silent], "")["lines"]


@pytest.mark.parametrize("name", ["waiting", "marked", "returned", "not_passed"])
def test_what_somebody_who_has_left_has_sent_counts_and_is_read(site: Site, name: str) -> None:
    context = words.cohort_context(site.course, [gone(CELLS[name])], "")
    assert (context["total"], context["sent"], context["numbers"][name]) == (1, 1, 1)
    page = Page(site.cohort(TROELS, cohort(), [gone(CELLS[name])]))
    assert [link for link in page.all("a") if link.attrs.get("href", "").endswith(f"/people/p-2/{ID}")]


def test_whoever_has_left_is_marked_wherever_they_are_named(site: Site) -> None:
    page = Page(site.cohort(TROELS, cohort(), [gone(Cell()), *lines()[:1]]))
    here, there = (head.text for head in page.all("th") if head.attrs.get("scope") == "row")
    assert "(er fratrådt)" in here
    assert "(er fratrådt)" not in there
    assert sum("(er fratrådt)" in one.text for one in page.all("option")) == 1
    assert "(er fratrådt)" in shown(site, read(person=gone(Cell()).person))


def test_without_jupyterlab_there_is_no_way_into_formgrader(mini_course: Course, site: Site) -> None:
    without = Site(mini_course)
    for made, there in ((site, True), (without, False)):
        assert ("/formgrader" in made.cohort(TROELS, cohort(), lines())) is there
        assert ("/formgrader" in shown(made, read())) is there


def test_the_text_stands_as_it_was_written_and_not_in_the_title(site: Site) -> None:
    page = Page(shown(site, read("Linje et\n\nlinje to  = 3 < 4 & 5")))
    assert page.with_class("k3-wrote")[0].text.splitlines()[0] == "Linje et"
    assert "Linje" not in page.all("title")[0].text


def test_points_are_written_as_the_language_does(site: Site) -> None:
    assert "3,5 af 4" in shown(site, read(manual=3.5))
    assert "Den, der har skrevet, vil se" in shown(site, read(manual=3.5))


def test_how_a_month_is_written(site: Site) -> None:
    page = site.trainer(TROELS, [], months=["2026-11"])
    assert "november 2026" in page


def test_the_about_page_says_who_reads_reflections(site: Site) -> None:
    text = Page(site.about()).all("article")[0].text
    assert "Din underviser ser de refleksioner, som du har sendt." in text
    assert "Politiker" in text
    assert "CPR-nummer" in text
