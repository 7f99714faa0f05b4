"""The interface strings of exercises without a right answer: map, comparison, self-assessment."""

from __future__ import annotations

from kommune3.i18n import gettext as _


def map_strings() -> dict[str, str]:
    """The map's strings."""
    return {
        "map_of": _("Map · {total} to place"),
        "your_map": _("Your map"),
        "our_map": _("Our suggestion"),
        "start_over": _("Start over"),
        "started_over": _("You have started over."),
        **_placing(),
        **_maps_compared(),
    }


def _placing() -> dict[str, str]:
    return {
        "n_left": _("{n} left to place"),
        "stands_in": _("Now in: {place}"),
        "places_mean": _("What do the places mean?"),
        "previous": _("Previous"),
        "skip": _("Skip"),
        "leave": _("Leave there"),
        "placed_left": _("{item}: {place}. {n} left."),
        "placed_last": _("{item}: {place}. Everybody has a place now."),
        "ours_from": _("When {n} have a place, you can see our suggestion. You need not place them all."),
        "ours_from_all": _("When everybody has a place, you can see our suggestion."),
        "may_see_ours": _("You can see our suggestion now, or go on."),
        "see_ours": _("See our suggestion"),
        "see_ours_for_some": _("See our suggestion for those you have placed"),
        "compare_again": _("Compare again"),
        "all_placed": _("Everybody has a place"),
        "move_or_see": _("Press a name on the map to move somebody, or see our suggestion."),
        "not_placed": _("Not placed yet"),
    }


def _maps_compared() -> dict[str, str]:
    return {
        "side_by_side": _("Your map beside ours"),
        "no_right_map": _(
            "There is no right map. Ours is a suggestion from the authors of the course, and you are welcome"
            " to see it differently. Press a name on your map to move somebody."
        ),
        "only_placed": _("Here are the {n} you have placed."),
        "place_rest": _("Place the last {n}"),
        "place_last": _("Place the last one"),
        "why_there": _("Why we put them there"),
        "placed_alike": _("We chose the same place."),
        "placed_apart": _("Our suggestion: {place}"),
        "maps_as_table": _("The two maps as a table"),
        "person": _("Person"),
    }


def comparison_strings() -> dict[str, str]:
    """The comparison's strings."""
    return {
        **_kept_here(),
        "comparison_of": _("Compare the sources · {total} topics"),
        "first_a_stand": _("First: where do you stand?"),
        "where_before": _("What do you think before you read on?"),
        "where_after": _("What do you think now?"),
        "pick_a_step": _("Pick where you stand first."),
        "to_the_sources": _("Go on to the sources"),
        "topic_n": _("Topic {n} of {total}"),
        "previous": _("Previous"),
        "next_topic": _("Next topic"),
        "course_says": _("Here the course itself speaks:"),
        "to_own_voice": _("Go on to what the sources do not show"),
        "not_shown": _("What the sources do not show"),
        "see_before_and_now": _("See before and now"),
        **_before_and_now(),
    }


def _before_and_now() -> dict[str, str]:
    return {
        "before_and_now": _("Before and now"),
        "before": _("Before"),
        "now": _("Now"),
        "before_then_now": _("Before you said: {before}. Now you say: {now}."),
        "same_stand": _("You stand where you stood. That is worth as much as moving."),
        "moved_stand": _("You have moved. That is worth as much as staying where you were."),
        "no_before": _(
            "Now you say: {now}. What you said before is not here: it stays in the browser where you said it."
        ),
        "no_stands": _(
            "You have been through all the topics. What you said is not here: it stays in the browser where"
            " you said it."
        ),
        "topics_again": _("Read the topics again"),
        "change_now": _("Say again where you stand now"),
        "over_and_delete": _("Delete my answers and start over"),
        "started_over": _("You have started over."),
    }


def assessment_strings() -> dict[str, str]:
    """The self-assessment's strings."""
    return {
        **_kept_here(),
        "assessment_of": _("Self-assessment · {total} statements"),
        "changed_since": _("The exercise has been changed since you were here. Look your answers through."),
        "answered_elsewhere": _(
            "You have answered {n} of the {total} before, but not in this browser: your answers stay where"
            " you gave them. Answer here too, if you want to see your profile here."
        ),
        "still_to_answer": _("Statements left to answer: {n}. You can stop now and go on another day."),
        "all_answered": _("You have answered them all. You can still change your mind."),
        "see_profile": _("See your profile"),
        "your_profile": _("Your profile"),
        "profile_caption": _("Where you placed yourself"),
        "statement": _("Statement"),
        "your_level": _("Your answer"),
        "profile_means": _("This is how you see it today. Nobody adds it up, and it is no mark."),
        "lowest": _("To think about, where you are lowest"),
        "highest": _("To think about, where you are highest"),
        "all_alike": _("You answered the same to all of them, so here is something to think about for each."),
        "delete_answers": _("Delete my answers"),
        "delete_question": _("Do you want to delete your answers? They are nowhere but here."),
        "yes_delete": _("Yes, delete them"),
        "no_keep": _("No, keep them"),
        "deleted_answers": _("Your answers are deleted."),
    }


def _kept_here() -> dict[str, str]:
    """What is said where answers are opinions: they stay in the browser, whatever is saved."""
    return {
        "stays_here": _(
            "Your answer stays in this browser. It is never sent anywhere: not to us, your leader, a trainer"
            " or HR. All that is saved is how far you are."
        ),
        "not_kept": _("The browser does not let us keep your answer, so it is gone when you leave the page."),
        "saved": _("It is saved how far you are"),
        "offline": _("No connection: how far you are is saved when you are online again."),
    }
