"""Catalogs are read strictly, with the line of what is wrong, and written so that nothing changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommune3.i18n import po

HEAD = '# Vores ord\nmsgid ""\nmsgstr ""\n"Language: de\\n"\n"Plural-Forms: nplurals=x; plural=eval(n);\\n"\n'
COUNTED = 'msgid "{n} person"\nmsgid_plural "{n} people"\n'


def test_texts_forms_comments_and_doubts_are_read_and_written_again() -> None:
    text = HEAD + '\n# en note\n#, fuzzy\nmsgid "a"\n"b"\nmsgstr "c\\"d"\n\n'
    text += f'{COUNTED}msgstr[0] "x"\nmsgstr[1] "y"\n'
    found = po.read(text, "sv")
    one, counted = (message for message in found if message.id)
    assert (one.id, one.string, one.fuzzy, one.user_comments, one.lineno) == (
        "ab",
        'c"d',
        True,
        ["en note"],
        9,
    )
    assert (counted.id, counted.string) == (("{n} person", "{n} people"), ("x", "y"))
    once = po.written(found)
    assert b"Language: sv" in once
    assert b"nplurals=2; plural=(n != 1)" in once, (
        "the language says which forms there are, not the file's header"
    )
    assert po.written(po.read(once.decode(), "sv")) == once
    assert once.startswith(b"# Vores ord\n")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('msgid "a"\nmsgstr "b\n', 2, po.BROKEN),
        ("msgid a\n", 1, po.BROKEN),
        ('msgid "a"\nmsgstr[9] "b"\n', 2, po.BROKEN),
        ('\nmsgstr "b"\n', 2, po.BROKEN),
        ('"b"\n', 1, po.BROKEN),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 3, po.BROKEN),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', 3, po.BROKEN),
        ('msgid "a"\nmsgid "b"\nmsgstr "c"\n', 2, po.BROKEN),
        ('msgid "a"\n', 1, po.BROKEN),
        ('msgid "a"\n# hov\nmsgstr "b"\n', 3, po.BROKEN),
        ("<html>\n", 1, po.BROKEN),
        ('#~ hov\nmsgid "a"\nmsgstr "b"\n', 1, po.BROKEN),
        ('msgid "a"\n#~ msgstr "b"\n', 2, po.BROKEN),
        ('msgid "a"\nmsgstr "b"\n# hov\n"c"\n', 4, po.BROKEN),
        ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', 4, po.TWICE),
        ('msgid "a"\nmsgstr "b"\n\nmsgctxt "x"\nmsgid "a"\nmsgstr "c"\n', 5, po.TWICE),
    ],
)
def test_what_is_no_catalog_is_told_with_its_line(text: str, line: int, what: str) -> None:
    with pytest.raises(po.PoError) as caught:
        po.read(text, "sv")
    assert (caught.value.line, caught.value.what) == (line, what)
    assert caught.value.hint


def test_what_other_programs_leave_in_a_file_is_passed_over() -> None:
    text = '#: a.py:3\n#| msgid "x"\n#, c-format\nmsgid "a"\nmsgstr "b"\n\n'
    text += '#~| msgid "y"\n#~ msgid "c"\n#~ msgstr "d"\n'
    found = po.read(text, "sv")
    assert [message.string for message in found if message.id] == ["b"]
    assert [message.string for message in found.obsolete.values()] == ["d"]
    assert po.read(po.written(found).decode(), "sv")


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "fi", "en", "da"])
def test_the_languages_of_the_north_are_known(language: str) -> None:
    assert po.known(language)


@pytest.mark.parametrize("language", ["xx", "qqq", "", "../da", "d a"])
def test_other_codes_are_not(language: str) -> None:
    assert not po.known(language)
    with pytest.raises(po.PoError):
        po.read("", language)


def test_a_context_counts_for_nothing_since_the_interface_has_none() -> None:
    found = po.read('msgctxt "menu"\nmsgid "a"\nmsgstr "b"\n', "sv")
    assert po.compiled(found).gettext("a") == "b"
    assert b"msgctxt" not in po.written(found)


PIECES = [
    r'msgid "a"',
    r'msgid ""',
    r'msgstr "b"',
    r'msgid_plural "c"',
    r'msgstr[0] "d"',
    r'msgstr[1] ""',
    r'"e"',
    r'"f\"',
    r"#, fuzzy",
    r"#. x",
    r"#~ msgid",
    r'#~ msgid "g"',
    r'#~ msgstr "h"',
    r'#~ msgid_plural "i"',
    r'#~ "j"',
    r"#: ⁨x",
    r"#",
    r"msgctxt",
    r'msgctxt "k"',
    r'"Plural-Forms: x\n"',
    r'"Content-Type: text/plain; charset=q\n"',
    r'"POT-Creation-Date: x\n"',
    r'"Language: \n"',
    r"",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_whatever_stands_in_a_file_it_is_read_or_refused_in_words(lines: list[str]) -> None:
    try:
        found = po.read("\n".join(lines), "nb")
    except po.PoError as refused:
        line = refused.line
    else:
        line = 1
        assert po.compiled(found)
        assert po.written(po.read(po.written(found).decode(), "nb")) == po.written(found)
    assert 1 <= line <= max(1, len(lines))
