"""Every page is valid, accessible in its bones, and safe from what people type."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kommune3.content import Course, load_course
from kommune3.register.people import Person
from kommune3.register.progress import ModuleProgress
from kommune3.register.roster import Change, Preview
from kommune3.report import Counts, Listing, ModuleTotals, PersonLine, Query, Totals
from kommune3.site import Me, Site
from kommune3.site.hr import hr_context
from markup import Page

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "x" * 10_000,
    "👩🏽‍⚕️ Åse & søn",
    "{{ 7*7 }}",
]
WHEN = datetime(2026, 8, 31, 22, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def site(mini_course: Course) -> Site:
    return Site(mini_course)


def me(role: str | None = "employee", **progress: ModuleProgress) -> Me:
    known = {one.module: one for one in progress.values()}
    return Me("local", "Mig", frozenset({"learner", "hr"}), role, known)


def line(name: str = "Åse", **changes: object) -> PersonLine:
    person = Person("p-1", name, "a@example.org", str(changes.get("unit", "Skole")), "employee")
    modules = [ModuleProgress("employee-01", "completed", WHEN, "2026.11", "server_checked")]
    return PersonLine(person, "overdue", 1, 2, WHEN, [*modules, ModuleProgress("common-01")])


def listing(lines: list[PersonLine], page: int = 1, pages: int = 1) -> Listing:
    counts = Counts(not_started=1, started=2, completed=3, overdue=4)
    totals = Totals(
        counts, {"employee": counts}, {"Skole": counts, "": Counts()}, [ModuleTotals("common-01", counts)]
    )
    return Listing(lines, len(lines), page, pages, ["Skole"], totals if lines else Totals())


PERSON = Person("p-1", "Åse", deadline=date(2026, 12, 1), left=date(2026, 12, 2), sample=True)
PREVIEW = Preview(
    new=[PERSON] * 60,
    changed=[Change(PERSON, {"unit": ("Skole", "Pleje"), "deadline": (None, date(2027, 1, 1))})],
    returning=[PERSON],
    leaving=[PERSON],
    unchanged=7,
    warnings=["Linje 3: lederen mangler"],
    token="abc",
)
PAGES: dict[str, Callable[[Site], str]] = {
    "home, nobody": lambda s: s.home(me(None)),
    "home, begun": lambda s: s.home(me(one=ModuleProgress("employee-01", "started"))),
    "home, done": lambda s: s.home(
        me(one=ModuleProgress("employee-01", "completed"), two=ModuleProgress("common-01", "completed"))
    ),
    "role": lambda s: s.role(me(), "employee"),
    "role, another": lambda s: s.role(me(), "politician"),
    "start": lambda s: s.start(me(), "employee"),
    "start, none": lambda s: s.start(me(), "politician"),
    "module": lambda s: s.module(me(), "common-01"),
    "module, done": lambda s: s.module(
        me(one=ModuleProgress("employee-01", "completed")), "employee-01", "employee"
    ),
    "module, no role": lambda s: s.module(me("nonsense"), "employee-01", "politician"),
    "about": lambda s: s.about(),
    "hr": lambda s: s.hr(
        me(), listing([line()] * 3, 2, 9), Query(unit="Skole", page=2), samples=True, notice="Ja"
    ),
    "hr, empty": lambda s: s.hr(me(), listing([]), Query()),
    "hr, nobody matches": lambda s: s.hr(me(), listing([]), Query(search="x")),
    "person": lambda s: s.hr_person(me(), PERSON, line().modules),
    "person, no modules": lambda s: s.hr_person(me(), PERSON, []),
    "roster": lambda s: s.roster(me()),
    "roster, preview": lambda s: s.roster(me(), preview=PREVIEW, token="abc"),
    "roster, problems": lambda s: s.roster(me(), problems=["Linje 2: navnet mangler"] * 70),
    **{
        f"error {n}": (lambda s, n=n: s.error(n, "Hvad der skete."))
        for n in (400, 403, 404, 413, 418, 500, 503, 599)
    },
}


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<h1>x</h1><p><b>y</p>", "</p> closes nothing"),
        ("<h1>x</h1><div>", "<div> is never closed"),
        ("<h1>x</h1><h3>y</h3>", "h3 follows h1"),
        ("<p>x</p>", "0 h1"),
        ("<h1 id='a'>x</h1><p id='a'>y</p>", "id a occurs twice"),
        ("<h1>x</h1><p aria-labelledby='b'>y</p>", "points at b"),
        ("<h1>x</h1><a href='#c'>y</a>", "link to #c"),
        ("<h1>x</h1><input name='d'>", "no label"),
        ("<h1>x</h1><a href='/e'></a>", "no name"),
        ("<h1>x</h1><p style='color:red'>y</p>", "style or an event handler"),
        ("<h1>x</h1><script>1</script>", "inline script"),
        ("<h1>x</h1><script src='https://cdn.example/x.js'></script>", "third party"),
    ],
)
def test_the_reader_sees_faults(html: str, fault: str) -> None:
    assert any(fault in wrong for wrong in Page(html).wrong)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_sound(site: Site, name: str) -> None:
    page = Page(PAGES[name](site))
    assert page.wrong == []
    assert page.all("html")[0].attrs["lang"] == "da"
    assert page.with_class("ds-skip-link")[0].attrs["href"] == "#main"
    assert len(page.all("main")) == 1
    assert page.all("title")[0].text.endswith("· Lilleby Kommune")


@pytest.mark.parametrize("name", PAGES)
def test_no_english_is_left_on_a_page(site: Site, name: str) -> None:
    assert not set(Page(PAGES[name](site)).all("body")[0].text.lower().split()) & {
        "the",
        "you",
        "and",
        "this",
    }


@pytest.mark.parametrize("name", PAGES)
def test_every_address_of_ours_has_the_prefix(mini_course: Course, name: str) -> None:
    page = Page(PAGES[name](Site(mini_course, base="/kursus")))
    for element in page.elements:
        for attribute in ("href", "src", "action"):
            value = element.attrs.get(attribute, "")
            assert not value.startswith("/") or value.startswith("/kursus/"), value
    assert page.all("html")[0].attrs["data-api"] == "/kursus/api/v1"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_people_type_stays_text(site: Site, text: str) -> None:
    person = Person("p-1", text, text, text, text, text, sample=True)
    found = listing([line(text, unit=text)])
    changed = Preview([person], [Change(person, {"name": (text, text)})], [], [], 0, [text], text)
    for html in (
        site.hr(Me("x", text, frozenset({"hr"})), found, Query(text, text, text, text)),
        site.hr_person(me(), person, line().modules),
        site.roster(me(), preview=changed, token=text, notice=text),
        site.roster(me(), problems=[text]),
        site.error(400, text),
    ):
        page = Page(html)
        assert page.wrong == []
        assert "alert" not in "".join(script.text for script in page.all("script"))
        assert not [image for image in page.all("img") if "onerror" in image.attrs]
        assert "49" not in page.all("h1")[0].text


def test_a_roster_s_preview_gives_roles_by_their_titles(site: Site) -> None:
    change = Change(PERSON, {"role": ("employee", "politician"), "work_field": (None, "gone")})
    page = Page(site.roster(me(), preview=Preview([], [change], [], [], 0, [], ""), token="x"))
    told = " ".join(item.text for item in page.all("li"))
    assert "Medarbejder → Politiker" in told
    assert "– → gone" in told


def test_unknown_roles_and_modules_are_a_key_error(site: Site) -> None:
    for call in (lambda: site.role(me(), "x"), lambda: site.module(me(), "x"), lambda: site.start(me(), "x")):
        with pytest.raises(KeyError):
            call()


def test_the_way_through_the_course_is_shown(site: Site) -> None:
    begun = me(one=ModuleProgress("employee-01", "completed"))
    home = Page(site.home(begun))
    assert home.with_class("k3-now")[0].text.count("Bænken i parken") == 1
    assert "1 af 2 gennemført" in home.with_class("k3-bar-figure")[0].text
    assert [step.attrs["data-status"] for step in home.with_class("k3-step")] == ["completed", "not_started"]
    after = Page(site.module(begun, "employee-01"))
    assert after.with_class("k3-next")[0].attrs["href"] == "/modules/common-01?role=employee"


def test_exercises_that_are_passed_are_ticked_off(site: Site) -> None:
    done = me(one=ModuleProgress("common-01", "started", passed=("baenk-quiz",)))
    items = [e for e in Page(site.module(done, "common-01")).elements if "data-exercise" in e.attrs]
    ticked = {item.attrs["data-exercise"]: "klaret" in item.text for item in items}
    assert ticked == {"baenk-sorter": False, "baenk-quiz": True}


def test_times_are_shown_by_the_courses_clock(site: Site) -> None:
    assert "1. sep. 2026" in site.hr_person(me(), PERSON, line().modules)


def test_totals_are_figures_and_bars_that_add_up(site: Site) -> None:
    page = Page(site.hr(me(), listing([line()]), Query()))
    widths = [int(e.attrs["width"]) for e in page.all("rect") if e.attrs.get("data-status")][:4]
    assert widths == [300, 200, 100, 400]
    assert [cell.text for cell in page.with_class("k3-number")[4:8]] == ["3", "2", "1", "4"]


def test_filters_stay_when_turning_the_page(site: Site) -> None:
    page = Page(site.hr(me(), listing([line()], 2, 3), Query(unit="A & B", status="overdue", page=2)))
    following = next(e for e in page.all("a") if e.attrs.get("rel") == "next")
    assert following.attrs["href"] == "/hr?unit=A+%26+B&status=overdue&page=3"
    assert any(e.attrs.get("href") == "/hr/export.csv?unit=A+%26+B&status=overdue" for e in page.all("a"))


def test_a_logo_elsewhere_costs_no_page(mini_root: Path) -> None:
    own = Site(load_course(mini_root.parent / "bad_content" / "logo_outside", root=mini_root))
    assert own.logo is None
    assert not Page(own.home(me())).with_class("k3-logo")


def test_units_are_counted_in_danish_order(mini_course: Course) -> None:
    names = ["", "Bo", "ungdom", "Vej", "Æblehaven", "Østre Skole", "Ådal"]
    totals = Totals(units={name: Counts(started=1) for name in reversed(names)})
    shown = hr_context(mini_course, Listing([], 0, 1, 1, [], totals), Query())["by_unit"]
    assert [bar.name for bar in shown] == ["Ingen enhed", *names[1:]]


def test_somebody_without_hrs_role_is_shown_no_way_there(site: Site) -> None:
    assert 'href="/hr"' not in site.home(Me("x", "X", frozenset({"learner"})))


def test_a_municipalitys_own_name_logo_colour_and_contact(mini_root: Path, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    (tmp_path / "course.toml").write_text(
        '[municipality]\nname = "Å & <Ø> Kommune"\nlogo = "logo.svg"\ncolour = "#7a1f5c"\n'
        'contact = "Skriv til os"\ncontact_url = "mailto:os@example.org"\n',
        encoding="utf-8",
    )
    own = Site(load_course(tmp_path, root=mini_root))
    page = Page(own.home(me(None)))
    assert page.wrong == []
    assert page.with_class("k3-brand-owner")[0].text == "Å & <Ø> Kommune"
    assert page.with_class("k3-logo")[0].attrs["src"] == "/logo"
    assert own.logo == tmp_path / "logo.svg"
    assert "#7a1f5c" in own.assets.theme
    assert own.assets.stamp != Site(load_course(None, root=mini_root)).assets.stamp
    assert any(
        e.attrs.get("href") == "mailto:os@example.org" and e.text == "Skriv til os" for e in page.all("a")
    )


def test_the_shipped_courses_pages_are_sound(shipped: Course) -> None:
    site = Site(shipped)
    for module in shipped.modules:
        page = Page(site.module(me(), module.id))
        assert page.wrong == []
        assert len(page.with_class("k3-mount")) == sum(
            a.kind != "timeline" for a in shipped.activities_of(module.id)
        )
        for data in (e.text for e in page.all("script") if e.attrs.get("type") == "application/json"):
            assert json.loads(data)["language"] == "da"
