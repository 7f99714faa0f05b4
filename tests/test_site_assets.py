"""What the pages ask for is there, is ours, and is small."""

from __future__ import annotations

import gzip
import posixpath
import re
from pathlib import Path

import pytest

import vendor
from kommune3.content import Course
from kommune3.site import Assets, Me, Site
from kommune3.site import assets as assets_module
from kommune3.site.assets import PACKAGE, SHEETS
from kommune3.widgets.files import KINDS

BUDGET = 150_000


@pytest.fixture(scope="module")
def site(shipped: Course) -> Site:
    """The pages of the course that is shipped."""
    return Site(shipped)


def test_an_address_leads_to_its_file_for_good() -> None:
    assets = Assets("/k")
    url = assets.url("host.js")
    assert url == f"/k/static/{assets.stamp}/host.js"
    found = assets.find(url.removeprefix("/k/static/"))
    assert found is not None
    assert [file.name for file in found.files] == ["host.js"]
    assert found.media_type.startswith("text/javascript")
    assert found.immutable


def test_without_the_stamp_or_with_an_old_one_a_file_is_not_for_good() -> None:
    plain, old = Assets().find("widgets/scenario.js"), Assets().find("0123456789/css/page.css")
    assert plain is not None
    assert not plain.immutable
    assert old is not None
    assert not old.immutable


@pytest.mark.parametrize(
    "path",
    ["", "/", "..", "../site.py", "x/../../site.py", "/etc/passwd", "nope.js", "widgets", "a/b/c/host.js"],
)
def test_nothing_else_is_served(path: str) -> None:
    assert Assets().find(path) is None


def test_every_file_that_a_page_or_a_sheet_names_is_there(site: Site) -> None:
    html = site.module(Me("x", "X"), "common-01")
    names = re.findall(rf"/static/{site.assets.stamp}/([^\"\s]+)", html)
    assert len(names) >= 6
    for name in names:
        assert site.assets.find(name) is not None, name
    for name, file in site.assets.files.items():
        if name.startswith("css/"):
            for url in re.findall(r'url\("([^"]+)"\)', file.read_text(encoding="utf-8")):
                assert site.assets.find(posixpath.normpath(f"css/{url}")) is not None, url


def content(assets: Assets, name: str) -> bytes:
    """What is sent for a name."""
    found = assets.find(name)
    assert found is not None, name
    return b"".join([*(file.read_bytes() for file in found.files), found.end.encode()])


def test_one_script_begins_the_exercises_of_every_page_and_knows_them_all(site: Site) -> None:
    source = (PACKAGE / "site" / "js" / "exercises.js").read_text(encoding="utf-8")
    assert re.findall(r'^import (\w+) from "../../widgets/js/\1.js";$', source, re.MULTILINE) == sorted(KINDS)
    assert f"start({{ {', '.join(sorted(KINDS))} }});" in source
    page = site.module(Me("x", "X"), "common-01")
    assert len(re.findall(r'<script src="/static/\w+/exercises\.js" async', page)) == 1
    assert page.index('rel="stylesheet"') < page.index("early.js"), (
        "it holds the reading until there is style"
    )


def test_sheets_sent_as_one_hold_all_their_files_in_order_and_then_the_municipalitys_colours() -> None:
    assets = Assets(theme=":root{--k3:1}")
    for name, parts in SHEETS.items():
        whole = b"".join(assets.files[part].read_bytes() for part in parts)
        assert content(assets, name) == whole + b":root{--k3:1}"
    assert Assets(theme=":root{--k3:2}").stamp != assets.stamp


def test_another_way_to_join_has_another_address(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Assets().stamp
    monkeypatch.setattr(assets_module, "SHEETS", {"css/all.css": SHEETS["css/all.css"][::-1]})
    assert Assets().stamp != before


def test_a_module_page_keeps_to_its_weight(site: Site) -> None:
    for module in site.course.modules:
        html = site.module(Me("x", "X"), module.id)
        names = set(re.findall(rf"/static/{site.assets.stamp}/([^\"\s]+)", html))
        texts = [
            html.encode(),
            *(content(site.assets, name) for name in names),
        ]
        assert sum(len(gzip.compress(text, 6)) for text in texts) <= BUDGET


def test_style_sheets_and_scripts_ask_no_other_website() -> None:
    for name, file in Assets().files.items():
        if file.suffix in (".css", ".js"):
            asked = re.findall(
                r"""(?:url\(["']?|from ["']|import\(["'`])(https?:)""", file.read_text(encoding="utf-8")
            )
            assert asked == [], name


def test_the_shipped_copies_are_the_packages_own() -> None:
    assert vendor.differences() == []


def test_the_shortened_sheet_styles_every_class_of_the_design_system_that_is_used() -> None:
    classes = re.compile(r"(?<![-\w])ds-[a-z]+(?:-[a-z]+)*")
    whole = (vendor.PACKAGES / vendor.FILES[vendor.SHORTENED]).read_text(encoding="utf-8")
    shipped = (vendor.SHIPPED / vendor.SHORTENED).read_text(encoding="utf-8")
    written = [file for end in ("html", "js", "py") for file in PACKAGE.rglob(f"*.{end}")]
    used = {name for file in written for name in classes.findall(file.read_text(encoding="utf-8"))}
    styled = {name for name in used if re.search(rf"\.{name}(?![-\w])", whole)}
    assert {"ds-button", "ds-sr-only", "ds-table"} <= styled
    assert [name for name in sorted(styled) if not re.search(rf"\.{name}(?![-\w])", shipped)] == []
    assert len(shipped) < len(whole) / 2


def test_pages_and_widgets_share_one_sheet_and_no_class_but_the_one_that_scrolls() -> None:
    widgets = re.findall(r"\.(k3-[\w-]+)", (PACKAGE / "widgets" / "widgets.css").read_text(encoding="utf-8"))
    pages = "".join(file.read_text(encoding="utf-8") for file in (PACKAGE / "site").rglob("*.html"))
    assert set(widgets) & set(re.findall(r"\bk3-[\w-]+", pages)) == {"k3-scroll"}


def test_a_sheet_is_cut_between_its_blocks_only() -> None:
    sheet = '@layer a, b;@layer b{.x{content:"}{"}@media print{.y{color:red}}}.z{color:red}'
    assert list(vendor.top_blocks(sheet)) == [
        "@layer a, b;",
        '@layer b{.x{content:"}{"}@media print{.y{color:red}}}',
        ".z{color:red}",
    ]
    whole = (vendor.PACKAGES / vendor.FILES[vendor.SHORTENED]).read_text(encoding="utf-8")
    assert "".join(vendor.top_blocks(whole)) == whole.strip()


def test_a_changed_copy_is_noticed(tmp_path: Path) -> None:
    for name in vendor.FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((vendor.SHIPPED / name).read_bytes())
    changed, stray = f"{vendor.SITE}/figtree/LICENSE", f"{vendor.LAB}/stray.js"
    (tmp_path / changed).write_text("something else", encoding="utf-8")
    (tmp_path / stray).write_text("", encoding="utf-8")
    assert [one.split(":")[0] for one in vendor.differences(tmp_path)] == [stray, changed]
