"""Who asks. An authenticator turns a request into an identity; nothing else in the service does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, get_args

from starlette.requests import HTTPConnection

Role = Literal["learner", "trainer", "hr", "admin"]
ROLES: frozenset[Role] = frozenset(get_args(Role))

LOCAL_PERSON = "local"


@dataclass(frozen=True)
class Identity:
    """A signed-in person: the id in the register, and what this person may be here."""

    person_id: str
    roles: frozenset[Role]


Authenticate = Callable[[HTTPConnection], Awaitable[Identity | None]]
"""Returns who makes the request, or None for somebody who is not signed in."""


async def the_person_at_the_machine(connection: HTTPConnection) -> Identity | None:
    """Local mode: whoever reaches the loopback address is the person at the machine, with every role."""
    return Identity(LOCAL_PERSON, ROLES)
