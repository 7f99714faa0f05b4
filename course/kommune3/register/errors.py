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
    """The attempt or reflection was made with another version of the activity than the course now has."""


class KeyReused(AttemptRefused):
    """The key was stored before, for another activity or other choices."""


class ReflectionRefused(AttemptRefused):
    """A reflection that is not stored. No message repeats what was written."""


class InvalidAnswers(ReflectionRefused):
    """Another number of answers than the reflection has questions."""


class HoldsCpr(ReflectionRefused):
    """An answer holds what may be a CPR number; nothing of it was stored."""


class TooLong(ReflectionRefused):
    """The answers are longer than a reflection may be; nothing of it was stored."""


class AlreadyMarked(ReflectionRefused):
    """The trainer has read it, so that it can be neither changed nor withdrawn."""


class NothingSent(ReflectionRefused):
    """There is nothing to withdraw."""


class CohortError(RegisterError):
    """A cohort that cannot be made or changed as asked."""


class UnknownCohort(CohortError):
    """There is no such cohort."""


class LastTrainer(CohortError):
    """Somebody who cannot be taken out, since nobody else trains the cohort."""


class NotYours(RegisterError):
    """A reflection that the one who asks may not read, whether or not there is one."""


class InvalidMark(RegisterError):
    """A mark that cannot be: an unknown state, or points that are no number."""
