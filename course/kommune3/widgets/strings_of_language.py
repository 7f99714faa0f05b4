"""The interface strings of the language check."""

from __future__ import annotations

from kommune3.i18n import gettext as _


def language_strings() -> dict[str, str]:
    """The language check's strings."""
    return _writing() | _told()


def _writing() -> dict[str, str]:
    return {
        "language_check": _("Language check"),
        "your_letter": _("A letter or an e-mail of yours"),
        "letter_hint": _("Paste it here, or write a few lines. Quoted words are left alone."),
        "not_kept": _(
            "Your text is looked at and forgotten. It is not saved anywhere, and nobody else sees it."
        ),
        "check_letter": _("Check the letter"),
        "try_example": _("Try an example"),
        "replace_question": _("Do you want to replace your text with the example?"),
        "yes_replace": _("Yes, replace it"),
        "no_keep_mine": _("No, keep mine"),
        "checking": _("Checking …"),
        "nothing_written": _("There is no text to check yet. Write or paste it first."),
        "letter_too_long": _("The letter is longer than {most} characters. Check a part of it at a time."),
        "looks_like_cpr": _("This looks like a CPR number. Delete it: such numbers are never stored here."),
        "not_checked": _(
            "Not checked: there is no connection to the course."
            " Your letter is still here; try again in a moment."
        ),
        "words_looked_for": _("The words that we look for"),
    }


def _told() -> dict[str, str]:
    return {
        "none_found": _("None of the words that we look for stand in the letter."),
        "one_found": _("1 place to look at"),
        "n_found": _("{n} places to look at"),
        "share_of_words": _("{marked} of the letter's {words} words are marked: {share} per cent."),
        "words_in_all": _("The letter has {words} words."),
        "marked_letter": _("The letter with the words marked"),
        "one_by_one": _("The words, one by one"),
        "see_why": _("see why it is marked"),
        "show_in_letter": _("Show in the letter"),
        "times": _("{n} times"),
        "you_might_write": _("You might write:"),
        "our_own": _("The course's own suggestion"),
        "source": _("Source:"),
        "changed_letter": _("You have changed the letter since. Check it again when you are ready."),
    }
