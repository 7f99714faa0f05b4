"""The endings, the map's places and the empty profile: drawn by their data, told in words, with a table."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommune3 import charts
from kommune3.charts import endings_drawn as drawing
from kommune3.charts.sheet import LEAST, _width, wrapped
from kommune3.charts.svg import INK
from kommune3.content import Call, Course
from kommune3.engine.exercises import Assessment, CitizenMap
from kommune3.engine.models import DRAWINGS, Scenario
from kommune3.engine.spread import spreads
from kommune3.lab import live
from kommune3.site import body as bodies
from markup import Page
from strategies import scenarios

ACCENT = INK["accent"][1]


@pytest.fixture(scope="module")
def scenario(shipped: Course) -> Scenario:
    found = shipped.activities["langsiden"]
    assert isinstance(found, Scenario)
    return found


@pytest.fixture(scope="module")
def places(shipped: Course) -> CitizenMap:
    found = shipped.activities["medborgerkort"]
    assert isinstance(found, CitizenMap)
    return found


@pytest.fixture(scope="module")
def five(shipped: Course) -> Assessment:
    found = shipped.activities["fem-forventninger"]
    assert isinstance(found, Assessment)
    return found


@pytest.fixture(scope="module")
def endings(scenario: Scenario) -> charts.Chart:
    return charts.endings(scenario)


@pytest.fixture(scope="module")
def arenas(places: CitizenMap) -> charts.Chart:
    return charts.arenas(places)


@pytest.fixture(scope="module")
def profile(five: Assessment) -> charts.Chart:
    return charts.profile(five)


def numbers(path: ET.Element) -> list[tuple[float, float]]:
    """The corners of a drawn shape."""
    found = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", path.attrib["d"])]
    return list(zip(found[::2], found[1::2], strict=True))


def box(path: ET.Element) -> tuple[float, float, float, float]:
    """Left, upper, right and lower edge."""
    xs, ys = zip(*numbers(path), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def strokes(svg: str) -> list[ET.Element]:
    """Straight lines in the accent colour: from lowest to highest, in the order drawn."""
    paths = ET.fromstring(svg).iter("path")
    return [one for one in paths if one.get("stroke") == ACCENT and len(numbers(one)) == 2]


def words(svg: str) -> str:
    return " ".join(each.text or "" for each in ET.fromstring(svg).iter("text"))


@pytest.mark.parametrize("name", ["endings", "arenas", "profile"])
def test_each_is_told_follows_the_page_and_is_sound(name: str, request: pytest.FixtureRequest) -> None:
    chart: charts.Chart = request.getfixturevalue(name)
    for svg in (chart.svg, chart.narrow):
        root = ET.fromstring(svg)
        described = {each.get("id"): each.text for each in root if each.tag in ("title", "desc")}
        assert root.get("role") == "img"
        assert described[root.get("aria-labelledby")] == chart.title
        assert described[root.get("aria-describedby")] == chart.alt
        assert "style" not in svg
        assert "font-family" not in svg
        assert not [ink for ink, _page in INK.values() if ink in svg]
        sizes = [float(text.attrib["font-size"].removesuffix("px")) for text in root.iter("text")]
        assert min(sizes) >= 11
    page = Page(f"<h1>x</h1>{chart.html()}")
    assert page.wrong == []
    cells = [each.text for each in page.all("td") + page.all("th")]
    assert all(cell in cells for row in chart.rows for cell in row)
    assert len({len(row) for row in (chart.headers, *chart.rows)}) == 1


def test_the_table_is_the_walk(scenario: Scenario, endings: charts.Chart) -> None:
    found = spreads(scenario)
    start, *rows = endings.rows
    assert start[2:] == tuple(str(one.start) for one in scenario.indicators)
    assert [row[0] for row in rows] == [ending.title for ending in scenario.endings]
    for row, ending in zip(rows, scenario.endings, strict=True):
        here = found[ending.id]
        assert int(row[1].replace("\N{NO-BREAK SPACE}", "")) == here.paths
        for cell, indicator in zip(row[2:], scenario.indicators, strict=True):
            told = here.values[indicator.id]
            assert [int(one) for one in re.findall(r"\d+", cell)] == [
                *(told.lowest, told.highest, told.low, told.high),
                round(told.mean),
            ]


def test_the_lines_are_as_long_as_the_ranges(scenario: Scenario, endings: charts.Chart) -> None:
    found = spreads(scenario)
    step = (drawing.WIDE - drawing.NAMES) / len(scenario.indicators)
    wanted = [
        (drawing.NAMES + at * step, found[ending.id].values[one.id])
        for ending in scenario.endings
        for at, one in enumerate(scenario.indicators)
    ]
    lines = [box(one) for one in strokes(endings.svg)]
    assert len(lines) == len(wanted)
    for (left, _up, right, _down), (column, told) in zip(lines, wanted, strict=True):
        unit = (step - drawing.GAP) / 100
        assert (left, right) == pytest.approx(
            (column + told.lowest * unit, column + told.highest * unit), abs=0.01
        )
    assert len(strokes(endings.narrow)) == len(wanted)


def test_the_words_name_the_highest_and_the_lowest(scenario: Scenario, endings: charts.Chart) -> None:
    found = spreads(scenario)
    for indicator in scenario.indicators:
        means = {one.title: round(found[one.id].values[indicator.id].mean) for one in scenario.endings}
        (said,) = re.findall(rf"{indicator.name} begynder på {indicator.start} og ender [^.]*\.", endings.alt)
        high, low = said.split(" og lavest i ")
        for part, value in ((high, max(means.values())), (low, min(means.values()))):
            assert part.rstrip(".").endswith(f"med {value}")
            assert set(re.findall("»(.+?)«", part)) == {name for name, mean in means.items() if mean == value}


def test_the_endings_wait_and_say_what_they_are(endings: charts.Chart) -> None:
    assert endings.html().startswith(
        '<details class="k3-chart-fold"><summary>Se alle slutninger – bedst, når'
    )
    assert endings._repr_html_().startswith('<details class="k3-chart-fold">')
    assert "forfatternes skøn" in endings.note
    assert "vejen, der afgør" in endings.note


@settings(max_examples=12)
@given(scenarios(max_nodes=5))
def test_any_scenario_is_drawn_with_every_ending(scenario: Scenario) -> None:
    chart, found = charts.endings(scenario), spreads(scenario)
    assert [row[0] for row in chart.rows[1:]] == [ending.title for ending in scenario.endings]
    for row, ending in zip(chart.rows[1:], scenario.endings, strict=True):
        assert (row[1] == "0") is (ending.id not in found)
    for svg in (chart.svg, chart.narrow):
        assert all(ending.title in words(svg) for ending in scenario.endings)
        width = float(ET.fromstring(svg).attrib["viewBox"].split()[2])
        for left, _up, right, _down in map(box, strokes(svg)):
            assert 0 <= left <= right <= width


def test_a_scenario_that_cannot_be_walked_leaves_a_message(mini_course: Course, scenario: Scenario) -> None:
    for target in (scenario.nodes[0].id, "ingen-steder"):
        told = scenario.model_dump()
        told["nodes"][0]["choices"][0]["to"] = target
        broken = Scenario.model_validate(told)
        with pytest.raises(charts.Undrawable, match="kan ikke gås igennem"):
            charts.endings(broken)
        assert "kan ikke tegnes" in bodies._shown(mini_course, "endings", broken)


def test_the_places_lie_inside_one_another_and_hold_nobody(places: CitizenMap, arenas: charts.Chart) -> None:
    for svg in (arenas.svg, arenas.narrow):
        bands = [box(one) for one in ET.fromstring(svg).iter("path") if one.get("stroke") == ACCENT]
        assert len(bands) == len(places.arenas)
        for outer, inner in pairwise(bands):
            assert outer[0] < inner[0] < inner[2] < outer[2]
            assert outer[1] < inner[1] < inner[3] < outer[3]
        assert all(name in words(svg) for one in places.arenas for name in one.name.split())
    assert [row[0] for row in arenas.rows] == [one.name for one in places.arenas]
    inside = [arenas.alt.index(one.name) for one in places.arenas]
    assert inside == sorted(inside)
    told = unescape(arenas.html())
    assert not [one.name for one in places.people if one.name in told or one.why in told]


def test_the_profile_has_an_empty_box_for_each_level(five: Assessment, profile: charts.Chart) -> None:
    for svg in (profile.svg, profile.narrow):
        boxes = [one for one in ET.fromstring(svg).iter("path") if one.get("stroke") == ACCENT]
        assert len(boxes) == len(five.statements) * len(five.levels)
        assert {one.get("fill") for one in boxes} == {"none"}
    assert [row[:2] for row in profile.rows] == [(one.name, one.text) for one in five.statements]
    assert all(level.name in profile.rows[0][2] for level in five.levels)
    told = unescape(profile.html())
    assert not [one for one in five.statements if one.low in told or one.high in told]


@pytest.mark.parametrize("function", DRAWINGS)
def test_a_call_draws_its_kind_and_no_other(function: str, shipped: Course) -> None:
    quiz = shipped.activities["common-01-quiz"]
    with pytest.raises(charts.Undrawable):
        charts.called(function, quiz)
    assert "Figuren mangler" in bodies._shown(shipped, function, quiz)
    assert live.shown(shipped, Call(function, ("common-01-quiz",)), "") == ([], {})
    own = next(one for one in shipped.activities.values() if one.kind == DRAWINGS[function])
    assert f'<div id="{own.id}.{function}">' in bodies._shown(shipped, function, own)
    (output,), states = live.shown(shipped, Call(function, (own.id,)), "")
    assert states == {}
    assert "<svg" in output["data"]["text/html"]


def test_a_drawing_alone_brings_no_widget(shipped: Course) -> None:
    """It needs no script, and it does not make the notebook one that lets the exercise be done."""
    assert charts.called("quiz", shipped.activities["common-01-quiz"]) is None
    notebook = shipped.notebook("employee-04")
    assert notebook.activity_ids.count("fem-forventninger") == 1
    cells = tuple(cell for cell in notebook.cells if cell.call and cell.call.function == "profile")
    alone = type(notebook)(notebook.path, notebook.file, cells, notebook.raw, notebook.lines)
    assert bodies.build(shipped, alone, "", without_title=False).kinds == ()
    assert alone.activity_ids == ()
    assert alone.shown_ids == ("fem-forventninger",)


@given(
    st.text(st.sampled_from("abcdefghijkæøå $\\-") | st.characters(codec="utf-8"), max_size=80),
    st.integers(30, 300),
)
def test_wrapping_keeps_every_word_within_the_width(text: str, width: int) -> None:
    lines = wrapped(text, width, 12)
    assert "".join("".join(line.split()) for line in lines).replace("-", "") == "".join(text.split()).replace(
        "-", ""
    )
    assert all(_width(line, 12, False) <= width or len(line) <= 2 * LEAST for line in lines)
