"""Where a course's files lie: the base, and a municipality's own files beside it, which win."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

import kommune3
from kommune3.i18n import gettext as _

from .document import fault


def base_root() -> Path:
    """The folder that holds ``course/`` and ``modules/``: inside the wheel, else the checkout."""
    package = Path(kommune3.__file__).resolve().parent
    shipped = package / "_content"
    return shipped if shipped.is_dir() else package.parents[1]


@dataclass(frozen=True)
class Places:
    """A course's root and, if there is one, the overlay."""

    root: Path
    overlay: Path | None = None

    def manifests(self, name: str) -> list[tuple[Path, str]]:
        """Path and shown name of the base's file under ``course/`` and of the overlay's, if it is there."""
        found = [(self.root / "course" / name, f"course/{name}")]
        if self.overlay is not None and (self.overlay / name).exists():
            found.append((self.overlay / name, self.shown(name)))
        return found

    def shown(self, relative: str) -> str:
        """What an overlay's file is called in messages."""
        return relative if self.overlay is None else f"{self.overlay.name}/{relative}"

    def writable(self, name: str) -> str:
        """What the manifest file is called that an author may write in, whether or not it is there."""
        return f"course/{name}" if self.overlay is None else self.shown(name)

    def roots(self) -> list[tuple[Path, bool]]:
        """The folders to look in, the overlay first; whether each is the overlay."""
        own = [] if self.overlay is None else [(self.overlay, True)]
        return [*own, (self.root, False)]

    def find(self, relative: str) -> tuple[Path, str] | None:
        """Path and shown name of a file, the overlay's if it has one; none if nobody has it.

        Raises ContentError where the path leads out of its folder.
        """
        refuse_escape(relative)
        for folder, own in self.roots():
            path = folder / relative
            if _is_file(path):
                _refuse_link(path, folder, relative)
                return path, self.shown(relative) if own else relative
        return None

    def logo(self, relative: str) -> Path | None:
        """The logo's file, beside the overlay's or the base's course.toml. Raises ContentError."""
        refuse_escape(relative)
        for folder in [self.overlay, self.root / "course"]:
            if folder is not None and _is_file(folder / relative):
                _refuse_link(folder / relative, folder, relative)
                return folder / relative
        return None


def refuse_escape(relative: str) -> None:
    """Raise ContentError unless the path stays below its folder on every system."""
    windows = PureWindowsPath(relative)
    parts = PurePosixPath(relative).parts
    if windows.drive or windows.root or ".." in parts or "\\" in relative or ":" in relative:
        raise fault(relative, None, _("leads out of the course's folder"), _path_hint())


def _is_file(path: Path) -> bool:
    """Whether there is such a file; a name that is too long for the system has none."""
    try:
        return path.is_file()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return False
        raise


def _refuse_link(path: Path, folder: Path, relative: str) -> None:
    if not path.resolve().is_relative_to(folder.resolve()):
        what = _("is a link that leads out of the course's folder")
        raise fault(relative, None, what, _("Put the file itself there"))


def _path_hint() -> str:
    return _('Write the path from the course\'s folder with / between names, like "modules/common/01.ipynb"')
