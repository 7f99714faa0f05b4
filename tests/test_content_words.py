"""A municipality's own words: laid before the shipped ones, refused where they could break a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kommune3 import i18n
from kommune3.content import ContentError, check, load_course, still_to_translate
from kommune3.content.words import spoken
from kommune3.i18n import po, strings

SWEDISH = 'msgid "Back"\nmsgstr "Tillbaka"\n\nmsgid "Completed"\nmsgstr "Klart"\n'


@pytest.fixture(autouse=True)
def _danish_again() -> Iterator[None]:
    yield
    i18n.use("da")


def own(tmp_path: Path, words: str | bytes, language: str = "sv") -> Path:
    folder = tmp_path / "storby"
    file = folder / i18n.place(language)
    file.parent.mkdir(parents=True)
    file.write_bytes(words if isinstance(words, bytes) else words.encode())
    (folder / "course.toml").write_text(f'[course]\nlanguage = "{language}"\n', encoding="utf-8")
    return folder


def test_what_is_left_breaks_no_rule_and_is_told_with_the_first_strings(
    mini_root: Path, tmp_path: Path
) -> None:
    folder = own(tmp_path, f'{SWEDISH}\n#, fuzzy\nmsgid "Go on"\nmsgstr "Gå på"\n')
    assert check(mini_root, folder) == []
    (problem,) = still_to_translate(load_course(folder, root=mini_root))
    n = len(strings.strings()) - 2
    assert str(problem).startswith(
        f"storby/{i18n.place('sv')}: {n} tekster på knapper og i beskeder er ikke oversat: "
    )
    assert "Hent nye ind i filen med kommune3 translate sv --course MAPPE, og oversæt dem. " in str(problem)
    assert 'Det, der er mærket "fuzzy", først på linje 8, bliver ikke vist, før' in str(problem)


def test_nobody_is_sent_to_a_command_that_refuses_the_language(mini_root: Path, tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_text('[course]\nlanguage = "xx"\n', encoding="utf-8")
    (problem,) = check(mini_root, tmp_path)
    assert "kommune3 translate" not in str(problem)
    assert str(problem).endswith(
        "Brug koden for et sprog, for eksempel nb eller sv, i course.toml og som mappens navn."
    )


def test_a_whole_translation_has_no_problem(mini_root: Path, tmp_path: Path) -> None:
    catalog = strings.to_translate("nb")
    for message, danish in zip((one for one in catalog if one.id), strings.strings(), strict=True):
        message.string = danish.string
    folder = own(tmp_path, po.written(catalog), "nb")
    assert check(mini_root, folder) == []
    assert still_to_translate(load_course(folder, root=mini_root)) == []


def test_single_danish_words_are_enough(mini_root: Path, tmp_path: Path) -> None:
    folder = own(tmp_path, 'msgid "Completed"\nmsgstr "Klaret"\n', "da")
    (folder / "course.toml").unlink()
    assert check(mini_root, folder) == []
    course = load_course(folder, root=mini_root)
    i18n.use(course.info.language, course.places.overlay)
    assert i18n.gettext("Completed") == "Klaret"
    assert i18n.gettext("Back") == "Tilbage"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (b'msgid "Back"\nmsgstr "\xe5"\n', "kommune3.po:2: er ikke UTF-8"),
        (b'msgid "Back"\nmsgstr "\x07"\n', "kommune3.po:2: indeholder kontroltegnet"),
        ('msgid "Back"\nmsgstr "<script>"\n', "kommune3.po:1: oversættelsen har HTML-tegn"),
        ('msgid "{n} of 1"\nmsgstr "{m}"\n', "kommune3.po:1: oversættelsen har ikke de samme ord"),
        ("x", "kommune3.po:1: er ikke skrevet som en .po-fil"),
        ('msgid "Back"\nmsgstr ""\n' + "# fyld\n" * 300_000, "kommune3.po: er større end 2000 kB"),
    ],
)
def test_a_bad_file_makes_the_course_unusable(
    words: str | bytes, told: str, mini_root: Path, tmp_path: Path
) -> None:
    folder = own(tmp_path, words)
    with pytest.raises(ContentError) as caught:
        load_course(folder, root=mini_root)
    assert f"storby/locale/sv/LC_MESSAGES/{told}" in str(caught.value)
    i18n.use("sv", folder)
    assert i18n.gettext("Back") == "Tilbage", "should it become bad while the course runs"


def test_a_file_elsewhere_on_the_machine_is_not_read(mini_root: Path, tmp_path: Path) -> None:
    folder = own(tmp_path, SWEDISH)
    file = folder / i18n.place("sv")
    file.rename(tmp_path / "secret.po")
    try:
        file.symlink_to(tmp_path / "secret.po")
    except OSError:
        pytest.skip("this system makes no links")
    with pytest.raises(ContentError):
        load_course(folder, root=mini_root)


@pytest.mark.parametrize(
    ("manifest", "language"),
    [
        ('[course]\nlanguage = "sv"\n', "sv"),
        ("", "da"),
        ("[course", "da"),
        ("[course]\nlanguage = 7\n", "da"),
        ('[course]\nlanguage = "../../x"\n', "da"),
        ("course = 3\n", "da"),
    ],
)
def test_the_language_can_be_asked_for_before_the_course_is_loaded(
    manifest: str, language: str, tmp_path: Path
) -> None:
    (tmp_path / "course.toml").write_text(manifest, encoding="utf-8")
    assert spoken(tmp_path) == language
    assert spoken(tmp_path / "gone") == "da"
