"""A trainer's JupyterLab: formgrader on own cohorts, and nothing that could run what a learner wrote.

No kernels, no terminals, files to read only, and Jupyter folders of its own: the person's ``~/.jupyter`` is
neither read nor changed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kommune3.grading.course_dir import home

from .formgrader_cohorts import DATA, PERSON
from .running import write_private

FRONT = "/lab?formgrader=true"
"""The address that opens JupyterLab with formgrader in it."""

EXTENSIONS = {
    "jupyterlab": True,
    "kommune3.lab.formgrader": True,
    "jupyter_lsp": False,
    "jupyter_server_terminals": False,
    "notebook": False,
    "notebook_shim": False,
    "nbgrader": False,
    "nbgrader.server_extensions.formgrader": False,
    "nbgrader.server_extensions.validate_assignment": False,
    "nbgrader.server_extensions.assignment_list": False,
    "nbgrader.server_extensions.course_list": False,
}
PLUGINS_OFF = (
    "@jupyter/nbgrader:menu",
    "@jupyter/nbgrader:assignment-list",
    "@jupyter/nbgrader:course-list",
    "@jupyter/nbgrader:create-assignment",
    "@jupyter/nbgrader:validate-assignment",
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/debugger-extension",
    "@jupyterlab/fileeditor-extension:language-server",
    "@jupyterlab/extensionmanager-extension",
    "@jupyterlab/launcher-extension",
    "@jupyterlab/lsp-extension",
    "@jupyterlab/notebook-extension:language-server",
    "@jupyterlab/running-extension",
    "@jupyterlab/terminal-extension",
    "@jupyterlab/workspaces-extension:sidebar",
)
OVERRIDES: dict[str, Any] = {
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "doNotDisturbMode": True,
        "fetchNews": "false",
    },
    "@jupyterlab/statusbar-extension:plugin": {"visible": False},
    "@jupyterlab/mainmenu-extension:plugin": {
        "menus": [
            {"id": "jp-mainmenu-kommune3", "label": "Formgrader", "rank": 1,
             "items": [{"command": "nbgrader:open-formgrader", "rank": 1}]},
            *({"id": f"jp-mainmenu-{name}", "disabled": True} for name in ("edit", "run", "kernel", "tabs")),
        ]
    },
}  # fmt: skip


def prepare(data_dir: Path, person: str) -> dict[str, str]:
    """Write the settings of the trainer's JupyterLab; returns the environment to start ``jupyterlab`` in."""
    place = data_dir.resolve() / "jupyter" / f"{person}-trainer"
    files = home(data_dir.resolve())
    files.mkdir(parents=True, exist_ok=True)
    config = place / "config"
    write_private(config / "jupyter_server_config.json", json.dumps(server_config(place, files), indent=1))
    lab = config / "labconfig"
    off = dict.fromkeys(PLUGINS_OFF, True)
    write_private(lab / "page_config.json", json.dumps({"disabledExtensions": off}, indent=1))
    write_private(lab / "default_setting_overrides.json", json.dumps(OVERRIDES, indent=1))
    folders = {"CONFIG": config, "DATA": place / "data", "RUNTIME": place / "runtime"}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    jupyter = {f"JUPYTER_{name}_DIR": str(folder) for name, folder in folders.items()}
    own = {"IPYTHONDIR": str(place / "ipython"), DATA: str(data_dir.resolve()), PERSON: person}
    return jupyter | own


def server_config(place: Path, files: Path) -> dict[str, Any]:
    """Jupyter's settings, all of them configurable traits."""
    return {
        "ServerApp": {
            "root_dir": str(files),
            "ip": "127.0.0.1",
            "open_browser": False,
            "allow_root": True,
            "default_url": FRONT,
            "terminals_enabled": False,
            "contents_manager_class": "kommune3.lab.formgrader_files.CohortFiles",
            "jpserver_extensions": EXTENSIONS,
        },
        "IdentityProvider": {"cookie_options": {"path": "/", "samesite": "Strict", "httponly": True}},
        "KernelSpecManager": {"allowed_kernelspecs": ["none"], "ensure_native_kernel": False},
        "LabApp": {
            "news_url": None,
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "extension_manager": "readonly",
            "user_settings_dir": str(place / "settings"),
            "workspaces_dir": str(place / "workspaces"),
        },
    }
