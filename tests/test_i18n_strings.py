"""What translators get: every string with its Danish, and their own work kept."""

from __future__ import annotations

from kommune3 import i18n
from kommune3.i18n import po, strings


def test_every_string_comes_with_its_danish() -> None:
    made = {message.id: message for message in strings.to_translate("fi") if message.id}
    assert len(made) == len(strings.strings())
    assert made["Back"].auto_comments == ["trainers and HR", f"Danish: {i18n.gettext('Back')}"]
    assert made[("{n} person", "{n} people")].auto_comments[1:] == ["Danish: {n} person | {n} personer"]
    assert not any(map(str, (one.string for one in made.values() if isinstance(one.string, str))))
    assert strings.left(strings.to_translate("fi")) == len(made)


def test_what_learners_read_comes_first_and_is_counted() -> None:
    made = strings.to_translate("nb")
    order = [strings.READERS.index(message.auto_comments[0]) for message in made if message.id]
    assert order == sorted(order)
    each = [strings.left(made, who) for who in strings.READERS]
    assert sum(each) == len(order) == strings.left(made)
    assert min(each) > 100, "each kind of reader has strings of its own"
    text = po.written(made, by_id=False).decode()
    assert text.index('msgid "Completed"') < text.index('msgid "is not named in course.toml"')


def test_what_is_translated_stays_with_its_comments_and_comes_back() -> None:
    own = '# Vår\nmsgid ""\nmsgstr ""\n\n# ett ord\nmsgid "Back"\nmsgstr "Tillbaka"\n\n'
    own += 'msgid "Bort"\nmsgstr "Borta"\n\n'
    own += '#, fuzzy\nmsgid "Go on"\nmsgstr "Gå"\n\n#~ msgid "Saved"\n#~ msgstr "Sparat"\n'
    made = strings.to_translate("sv", po.read(own, "sv"))
    kept = {message.id: message for message in made if message.id}
    assert (kept["Back"].string, kept["Back"].user_comments) == ("Tillbaka", ["ett ord"])
    assert kept["Go on"].fuzzy
    assert kept["Saved"].string == "Sparat", "the interface says it again"
    assert [message.string for message in made.obsolete.values()] == ["Borta"]
    assert strings.left(made) == len(kept) - 2
    text = po.written(made)
    assert po.written(strings.to_translate("sv", po.read(text.decode(), "sv"))) == text
    assert text.startswith(b"# V\xc3\xa5r\n")
    assert b'#~ msgid "Bort"\n' in text


def test_each_language_gets_the_forms_of_its_own() -> None:
    one = po.written(strings.to_translate("ja")).decode()
    assert "nplurals=1" in one
    assert "msgstr[1]" not in one
    assert "nplurals=2; plural=(n != 1)" in po.written(strings.to_translate("nn")).decode()
