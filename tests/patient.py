"""Asking a service that runs as a process, without giving up while the machine is busy with other tests."""

from __future__ import annotations

from functools import partial

import httpx2

SECONDS = 60

get = partial(httpx2.get, timeout=SECONDS)
post = partial(httpx2.post, timeout=SECONDS)
put = partial(httpx2.put, timeout=SECONDS)
delete = partial(httpx2.delete, timeout=SECONDS)
client = partial(httpx2.Client, timeout=SECONDS)
