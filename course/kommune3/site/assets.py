"""The files a page asks for, under addresses that change with their content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
STATIC = PACKAGE / "site" / "static"
FOLDERS = {"": STATIC, "widgets/": PACKAGE / "widgets" / "dist"}
"""What an address starts with after ``/static/``, and the folder it stands for."""
FILES = {
    "exercises.js": PACKAGE / "site" / "dist" / "exercises.js",
    "widgets/widgets.css": PACKAGE / "widgets" / "widgets.css",
}
SHEETS = {
    "css/all.css": (
        "vendor/designsystemet/theme.css",
        "vendor/designsystemet/designsystemet.css",
        "css/page.css",
        "css/parts.css",
        "css/article.css",
        "css/chart.css",
        "widgets/widgets.css",
    ),
}
"""Style sheets sent as one, as every request costs a phone time: the name, and the files in their order.
The municipality's colours are the end of each."""
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    "": "text/plain; charset=utf-8",
}


@dataclass(frozen=True)
class Asset:
    """What to send: one file or several after another, then ``end``; ``immutable`` where the address holds
    their hash, so that they never need asking again."""

    files: tuple[Path, ...]
    media_type: str
    immutable: bool
    end: str = ""


class Assets:
    """The static files by name, for example ``host.js`` or ``widgets/scenario.js``; ``theme`` is the
    municipality's colours, the end of its style sheet."""

    def __init__(self, base: str = "", theme: str = "") -> None:
        self.base, self.theme = base, theme

    @cached_property
    def files(self) -> dict[str, Path]:
        """Every file that may be asked for."""
        found = dict(FILES)
        for start, folder in FOLDERS.items():
            for file in sorted(folder.rglob("*")):
                if file.is_file() and (file.suffix in TYPES):
                    found[start + file.relative_to(folder).as_posix()] = file
        return found

    @cached_property
    def stamp(self) -> str:
        """Ten hex digits that change when anything does that an address with them may lead to."""
        digest = hashlib.sha256(f"{self.theme}\0{SHEETS}".encode())
        for name, file in sorted(self.files.items()):
            if file.is_file():
                digest.update(name.encode() + b"\0" + file.read_bytes())
        return digest.hexdigest()[:10]

    def url(self, name: str) -> str:
        """The address of a file. One stamp for all, so that relative addresses between them hold."""
        return f"{self.base}/static/{self.stamp}/{name}"

    def find(self, path: str) -> Asset | None:
        """The file for what follows ``/static/``, with or without a stamp before it, or None."""
        first, _slash, rest = path.partition("/")
        for name, immutable in ((rest, first == self.stamp), (path, False)):
            files = tuple(self.files[part] for part in SHEETS.get(name, (name,)) if part in self.files)
            if files and all(file.is_file() for file in files):
                end = self.theme if name in SHEETS else ""
                return Asset(files, TYPES.get(files[0].suffix, TYPES[""]), immutable, end)
        return None
