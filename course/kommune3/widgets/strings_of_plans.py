"""The interface strings of plans."""

from __future__ import annotations

from kommune3.i18n import gettext as _


def plan_strings() -> dict[str, str]:
    """A plan's strings."""
    return _storing() | _writing() | _rows() | _finishing() | _taking() | _two_texts()


def _storing() -> dict[str, str]:
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
        "changed_plan": _("The plan's questions have been changed since you wrote. Read your plan through."),
    }


def _writing() -> dict[str, str]:
    return {
        "plan": _("Plan"),
        "yours_alone_plan": _(
            "Only you can read your plan: neither your trainer nor HR can. It saves itself."
        ),
        "only_here_plan": _(
            "There is no connection to the course from here. The plan is kept in this browser only."
        ),
        "looks_like_cpr": _("This looks like a CPR number. Delete it: such numbers are never stored here."),
        "delete_plan": _("Delete the plan"),
        "delete_plan_question": _("Do you want to delete all that you have written in the plan?"),
        "yes_delete_plan": _("Yes, delete it"),
        "no_go_on_writing": _("No, go on writing"),
        "plan_deleted": _("The plan is deleted."),
        "not_done_no_connection": _(
            "That could not be done: there is no connection to the course. Try again in a moment."
        ),
    }


def _rows() -> dict[str, str]:
    return {
        "agreements": _("Agreements"),
        "row_number": _("Agreement {n}"),
        "add_row": _("Add a row"),
        "remove_row": _("Remove agreement {n}"),
        "row_added": _("Agreement {n} is added."),
        "row_removed": _("The row is removed."),
    }


def _finishing() -> dict[str, str]:
    return {
        "plan_is_finished": _("The plan is finished"),
        "is_finished": _("Finished"),
        "finished_on": _("You finished the plan {when}. You can go on changing it."),
        "finishing": _("A moment …"),
        "not_finished_yet": _("Something is left before the plan is finished"),
        "finish_choose_first": _("Choose first which text to keep."),
        "finish_not_saved": _("The plan is not saved yet, so it cannot be finished. Try again in a moment."),
        "check_plan": _("See whether anything is left"),
        "nothing_left": _("Every question is answered."),
    }


def _taking() -> dict[str, str]:
    return {
        "take_it_with_you": _("Take the plan with you"),
        "print_plan": _("Print"),
        "download_plan": _("Download as text"),
        "download_reminder": _("Download a reminder for my calendar"),
        "reminder_told": _(
            "The reminder is a file for your calendar: {when}. It holds your plan and is marked as private."
        ),
        "reminder_asks": _("When the day comes, ask yourself:"),
        "not_answered": _("Not answered"),
    }


def _two_texts() -> dict[str, str]:
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
