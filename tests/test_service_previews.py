"""Roster previews: for whom, how long, how many."""

from __future__ import annotations

from kommune3.register.roster import Preview
from kommune3.service.previews import MINUTES, MOST, Previews

EMPTY = Preview(new=(), changed=(), returning=(), leaving=(), unchanged=0, warnings=(), token="x")


def test_a_preview_is_confirmed_once_and_by_its_owner_only() -> None:
    previews = Previews()
    token = previews.keep("hanne", EMPTY)
    assert previews.take("aksel", token) is None
    assert previews.take("hanne", "guessed") is None
    assert previews.take("hanne", token) is EMPTY
    assert previews.take("hanne", token) is None


def test_a_preview_does_not_wait_for_ever() -> None:
    now = [0.0]
    previews = Previews(clock=lambda: now[0])
    token = previews.keep("hanne", EMPTY)
    now[0] = MINUTES * 60 + 1
    assert previews.take("hanne", token) is None


def test_what_is_too_old_is_not_kept_in_memory() -> None:
    now = [0.0]
    previews = Previews(clock=lambda: now[0])
    previews.keep("hanne", EMPTY)
    now[0] = MINUTES * 60 + 1
    previews.keep("aksel", EMPTY)
    assert len(previews._waiting) == 1


def test_only_the_newest_previews_are_kept() -> None:
    previews = Previews()
    tokens = [previews.keep("hanne", EMPTY) for _ in range(MOST + 1)]
    assert previews.take("hanne", tokens[0]) is None
    assert previews.take("hanne", tokens[-1]) is EMPTY


def test_a_preview_that_could_not_be_stored_waits_under_the_same_token() -> None:
    previews = Previews()
    token = previews.keep("hanne", EMPTY)
    assert previews.take("hanne", token) is EMPTY
    assert previews.keep("hanne", EMPTY, token) == token
    assert previews.take("hanne", token) is EMPTY
