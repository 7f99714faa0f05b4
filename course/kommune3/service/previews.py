"""Roster previews waiting for their confirmation: in memory, few, and not for long."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from kommune3.register.roster import Preview

MINUTES = 30
MOST = 5
"""In all; each holds the whole staff, some 45 MB for 100,000 people."""


class Previews:
    """Previews by a token that only the one who uploaded the roster has."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._waiting: OrderedDict[str, tuple[float, str, Preview]] = OrderedDict()

    def keep(self, person_id: str, preview: Preview, token: str = "") -> str:
        """Keep a preview for a person, again where it has a token; returns the token that confirms it."""
        token = token or secrets.token_urlsafe(16)
        with self._lock:
            self._forget()
            self._waiting[token] = (self._clock() + MINUTES * 60, person_id, preview)
            while len(self._waiting) > MOST:
                self._waiting.popitem(last=False)
        return token

    def take(self, person_id: str, token: str) -> Preview | None:
        """The person's preview, once; None where it is unknown, too old or somebody else's."""
        with self._lock:
            self._forget()
            _until, owner, preview = self._waiting.get(token, (0.0, "", None))
            if owner != person_id or preview is None:
                return None
            del self._waiting[token]
            return preview

    def _forget(self) -> None:
        """Let go of what is too old: it names people."""
        now = self._clock()
        for token in [token for token, (until, *_rest) in self._waiting.items() if until <= now]:
            del self._waiting[token]
