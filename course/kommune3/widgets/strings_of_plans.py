"""The interface strings of plans."""

from __future__ import annotations

from kommune3.i18n import gettext as _

from .strings_of_texts import storing, two_texts


def plan_strings() -> dict[str, str]:
    """A plan's strings."""
    return storing() | _changed() | _writing() | _rows() | _finishing() | _taking() | two_texts()


def _changed() -> dict[str, str]:
    return {
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
