"""JupyterLab's own words in the course's language, as a language pack that is made anew at each start.

JupyterLab finds a pack by its entry point. This one lies in Jupyter's folder and is on the path of our own
Jupyter, so that nothing is installed and no other Jupyter on the machine changes its language. Its source is
``locale/<language>/LC_MESSAGES/jupyterlab.po``: what learners and trainers meet, not all of JupyterLab.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from kommune3.i18n import LOCALES

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

DOMAIN = "jupyterlab"
PLUGIN = "@jupyterlab/translation-extension:plugin"
"""The setting of JupyterLab that names its language."""


def source(language: str) -> Path:
    """Where the words of a language are; there is no such file for English, nor for others yet."""
    return LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def write(folder: Path, language: str) -> bool:
    """Make the language's pack in a folder that Python will look into; whether there is one."""
    if not source(language).is_file():
        return False
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source(language).open("rb") as file:
        catalog = read_po(file, locale=language, domain=DOMAIN)
    module = f"jupyterlab_language_pack_{language}"
    words, told = folder / module / "locale" / language / "LC_MESSAGES", folder / f"{module}-1.0.dist-info"
    for place in (words, told):
        place.mkdir(parents=True, exist_ok=True)
    (folder / module / "__init__.py").write_text("", encoding="utf-8")
    (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n", encoding="utf-8")
    (told / "entry_points.txt").write_text(
        f"[jupyterlab.languagepack]\n{language} = {module}\n", encoding="utf-8"
    )
    (words / f"{DOMAIN}.json").write_text(json.dumps(table(catalog, language)), encoding="utf-8")
    with (words / f"{DOMAIN}.mo").open("wb") as compiled:
        write_mo(compiled, catalog)
    return True


def table(catalog: Catalog, language: str) -> dict[str, object]:
    """The catalog as JupyterLab's page reads it: each message, after its context, with its forms."""
    head = {"domain": DOMAIN, "language": language, "plural_forms": catalog.plural_forms, "version": "1.0"}
    return {"": head} | {key(message): forms(message) for message in catalog if message.id}


def key(message: Message) -> str:
    """What the page looks a message up by."""
    first = str(message.id[0] if isinstance(message.id, list | tuple) else message.id)
    return f"{message.context}\x04{first}" if message.context else first


def forms(message: Message) -> list[str]:
    """The message's translation; more than one where it counts something."""
    return list(message.string) if isinstance(message.string, list | tuple) else [str(message.string)]
