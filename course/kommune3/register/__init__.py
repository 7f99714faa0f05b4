"""The register: people, attempts, completions and the audit log. It is the truth about who did what."""

from . import attempts, people, progress, roster, samples
from .errors import (
    AttemptRefused,
    InvalidAttempt,
    InvalidPerson,
    KeyReused,
    RegisterError,
    RegisterFull,
    RosterStale,
    UnknownActivity,
    UnknownPerson,
    VersionChanged,
)
from .people import Person
from .store import Register, open_register

__all__ = [
    "AttemptRefused",
    "InvalidAttempt",
    "InvalidPerson",
    "KeyReused",
    "Person",
    "Register",
    "RegisterError",
    "RegisterFull",
    "RosterStale",
    "UnknownActivity",
    "UnknownPerson",
    "VersionChanged",
    "attempts",
    "open_register",
    "people",
    "progress",
    "roster",
    "samples",
]
