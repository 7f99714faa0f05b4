"""The interface speaks Danish in full, and the tool that keeps it so notices every gap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import catalog
from kommune3 import i18n
from kommune3.i18n.po import written
from kommune3.site import render

EMPTY = 'msgid ""\nmsgstr ""\n"Language: da\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'


@pytest.fixture(autouse=True)
def _danish_again() -> Iterator[None]:
    yield
    i18n.use("da")


def test_every_catalog_is_found() -> None:
    """That they are complete and in step is a stage of its own: ``tools/catalog.py --check``."""
    assert [path.parts[-3] for path in catalog.catalogs()] == ["da"]


def test_translations_keep_the_names_in_braces() -> None:
    for path in catalog.catalogs():
        for message in catalog.read(path):
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            told = message.string if isinstance(message.string, tuple) else (message.string,)
            wanted = {name for one in ids for name in names(one)}
            for one in told if message.id else ():
                assert names(one) <= wanted, message.id
                assert wanted <= names(one) or len(ids) > 1, message.id


def names(text: str) -> set[str]:
    """The names in braces of a format string."""
    return set(re.findall(r"\{(\w+)", text))


def test_danish_typography() -> None:
    for path in catalog.catalogs():
        text = path.read_text(encoding="utf-8")
        told = "\n".join(re.findall(r"^msgstr.*?(?=\n\n|\Z)", text, re.MULTILINE | re.DOTALL))
        assert not re.findall(r"[“”]", told), "Danish quotation marks are » and «"


def test_the_language_in_use_decides() -> None:
    assert i18n.gettext("Completed") == "Gennemført"
    assert i18n.ngettext("{n} person", "{n} people", 1) == "{n} person"
    assert i18n.ngettext("{n} person", "{n} people", 2) == "{n} personer"
    i18n.use("en")
    assert i18n.gettext("Completed") == "Completed"
    assert i18n.ngettext("{n} person", "{n} people", 2) == "{n} people"
    assert i18n.language() == "en"


def test_a_language_without_a_catalog_is_danish_for_neighbours_and_else_shown_in_the_ids() -> None:
    i18n.use("nb")
    assert (i18n.language(), i18n.gettext("Back")) == ("da", "Tilbage")
    i18n.use("xx")
    assert (i18n.language(), i18n.gettext("Back")) == ("en", "Back")
    assert render.day(date(2026, 11, 21)) == "21 Nov 2026"


def words(tmp_path: Path, text: str, language: str = "sv") -> Path:
    """An overlay with words of its own."""
    file = tmp_path / i18n.place(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return tmp_path


PEOPLE = 'msgid "{n} person"\nmsgid_plural "{n} people"\nmsgstr[0] "{n} svensk"\nmsgstr[1] "{n} svenskar"\n'


def test_an_overlays_words_come_first_then_danish_for_neighbours_else_the_ids(tmp_path: Path) -> None:
    i18n.use("sv", words(tmp_path, f'msgid "Completed"\nmsgstr "Klart"\n\n{PEOPLE}'))
    assert (i18n.language(), i18n.region()) == ("sv", "sv")
    assert i18n.gettext("Completed") == "Klart"
    assert i18n.gettext("Back") == "Tilbage"
    assert [i18n.ngettext("{n} person", "{n} people", n) for n in (1, 2)] == ["{n} svensk", "{n} svenskar"]
    assert i18n.ngettext("about {n} minute", "about {n} minutes", 2) == "ca. {n} minutter"
    assert render.day(date(2026, 11, 21)) == "21 nov. 2026"
    i18n.use("fi", words(tmp_path, 'msgid "Completed"\nmsgstr "Valmis"\n', "fi"))
    assert [i18n.gettext(one) for one in ("Completed", "Back")] == ["Valmis", "Back"]
    i18n.use("da", words(tmp_path, 'msgid "Completed"\nmsgstr "Klaret"\n', "da"))
    assert [i18n.gettext(one) for one in ("Completed", "Back")] == ["Klaret", "Tilbage"]
    assert i18n.ngettext("{n} person", "{n} people", 2) == "{n} personer"
    i18n.use("da")
    assert i18n.gettext("Completed") == "Gennemført"


def test_a_translation_that_would_break_a_page_is_passed_over(tmp_path: Path) -> None:
    i18n.use(
        "sv", words(tmp_path, f'msgid "Completed"\nmsgstr "<b>{{x}}"\n\n{PEOPLE.replace("{n} svenskar", "")}')
    )
    assert i18n.gettext("Completed") == "Gennemført"
    assert i18n.ngettext("{n} person", "{n} people", 2) == "{n} personer"
    for text in ("hov", 'msgid "Back"\nmsgstr "\udc80"\n'):
        (tmp_path / i18n.place("sv")).write_bytes(text.encode("utf-8", "surrogateescape"))
        i18n.use("sv", tmp_path)
        assert i18n.language() == "da"
    i18n.use("xx", words(tmp_path, PEOPLE, "xx"))
    assert i18n.language() == "en", "dates would not be known"


def test_what_is_kept_with_other_words_has_another_edition(tmp_path: Path) -> None:
    editions = {i18n.edition()}
    for one in ("Klaret", "Klart"):
        i18n.use("da", words(tmp_path, f'msgid "Completed"\nmsgstr "{one}"\n', "da"))
        editions.add(i18n.edition())
    i18n.use("da")
    assert len(editions) == 3
    assert i18n.edition() in editions


def test_a_process_without_a_course_speaks_as_the_one_that_started_it(tmp_path: Path) -> None:
    folder = words(tmp_path, 'msgid "Completed"\nmsgstr "Klart"\n')
    i18n.inherit({})
    assert i18n.language() == "da"
    i18n.inherit({i18n.VARIABLE: "sv", "KOMMUNE3_COURSE": str(folder)})
    assert i18n.gettext("Completed") == "Klart"
    i18n.inherit({i18n.VARIABLE: "da"})
    assert i18n.gettext("Completed") == "Gennemført"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with two strings, and an empty Danish catalog."""
    (tmp_path / "site/templates").mkdir(parents=True)
    (tmp_path / "locale/da/LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "code.py").write_text("x = f'<b>{_(\"Bold\")}</b>'\n", encoding="utf-8")
    (tmp_path / "site/templates/a.html").write_text("{{ _('Page') }}", encoding="utf-8")
    (tmp_path / "locale/da/LC_MESSAGES/kommune3.po").write_text(EMPTY, encoding="utf-8")
    return tmp_path


def po(package: Path, text: str | None = None) -> Path:
    path = package / "locale/da/LC_MESSAGES/kommune3.po"
    if text is not None:
        path.write_text(EMPTY + text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "is missing"),
        ('\nmsgid "Bold"\nmsgstr ""\n\nmsgid "Page"\nmsgstr "Side"\n', '"Bold" is not translated'),
        ('\n#, fuzzy\nmsgid "Bold"\nmsgstr "Fed"\n\nmsgid "Page"\nmsgstr "Side"\n', "fuzzy"),
        ('\nmsgid "Gone"\nmsgstr "Væk"\n', '"Gone" is used nowhere'),
        ('\nmsgid "Page"\nmsgstr "Side"\n\nmsgid "Bold"\nmsgstr "Fed"\n', "out of step"),
    ],
)
def test_every_gap_is_noticed(package: Path, text: str, fault: str) -> None:
    found = catalog.problems(po(package, text), catalog.extract(package))
    assert any(fault in one for one in found)


def test_merging_takes_new_strings_and_keeps_what_is_translated(package: Path) -> None:
    path = po(package, '\nmsgid "Page"\nmsgstr "Side"\n\nmsgid "Gone"\nmsgstr "Væk"\n')
    merged = catalog.merged(path, catalog.extract(package))
    assert {m.id: m.string or "" for m in merged if m.id} == {"Page": "Side", "Bold": ""}
    path.write_bytes(written(merged))
    assert written(catalog.merged(path, catalog.extract(package))) == path.read_bytes()


def test_strings_are_found_in_code_wherever_they_stand() -> None:
    code = "_('one'); ngettext('a', 'b', 3); N_('two'); f'{_(\"three\")} {x}'; other('four'); _(name)"
    assert sorted(map(str, catalog.from_python(code))) == ["('a', 'b')", "one", "three", "two"]
