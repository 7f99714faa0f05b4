"""A Jupyter server extension: it hands the widgets' calls on to the service, and nothing else to nobody else.

``KOMMUNE3_SERVICE`` is the service's address; without it the service of this machine is found by
``KOMMUNE3_DATA``. ``KOMMUNE3_TOKEN`` is the learner's, where the service asks for one.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.utils import url_path_join

from kommune3 import i18n

from .forwarding import FORWARD, Forward, HandIn
from .outputs import keep_outputs


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    i18n.inherit()
    prefix = url_path_join(server.web_app.settings["base_url"], "kommune3/api/")
    hand_in = (f"{prefix}v1/assignments/([A-Za-z0-9_-][A-Za-z0-9._-]*)/notebook", HandIn)
    server.web_app.add_handlers(".*$", [hand_in, (prefix + FORWARD, Forward)])
    server.contents_manager.register_pre_save_hook(keep_outputs)
