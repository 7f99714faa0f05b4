"""The widgets' interface strings in the language in use. JavaScript reads them as ``t("key")``."""

from __future__ import annotations

from kommune3.i18n import gettext as _

from .strings_of_language import language_strings
from .strings_of_plans import plan_strings
from .strings_of_texts import hand_in_strings as own_strings
from .strings_of_texts import reflection_strings
from .strings_open_ended import assessment_strings, comparison_strings, map_strings


def strings(kind: str) -> dict[str, str]:
    """The strings that this kind of widget shows; {names} in them are filled in on the page."""
    texts = {"reflection": reflection_strings, "plan": plan_strings, "language": language_strings}
    if kind in texts:
        return _saving() | texts[kind]()
    own = _OWN[kind]()
    asking = _asking() if kind in {"quiz", "sorter", "citizen_map"} else {}
    placing = _placing() if kind in {"sorter", "citizen_map"} else {}
    scoring = _scoring() if kind in {"quiz", "sorter"} else {}
    recording = _recording() if kind != "table" else {}
    return _saving() | recording | asking | placing | scoring | own


def hand_in_strings() -> dict[str, str]:
    """The strings of the button that hands a notebook in."""
    return _saving() | own_strings()


def _saving() -> dict[str, str]:
    return {
        "saving": _("Saving …"),
        "saved": _("Saved"),
        "not_saved_yet": _("Not saved yet: we keep trying."),
        "offline": _("No connection: your choices are saved when you are online again."),
        "cannot_store": _("The server cannot save anything right now. We keep trying."),
        "signed_out": _("You have been signed out. Sign in again in another tab, and try again here."),
        "forbidden": _("You do not have access to save here."),
        "not_recording": _("Nothing is saved until you load the page again."),
        "kept_here": _("Kept in this browser only"),
        "kept_nowhere": _("Your way is not kept: the browser does not let us."),
        "kernel_silent": _("No answer from the notebook. Run the cell again, and try again."),
        "keep_open": _("The browser cannot keep a copy, so leave the page open until it says saved."),
        "try_again": _("Try again"),
    }


def _recording() -> dict[str, str]:
    return {
        "exercise_changed": _(
            "The exercise was changed while you had it open. Load the page to get the new one."
        ),
        "load_again": _("Load the page again"),
        "changed_since": _("The exercise has been changed since you were here, so you begin again."),
        "step_refused": _("We could not save your last step."),
        "resumed": _("You go on where you left off."),
        "stored_way": _("You have been here before, and your way then is kept."),
        "go_on_there": _("Go on where I left off"),
        "also_elsewhere": _("You also went on in another tab or on another device. Your way there is kept."),
        "went_on_elsewhere": _("You went on in another tab or on another device. Here is where you got to."),
    }


def _over() -> dict[str, str]:
    return {"start_over": _("Start over"), "started_over": _("You have started over.")}


def _asking() -> dict[str, str]:
    return {
        "sending": _("Sending your answer …"),
        "answer_is_kept": _("We have your answer. The feedback comes when there is a connection."),
    }


def _placing() -> dict[str, str]:
    return {
        "moves_not_kept": _(
            "The browser does not let us keep where you have put the cards."
            " Finish the exercise before you leave the page."
        ),
    }


def _scoring() -> dict[str, str]:
    return {
        "passed": _("That is {score} per cent. You have passed; the limit is {mark} per cent."),
        "not_passed": _("That is {score} per cent. The limit is {mark} per cent. Try as often as you like."),
    }


def _scenario() -> dict[str, str]:
    return _over() | _play() | _indicators() | _look_back()


def _play() -> dict[str, str]:
    return {
        "scenario_minutes": _("Scenario · about {minutes} minutes"),
        "about_this": _("About this scenario"),
        "choice_n": _("Choice {n}"),
        "choice_n_of": _("Choice {n} of {total}"),
        "what_do_you_do": _("What do you do?"),
        "before_you_see": _("Before you see what happens"),
        "pick_a_reaction": _("Pick what you expect first."),
        "see_what_happens": _("See what happens"),
        "choose_something_else": _("Choose something else"),
        "you_chose": _("You chose:"),
        "this_happens": _("This is what happens"),
        "as_expected": _("It went as you expected: {met}"),
        "not_as_expected": _("You expected: {expected} What happened: {met}"),
        "go_on": _("Go on"),
        "see_how_it_ended": _("See how it ended"),
        "one_step_back": _("One step back"),
        "went_back": _("You are one step back."),
        "start_over_question": _("Do you want to start over? You have made several choices."),
        "yes_start_over": _("Yes, start over"),
        "no_stay_here": _("No, stay here"),
    }


def _indicators() -> dict[str, str]:
    return {
        "indicators": _("How things stand"),
        "of_100": _("out of 100"),
        "up": _("up"),
        "down": _("down"),
        "rose": _("{name} rose {by} to {value} ({level})"),
        "fell": _("{name} fell {by} to {value} ({level})"),
        "nothing_moved": _("None of the figures moved."),
        "what_figures_mean": _("The authors' estimates, from 0 to 100. What do they mean?"),
    }


def _look_back() -> dict[str, str]:
    return {
        "how_it_ended": _("How it ended"),
        "three_look_back": _("Three look back"),
        "citizen": _("The citizen"),
        "colleague": _("The experienced colleague"),
        "law": _("The law"),
        "source": _("Source:"),
        "your_way": _("Your way"),
        "your_way_so_far": _("Your way so far"),
        "see_each_choice": _("See each choice, and what else you could have done"),
        "also_possible": _("You could also have:"),
        "try_another_way": _("Try another way"),
        "chart_caption": _("The indicators after each choice, from 0 to 100."),
        "chart_told_below": _("The figures are in the list and the table below."),
        "chart_as_table": _("The chart as a table"),
        "after_choice": _("After choice {n}"),
        "at_start": _("At the start"),
    }


def _quiz() -> dict[str, str]:
    return {
        "quiz_of": _("Quiz · {total} questions"),
        "question_n": _("Question {n} of {total}"),
        "pick_an_answer": _("Pick an answer first."),
        "answer": _("Answer"),
        "fetching_answers": _("Fetching your answers …"),
        "right": _("Right"),
        "not_right": _("Not quite"),
        "your_answer": _("Your answer:"),
        "next_question": _("Next question"),
        "see_the_result": _("See the result"),
        "right_of": _("You answered {right} of {total} right"),
        "your_answers": _("Your answers"),
        "take_it_again": _("Take the quiz again"),
    }


def _sorter() -> dict[str, str]:
    return _over() | {
        "sorter_of": _("Sort · {total} statements"),
        "n_of": _("{n} of {total}"),
        "n_of_lies_in": _("{n} of {total} · now in {pile}"),
        "places_mean": _("What do the piles mean?"),
        "previous": _("Previous"),
        "skip": _("Skip"),
        "leave": _("Leave it there"),
        "piles": _("The piles"),
        "one_here": _("1 statement"),
        "n_here": _("{n} statements"),
        "placed_left": _("Now in {pile}. {n} left."),
        "placed_last": _("Now in {pile}. None are left."),
        "all_sorted": _("Every statement has a place"),
        "look_or_check": _("Press a statement in a pile to move it, or check."),
        "check": _("Check"),
        "check_again": _("Check again"),
        "check_when_all": _("When every statement has a place, you can check."),
        "placed_right": _("{right} of {total} are in the right place"),
        "you_put_it": _("You put it here: {pile}"),
        "right_place": _("Right place"),
        "wrong_place": _("It belongs somewhere else"),
        "move_and_check": _("Move those that belong somewhere else, and check again."),
        "move_them": _("Move them"),
        "move_it": _("Move"),
        "move_item": _("Move: {item}"),
        "those_right": _("In the right place: {n}"),
    }


def _table() -> dict[str, str]:
    return {
        "table_of": _("Explore · {total} rows"),
        "row_n": _("Row {n} of {total}"),
        "previous": _("Previous"),
        "next": _("Next"),
    }


_OWN = {
    "scenario": _scenario,
    "quiz": _quiz,
    "sorter": _sorter,
    "table": _table,
    "citizen_map": map_strings,
    "comparison": comparison_strings,
    "assessment": assessment_strings,
}
