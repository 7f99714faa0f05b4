"""The timeline: right by its data, told in words, fit for a page."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from pydantic import ValidationError

from kommune3 import charts, i18n
from kommune3.charts import kept
from kommune3.charts.svg import INK
from kommune3.charts.timeline import extent
from kommune3.engine.models import Timeline
from markup import Page


def timeline(**changes: object) -> Timeline:
    periods = [
        {"id": "a", "name": "Et", "end": 1970, "text": "Myndighed <b>"},
        {"id": "b", "name": "To", "start": 1970, "end": 2007, "text": "Service"},
        {"id": "c", "name": "Tre & fire", "start": 2007, "text": "Fællesskab"},
    ]
    return Timeline.model_validate(
        {"id": "tid", "title": "Hvornår?", "intro": "x", "periods": periods} | changes
    )


@pytest.fixture(scope="module")
def chart() -> charts.Chart:
    return charts.timeline(timeline())


def bars(svg: str) -> list[list[tuple[float, float]]]:
    """The corners of each bar, in the order they were drawn."""
    found = []
    for path in ET.fromstring(svg).iter("path"):
        numbers = [
            float(n) for n in path.attrib["d"].replace("M", "").replace("L", "").replace("z", "").split()
        ]
        found.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
    return found


def test_it_is_told_in_words(chart: charts.Chart) -> None:
    assert chart.alt == "Tidslinje: Et indtil 1970; To 1970–2007; Tre & fire fra 2007."
    for svg in (chart.svg, chart.narrow):
        root = ET.fromstring(svg)
        described = {e.get("id"): e.text for e in root if e.tag in ("title", "desc")}
        assert root.get("role") == "img"
        assert described[root.get("aria-labelledby")] == "Hvornår?"
        assert described[root.get("aria-describedby")] == chart.alt


def test_years_in_words_win_over_figures() -> None:
    told = timeline(
        periods=[
            {"id": "a", "name": "Et", "end": 1970, "when": "til omkring 1970", "text": "x"},
            {"id": "b", "name": "To", "start": 1970, "text": "y"},
        ]
    )
    assert charts.timeline(told).alt == "Tidslinje: Et til omkring 1970; To fra 1970."


def test_words_are_drawn_as_they_are_written() -> None:
    told = timeline(
        title="Hvad\nskete?",
        periods=[
            {"id": "a", "name": "Fra $1 til $2", "end": 1970, "when": r"$\frac$", "text": "x"},
            {"id": "b", "name": "To", "start": 1970, "text": "y"},
        ],
    )
    root = ET.fromstring(charts.timeline(told).svg)
    assert [e.text for e in root.iter("text")][:2] == ["Fra $1 til $2", r"$\frac$"]
    assert next(e.text for e in root.iter("title")) == "Hvad skete?"


def test_the_table_holds_the_data(chart: charts.Chart) -> None:
    headers, rows = chart.table
    assert headers == ("Periode", "År", "Hvad det handlede om")
    assert rows[1] == ("To", "1970–2007", "Service")


def test_bars_are_as_long_as_their_years(chart: charts.Chart) -> None:
    first, last = extent(timeline())
    for svg, axis in ((chart.svg, 0), (chart.narrow, 1)):
        lengths = [max(p[axis] for p in bar) - min(p[axis] for p in bar) for bar in bars(svg)]
        assert len(lengths) == 3
        years = [1970 - first, 37, last - 2007]
        for length, span in zip(lengths, years, strict=True):
            assert length / sum(lengths) == pytest.approx(span / sum(years), rel=0.03)


def test_open_ends_are_points_and_closed_ones_are_straight(chart: charts.Chart) -> None:
    assert [len(bar) for bar in bars(chart.svg)] == [5, 4, 5]


def test_it_follows_the_page_and_its_policy(chart: charts.Chart) -> None:
    for svg in (chart.svg, chart.narrow):
        assert "style" not in svg
        assert "font-family" not in svg
        assert not [drawing for drawing, _page in INK.values() if drawing in svg]
        assert "var(--k3-theme-text, currentColor)" in svg
        assert [e.text for e in ET.fromstring(svg).iter("text")][:2] == ["Et", "indtil 1970"]


def test_the_figure_is_sound_html_and_escaped(chart: charts.Chart) -> None:
    page = Page(f"<h1>x</h1>{chart.html()}")
    assert page.wrong == []
    assert "<b>" not in chart.html()
    assert "Myndighed <b>" in unescape(chart.html())
    assert "Figuren som tabel" in chart._repr_html_()


def test_drawing_twice_gives_the_same(chart: charts.Chart) -> None:
    assert charts.timeline(timeline()) == chart


@pytest.mark.parametrize(
    "years",
    [
        [(None, None), (1970, None)],
        [(None, 1970), (None, 2000)],
        [(1900, 1970), (1950, 2000)],
        [(1970, 1970), (1970, 2000)],
        [(2000, 1970), (2000, None)],
    ],
)
def test_periods_out_of_order_are_refused(years: list[tuple[int | None, int | None]]) -> None:
    periods = [
        {"id": f"p{n}", "name": "P", "start": s, "end": e, "text": "x"} for n, (s, e) in enumerate(years)
    ]
    with pytest.raises(ValidationError, match=r"order of time|only the first"):
        timeline(periods=periods)


@pytest.mark.parametrize("closed", [(1900, 2000), (1900, 1901)])
def test_closed_timelines_end_where_their_years_do(closed: tuple[int, int]) -> None:
    middle = (closed[0] + closed[1] + 1) // 2
    periods = [
        {"id": "a", "name": "A", "start": closed[0], "end": middle, "text": "x"},
        {"id": "b", "name": "B", "start": middle, "end": closed[1] + 1, "text": "y"},
    ]
    assert extent(timeline(periods=periods)) == (closed[0], closed[1] + 1)


@pytest.fixture
def folder(kept_apart: Path) -> Path:
    return kept_apart


def test_a_figure_is_drawn_once(chart: charts.Chart, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert charts.called("timeline", timeline()) == chart
    with monkeypatch.context() as patch:
        patch.setattr(charts, "timeline", type("", (), {"__name__": "timeline"})())  # which draws nothing
        assert charts.called("timeline", timeline()) == chart
    (place,) = folder.iterdir()
    for spoilt in (b"", b"[]", b"{}", b'{"headers": [], "rows": [1]}', b"\xff"):
        place.write_bytes(spoilt)
        assert charts.called("timeline", timeline()) == chart
        assert place.read_bytes() != spoilt


@pytest.mark.usefixtures("english")
def test_what_changes_a_figure_draws_it_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def drawn(activity: Timeline) -> charts.Chart:
        return replace(empty, title=f"{activity.title} {i18n.language()}")

    drawn.__name__ = "timeline"
    empty = charts.Chart(*["x"] * 5, headers=(), rows=())
    monkeypatch.setattr(charts, "timeline", drawn)
    titles = []
    for title, language, code in (("A", "en", "1"), ("B", "en", "1"), ("B", "da", "1"), ("B", "da", "2")):
        i18n.use(language)
        monkeypatch.setattr(kept, "_code", lambda code=code: code)
        made = charts.called("timeline", timeline(title=title))
        titles.append(made.title if made else "")
    assert titles == ["A en", "B en", "B da", "B da"]
    assert len(list(folder.iterdir())) == 4


def test_other_words_of_a_municipality_draw_a_figure_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for edition in ("", "0123", "4567", "4567"):
        monkeypatch.setattr(i18n, "_edition", edition)
        charts.called("timeline", timeline())
    assert len(list(folder.iterdir())) == 3


def test_a_folder_that_cannot_be_written_to_keeps_no_figure_from_being_shown(
    chart: charts.Chart, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_names: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert charts.called("timeline", timeline()) == chart
    assert list(folder.iterdir()) == []
