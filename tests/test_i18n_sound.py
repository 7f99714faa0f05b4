"""A translation keeps what its id needs, and brings no HTML along."""

from __future__ import annotations

import pytest

from kommune3.i18n import po, strings
from kommune3.i18n.sound import BRACES, FORMS, LINES, MARKUP, faults, sound

COUNTED = ("{n} person", "{n} people")


def wrong(name: str | tuple[str, str], string: str | tuple[str, ...], language: str = "sv") -> list[str]:
    ids, told = po.forms(name), po.forms(string)
    lines = [f"msgid {quoted(ids[0])}"]
    if len(ids) > 1:
        lines += [
            f"msgid_plural {quoted(ids[1])}",
            *(f"msgstr[{i}] {quoted(one)}" for i, one in enumerate(told)),
        ]
    else:
        lines += [f"msgstr {quoted(told[0])}"]
    catalog = po.read("\n".join(lines), language)
    found = [fault.what for message in catalog if message.id for fault in faults(message, catalog)]
    assert bool(found) != any(message.id for message in sound(catalog)) or not any(told)
    return found


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@pytest.mark.parametrize(
    ("name", "string"),
    [
        ("Back", "Tillbaka"),
        ("Back", ""),
        ("Source {number}", "Källa {number}"),
        ("{a} of {b}", "{b} har {a}, {b}"),
        ("begins with [ or {", "börjar med [ eller {"),
        ('the metadata {"jupyter": {"x": true}}', 'metadata {"jupyter": {"x": true}}'),
        ("prefix {prefix!r}", "prefix {prefix!r}"),
        ("value: %(value)r of %(type)s", "värde: %(value)r"),
        ("Next &rarr;", "Nästa &rarr;"),
        ("a sign < is &lt;", "ett < är &lt;"),
        ("R & D", "F & U"),
        ("a\n", "b\n"),
        ("100 percent", "100 % säkert"),
        (COUNTED, ("{n} person", "{n} personer")),
        (COUNTED, ("en person", "{n} personer")),
        (COUNTED, ("", "")),
    ],
)
def test_a_sound_translation(name: str | tuple[str, str], string: str | tuple[str, ...]) -> None:
    assert wrong(name, string) == []


@pytest.mark.parametrize(
    ("name", "string", "what"),
    [
        ("Back", "Tillbaka {x}", BRACES),
        ("Back", "{{ config }}", BRACES),
        ("Back", "{% raw %}", BRACES),
        ("Source {number}", "Källa", BRACES),
        ("Source {number}", "Källa {nummer}", BRACES),
        ("Source {number}", "Källa {number.__class__}", BRACES),
        ("Source {number}", "Källa {number!r}", BRACES),
        ("Source {number}", "Källa {number:>999999999}", BRACES),
        ("Source {number}", "Källa {number", BRACES),
        ("Source {number}", "Källa {} {number}", BRACES),
        ("unrecognized: %s", "okänt", BRACES),
        ("unrecognized: %s", "okänt: %s %s", BRACES),
        ("value: %(value)r", "värde: %(värde)r", BRACES),
        ("value: %(value)r", "100 % värde: %(value)r", BRACES),
        ("Back", "<script>alert(1)</script>", MARKUP),
        ("Back", "a < b", MARKUP),
        ("Back", "&#60;script&#62;", MARKUP),
        ("Next &rarr;", "Nästa", MARKUP),
        ("Next &rarr;", "Nästa &lt;", MARKUP),
        ("an <address>", "<b>en</b>", MARKUP),
        ("Back", "Till\nbaka", LINES),
        (COUNTED, ("{n} person", ""), FORMS),
        (COUNTED, ("{n} person", "{n} personer", "{n} personer"), FORMS),
        (COUNTED, ("{n} person",), FORMS),
    ],
)
def test_what_would_break_a_page(
    name: str | tuple[str, str], string: str | tuple[str, ...], what: str
) -> None:
    assert what in wrong(name, string)


def test_a_doubtful_one_is_not_used_and_so_not_wrong() -> None:
    catalog = po.read('#, fuzzy\nmsgid "Back"\nmsgstr "<b>"\n', "sv")
    assert [fault for one in catalog if one.id for fault in faults(one, catalog)] == []
    assert not any(message.id for message in sound(catalog))


def test_the_shipped_danish_is_sound() -> None:
    """The rules refuse nothing that a careful translation does."""
    catalog = strings.to_translate("da")
    for message, danish in zip((one for one in catalog if one.id), strings.strings(), strict=True):
        message.string = danish.string
    assert [(one.id, fault.what) for one in catalog if one.id for fault in faults(one, catalog)] == []
