"""What can go wrong in the register. Each message can be shown to the person who asked."""

from __future__ import annotations


class RegisterError(Exception):
    """The register cannot be used as asked; the message says why and what to do."""


class RegisterFull(RegisterError):
    """There was no room to store it, and nothing of it was stored."""


class UnknownPerson(RegisterError):
    """No person in the register has this id."""


class InvalidPerson(RegisterError):
    """An id, name or other detail that the register does not take."""


class RosterStale(RegisterError):
    """The register changed after the roster was previewed; nothing was imported."""


class AttemptRefused(RegisterError):
    """An attempt that is not stored; an impossible path raises ``ImpossiblePath`` instead."""


class InvalidAttempt(AttemptRefused):
    """Too many choices, a choice that is too long, or a key that is not a UUID."""


class UnknownActivity(AttemptRefused):
    """The course has no such activity, or the activity has nothing to record."""


class VersionChanged(AttemptRefused):
    """The attempt was made with another version of the activity than the course now has."""


class KeyReused(AttemptRefused):
    """The key was stored before, for another activity or other choices."""
