"""Keep the design system and the typeface that the site ships equal to the pinned npm packages.

python tools/vendor.py          copy them from node_modules, which `npm ci` has filled
python tools/vendor.py --check  fail when a shipped file differs
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "course" / "kommune3" / "site" / "static" / "vendor"
PACKAGES = ROOT / "node_modules"

FILES = {
    "designsystemet/designsystemet.css": "@digdir/designsystemet-css/dist/src/index.css",
    "designsystemet/theme.css": "@digdir/designsystemet-css/dist/theme/designsystemet.css",
    "designsystemet/LICENSE": "@digdir/designsystemet-css/LICENSE",
    "figtree/figtree-latin-wght-normal.woff2": (
        "@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2"
    ),
    "figtree/LICENSE": "@fontsource-variable/figtree/LICENSE",
}
"""Each shipped file, and the file of an npm package that it is a copy of."""


def differences(shipped: Path = SHIPPED, packages: Path = PACKAGES) -> list[str]:
    """What is wrong with the shipped files, one line each."""
    there = {file.relative_to(shipped).as_posix() for file in shipped.rglob("*") if file.is_file()}
    wrong = [f"{name}: no package has this file" for name in sorted(there - FILES.keys())]
    for name, origin in FILES.items():
        if not (packages / origin).is_file():
            wrong.append(f"{origin}: not installed; run npm ci")
        elif name not in there or (shipped / name).read_bytes() != (packages / origin).read_bytes():
            wrong.append(f"{name}: not the same as {origin}; run tools/vendor.py")
    return wrong


def copy() -> None:
    """Take every file from its package."""
    for name, origin in FILES.items():
        (SHIPPED / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PACKAGES / origin, SHIPPED / name)


def main() -> int:
    """Copy, or with --check compare; 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; fail on a difference")
    if not parser.parse_args().check:
        copy()
    wrong = differences()
    print("\n".join(wrong) or "The shipped files are the packages' own.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
