"""Asking a service that runs as a process, without giving up while the machine is busy with other tests."""

from __future__ import annotations

from functools import partial

import httpx2

SECONDS = 60
PLAIN = False
"""No service here has a certificate; to read those of all authorities takes fifty times as long as to ask."""

get = partial(httpx2.get, timeout=SECONDS, verify=PLAIN)
post = partial(httpx2.post, timeout=SECONDS, verify=PLAIN)
put = partial(httpx2.put, timeout=SECONDS, verify=PLAIN)
delete = partial(httpx2.delete, timeout=SECONDS, verify=PLAIN)
client = partial(httpx2.Client, timeout=SECONDS, verify=PLAIN)
