"""A notebook's Markdown as HTML: citations, headings, links, and nothing that could do harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommune3.site.markdown import Article, slug
from markup import Page


def article() -> Article:
    return Article(
        {"faq-2014": "Skanderborg, FAQ", "tilt-2014": "Leveraas"}, lambda target: f"/side/{target}"
    )


def test_citations_are_numbered_in_the_order_they_are_met() -> None:
    made = article()
    html = made.html("Først [@tilt-2014]. Så [@faq-2014; @tilt-2014].")
    assert [e.text for e in Page(html).with_class("k3-cite")] == ["1", "2", "1"]
    assert list(made.cited) == ["tilt-2014", "faq-2014"]
    assert 'id="cite-tilt-2014-2" href="#source-tilt-2014"' in html
    assert made.html("Igen [@faq-2014]").count(">2<") == 1


def test_a_citation_stays_on_the_line_of_its_word() -> None:
    assert "ord<a" in article().html("Et ord [@faq-2014].")


def test_unknown_citations_and_brackets_stay_as_they_were_written() -> None:
    html = article().html("Se [@ukendt] og [ikke en kilde] og [a](b.ipynb).")
    assert "[@ukendt]" in html
    assert "[ikke en kilde]" in html
    assert 'href="/side/b.ipynb"' in html


def test_a_citation_in_code_is_code() -> None:
    assert "<code>[@faq-2014]</code>" in article().html("`[@faq-2014]`")


def test_headings_have_ids_of_their_own() -> None:
    html = article().html("# Titel\n\n## Hvad er det?\n\n## Hvad er det?\n\n## 3 æbler", without_title=True)
    assert "Titel" not in html
    assert [e.attrs["id"] for e in Page(html).all("h2")] == ["hvad-er-det", "hvad-er-det-2", "x-3-aebler"]


def test_a_second_h1_never_reaches_the_page() -> None:
    assert "<h1" not in article().html("Tekst først\n\n# Stor", without_title=True)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>1</script>)",
        '<img src="x" onerror="alert(1)">',
        "[x](vbscript:x)",
        '![x](javascript:alert(1) "y")',
        "<div style='position:fixed'>",
        "[@faq-2014](javascript:alert(1))",
    ],
)
def test_html_and_script_addresses_are_text(hostile: str) -> None:
    page = Page(f"<h1>x</h1>{article().html(hostile)}")
    assert not {e.tag for e in page.elements} & {"script", "img", "div", "iframe"}
    addresses = [e.attrs.get("href", "") for e in page.elements]
    assert not [one for one in addresses if one.split(":")[0] in ("javascript", "data", "vbscript")]


def test_links_to_other_websites_say_so() -> None:
    html = article().html("[lov](https://www.retsinformation.dk/) og [**fed**](#her) [post](mailto:a@b.dk)")
    links = Page(html).all("a")
    assert links[0].text == "lov (et andet websted)"
    assert links[0].attrs["rel"] == "noreferrer"
    assert [link.attrs["href"] for link in links[1:]] == ["#her", "mailto:a@b.dk"]
    assert "websted" not in links[1].text + links[2].text


def test_tables_scroll_in_a_region_that_the_keyboard_reaches() -> None:
    region = Page("<h1>x</h1>" + article().html("| a | b |\n|---|---|\n| 1 | 2 |")).with_class("k3-scroll")[0]
    assert region.attrs["tabindex"] == "0"
    assert region.attrs["role"] == "region"
    assert region.attrs["aria-label"]


@given(st.text(max_size=80))
def test_any_words_make_an_id(words: str) -> None:
    assert slug(words)[0].isalpha()
    assert set(slug(words)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(st.text(max_size=200))
def test_any_text_becomes_sound_html(text: str) -> None:
    faults = [one for one in Page("<h1>x</h1>" + article().html(text)).wrong if "is not there" not in one]
    assert [one for one in faults if "follows" not in one and "no name" not in one and "h1" not in one] == []
