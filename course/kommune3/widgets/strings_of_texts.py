"""The interface strings of what is written and handed in: the reflection, and the button for a notebook."""

from __future__ import annotations

from kommune3.i18n import gettext as _


def reflection_strings() -> dict[str, str]:
    """The reflection's strings."""
    return (
        storing() | _changed() | _standing() | _sharing() | _writing() | _sending() | two_texts() | _reading()
    )


def storing() -> dict[str, str]:
    """What any text of a learner's own says of being kept."""
    return {
        "offline": _("No connection: your text is saved when you are online again."),
        "kept_nowhere": _("Your text is not kept: the browser does not let us."),
        "not_saved_cpr": _(
            "Not saved: there seems to be a CPR number in your text. Delete it, and we go on saving."
        ),
        "not_saved_conflict": _("Not saved yet: choose first which text to keep."),
        "not_saved_long": _("Not saved: your text is too long. Shorten it, and we go on saving."),
        "exercise_changed": _(
            "The exercise was changed while you had it open. Load the page to get the new one."
        ),
        "load_again": _("Load the page again"),
        "resumed_text": _("Here is the text that you had not saved yet."),
        "both_tabs": _("You wrote this in more than one tab. Here is all of it, so that nothing is lost."),
    }


def _changed() -> dict[str, str]:
    return {
        "changed_since_text": _(
            "The exercise has been changed since you wrote. Your text is here:"
            " read it through before you send it."
        ),
        "unsent_changes": _("You have changes here that are not sent yet."),
    }


def _standing() -> dict[str, str]:
    return {
        "reflection": _("Reflection"),
        "is_draft": _("Draft"),
        "is_sent": _("Sent"),
        "is_incomplete": _("Sent, but something is missing"),
        "is_read": _("Read by the trainer"),
        "is_done": _("Done"),
        "is_talk": _("Let us talk"),
    }


def _sharing() -> dict[str, str]:
    return {
        "share_it": _("My trainer may read this text"),
        "share_hint": _("Without the tick you alone can read it. It counts all the same."),
    }


def _not_sent() -> str:
    return _(
        "Not sent: there is no connection to the course. Your text is still here; try again in a moment."
    )


def _writing() -> dict[str, str]:
    return {
        "trainer_is": _("Your trainer is {names}."),
        "trainer_reads": _("Your trainer reads it when you have sent it: {names}."),
        "trainer_can_read": _("Your trainer can read it: {names}."),
        "no_trainer_yet": _("You have no trainer yet. The one you get can read it when you have sent it."),
        "hr_reads_nothing": _("HR cannot read your text."),
        "yours_alone": _("What you write here is yours alone, unless you share it."),
        "only_here": _(
            "There is no connection to the course from here. The text is kept in this browser only;"
            " it cannot be sent, and nobody else can read it."
        ),
        "words_of": _("{n} of at least {least} words"),
        "looks_like_cpr": _("This looks like a CPR number. Delete it: such numbers are never stored here."),
        "delete_draft": _("Delete the draft"),
        "delete_draft_question": _("Do you want to delete what you have written here?"),
        "yes_delete_draft": _("Yes, delete it"),
        "drop_changes": _("Drop the changes"),
        "drop_changes_question": _("Do you want to drop your changes? What you sent stays as it was."),
        "yes_drop_changes": _("Yes, drop them"),
        "no_go_on_writing": _("No, go on writing"),
    }


def _sending() -> dict[str, str]:
    return {
        "send_it": _("Send the reflection"),
        "send_again": _("Send again"),
        "check_text": _("Check the text"),
        "form_is_there": _("Everything is answered, and the text is long enough."),
        "sending_text": _("Sending …"),
        "not_sent": _not_sent(),
        "choose_first": _("Not sent: choose first which text to keep."),
        "cannot_send_yet": _("The text cannot be sent yet"),
        "names_question": _("There may be a citizen's name in your text. Do you want to send it as it is?"),
        "send_anyway": _("Yes, send it"),
        "change_it": _("No, I will change it"),
        "not_done_no_connection": _(
            "That could not be done: there is no connection to the course. Try again in a moment."
        ),
    }


def two_texts() -> dict[str, str]:
    """What is said where a text was changed in two places."""
    return {
        "changed_elsewhere": _(
            "The text was changed in another tab or on another device. Both texts are kept."
        ),
        "see_both": _("See both texts"),
        "which_to_keep": _("Which text do you want to keep?"),
        "text_here": _("The text here"),
        "text_there": _("The text from the other tab or device"),
        "keep_here": _("Keep the text here"),
        "keep_there": _("Keep the other text"),
        "keep_both": _("Keep both, one after the other"),
    }


def _reading() -> dict[str, str]:
    return {
        "the_question": _("The question"),
        "your_text_is_sent": _("Your text is sent"),
        "your_text": _("Your text"),
        "sent_on": _("Sent {when}."),
        "sent_late": _("Sent {when}, after the deadline."),
        "shared_with_trainer": _("Your trainer may read it."),
        "only_you_read_it": _("Only you can read it."),
        "cannot_be_changed": _("Your trainer has read it, so it can no longer be changed."),
        "edit_and_send_again": _("Change it and send again"),
        "withdraw": _("Take it back"),
        "withdraw_question": _(
            "Do you want to take the text back? Then it is a draft that only you can read."
        ),
        "yes_withdraw": _("Yes, take it back"),
        "no_leave_it": _("No, leave it"),
        "taken_back": _("The text is a draft again."),
        "never_sent": _("This text was not sent"),
        "delete_text": _("Delete this text"),
        "trainers_answer": _("Your trainer's answer"),
        "done_means": _("You are done with this reflection."),
        "talk_means": _(
            "Your trainer would like to talk with you about it. That is no mark for your opinion."
        ),
        "what_is_looked_for": _("What the trainer looks for"),
    }


def hand_in_strings() -> dict[str, str]:
    """The strings of the button that hands a notebook in."""
    return {
        "exercise": _("Exercise"),
        "no_connection": _(
            "There is no connection to the course. Your answers are saved in the notebook; try again in"
            " a moment."
        ),
        **_sharing(),
        "send_notebook": _("Send the notebook"),
        "what_is_sent": _(
            "This saves the notebook and sends your answers to the course. You can change them and send"
            " again until your trainer has read them."
        ),
        "only_in_jupyter": _(
            "Notebooks are sent from JupyterLab. On a page, write your answer in the reflection"
            " and send it there."
        ),
        "saving_notebook": _("Saving the notebook …"),
        "sending_notebook": _("Sending …"),
        "notebook_sent": _("The notebook is sent"),
        "notebook_not_sent": _("The notebook is not sent"),
        "nothing_new": _("Nothing new was sent"),
        "not_saved_notebook": _("The notebook could not be saved. Save it with Ctrl+S, and try again."),
        "no_answer_found": _(
            "There is no answer in the notebook yet. Write it in the cell under the question."
        ),
        "answer_sent": _("Sent"),
        "answer_not_passed": _("Sent, but something is missing"),
        "answer_unchanged": _("Sent before, and unchanged"),
        "answer_marked": _("Read by the trainer already, so it stays as it was"),
        "answer_empty": _("Not answered yet"),
        "answer_unreadable": _("Could not be read"),
    }
