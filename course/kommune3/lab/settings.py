"""Settings of a learner's JupyterLab: quiet, reduced, and apart from the machine's own Jupyter.

Everything lies under ``KOMMUNE3_DATA/jupyter/<person>/``; nothing is read from or written to ``~/.jupyter``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kommune3 import i18n
from kommune3.i18n import gettext as _

from . import language

CONFIG = Path(__file__).parent / "config"
WORDS = "words"
"""Where, beside Jupyter's own folders, Python looks first: its words in the course's language are there."""
LABEXTENSIONS = Path(__file__).parent / "labextensions"
"""What JupyterLab's page loads of ours; no installation needed."""
WITHOUT = {"rfc3987_syntax.py": 'raise ImportError("not needed here")\n'}
"""What Jupyter goes on without: jsonschema would make a parser for IRIs, in more than half the seconds that
JupyterLab needs to start, and nothing of Jupyter's has one."""
EXTENSION = "kommune3.lab.extension"
API = "kommune3/api/v1"
"""Where widgets find the service, below the Jupyter server's base address."""
OWN = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
OTHERS = ("JUPYTER_", "JUPYTERLAB_", "JPY_", "IPYTHON", "NBGRADER_")


def places(home: Path) -> dict[str, Path]:
    """The folders that Jupyter is told to use, by environment variable."""
    return dict(zip(OWN, (home / name for name in ("config", "data", "runtime", "ipython")), strict=True))


def environment(home: Path, given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment for a Jupyter of ours: the given one without anybody's Jupyter settings, with ours."""
    kept = {name: value for name, value in given.items() if not name.startswith(OTHERS)}
    ours = {name: str(folder) for name, folder in places(home).items()} | {"KOMMUNE3_API": f"/{API}"}
    ours[i18n.VARIABLE] = i18n.language()
    path = os.pathsep.join(filter(None, (str(home / WORDS), given.get("PYTHONPATH", ""))))
    return kept | ours | {"PYTHONPATH": path}


def prepare(home: Path, server: Mapping[str, Any], looks: Path = CONFIG) -> None:
    """Write the settings: ``server`` are more of the server's, by class; ``looks`` holds JupyterLab's."""
    folders = places(home)
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    config = folders["JUPYTER_CONFIG_DIR"]
    (config / "labconfig").mkdir(exist_ok=True)
    (config / "custom").mkdir(exist_ok=True)
    for source, target in (
        ("page_config.json", "labconfig/page_config.json"),
        ("custom.css", "custom/custom.css"),
    ):
        (config / target).write_bytes((looks / source).read_bytes())
    chosen = json.loads((looks / "overrides.json").read_text(encoding="utf-8"))
    (home / WORDS).mkdir(exist_ok=True)
    for name, text in WITHOUT.items():
        (home / WORDS / name).write_text(text, encoding="utf-8")
    if language.write(home / WORDS, i18n.language()):
        chosen[language.PLUGIN] = {"locale": i18n.language()}
    overrides = config / "labconfig" / "default_setting_overrides.json"
    overrides.write_text(json.dumps(chosen, indent=1) + "\n", encoding="utf-8")
    settings = json.dumps({**quiet(), **server}, ensure_ascii=False, indent=1)
    (config / "jupyter_server_config.json").write_text(settings + "\n", encoding="utf-8")


def quiet() -> dict[str, Any]:
    """Nothing asked of the network, and nothing that a learner has no use for."""
    return {
        "LabApp": {
            "news_url": None,
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "custom_css": True,
            "expose_app_in_browser": True,  # so that handing in can save the notebook first
            "extension_manager": "readonly",
            "extra_labextensions_path": [str(LABEXTENSIONS)],
        }
    }


def server(root: Path, port: int | None) -> dict[str, Any]:
    """The server: this machine alone, the learner's folder, our extension and JupyterLab, no other."""
    chosen = {
        "ip": "127.0.0.1",
        "port": 8888 if port is None else port,
        "port_retries": 50 if port is None else 0,
        "open_browser": False,
        "root_dir": str(root),
        "contents_manager_class": "kommune3.lab.learner_files.LearnerFiles",
        "terminals_enabled": False,
        "allow_remote_access": False,
        "allow_root": True,
        "jpserver_extensions": {
            **dict.fromkeys(installed_extensions(), False),
            "jupyterlab": True,
            EXTENSION: True,
        },
    }
    unnamed = dict.fromkeys(("untitled_notebook", "untitled_file", "untitled_directory"), _("Untitled"))
    return {"ServerApp": chosen, "ContentsManager": unnamed}


def installed_extensions() -> list[str]:
    """The server extensions that the machine would load by itself."""
    from jupyter_core.paths import jupyter_config_path

    found: set[str] = set()
    for place in jupyter_config_path():
        for file in [
            Path(place, "jupyter_server_config.json"),
            *Path(place, "jupyter_server_config.d").glob("*.json"),
        ]:
            found |= _named(file)
    return sorted(found - {EXTENSION})


def _named(file: Path) -> set[str]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return set(told["ServerApp"]["jpserver_extensions"])
    except (OSError, ValueError, KeyError, TypeError):
        return set()
