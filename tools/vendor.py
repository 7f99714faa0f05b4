"""Keep the design system, typeface, MathJax and reveal.js that the package ships equal to the npm packages.

python tools/vendor.py          copy them from node_modules, which `npm ci` has filled
python tools/vendor.py --check  fail when a shipped file differs
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "course" / "kommune3"
PACKAGES = ROOT / "node_modules"

SITE, LAB, SLIDES = "site/static/vendor", "lab/static/vendor", "slides/static/vendor"
FILES = {
    f"{SITE}/designsystemet/designsystemet.css": "@digdir/designsystemet-css/dist/src/index.css",
    f"{SITE}/designsystemet/theme.css": "@digdir/designsystemet-css/dist/theme/designsystemet.css",
    f"{SITE}/designsystemet/LICENSE": "@digdir/designsystemet-css/LICENSE",
    f"{SITE}/figtree/figtree-latin-wght-normal.woff2": (
        "@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2"
    ),
    f"{SITE}/figtree/LICENSE": "@fontsource-variable/figtree/LICENSE",
    f"{LAB}/mathjax/tex-svg.js": "mathjax/es5/tex-svg.js",
    f"{LAB}/mathjax/LICENSE": "mathjax/LICENSE",
    f"{SLIDES}/reveal/reveal.js": "reveal.js/dist/reveal.js",
    f"{SLIDES}/reveal/reveal.css": "reveal.js/dist/reveal.css",
    f"{SLIDES}/reveal/LICENSE": "reveal.js/LICENSE",
}
"""Each shipped file, and the file of an npm package that it is a copy of."""
SHORTENED = f"{SITE}/designsystemet/designsystemet.css"
COMPONENTS = frozenset(
    (
        "alert",
        "breadcrumbs",
        "button",
        "details",
        "field",
        "heading",
        "input",
        "label",
        "link",
        "skip-link",
        "table",
    )
)
"""What the pages use of the design system; the rest of its sheet is left out, as every browser must read it
before it shows anything."""


def content(name: str, packages: Path = PACKAGES) -> bytes:
    """What a shipped file holds: the package's own, the design system's sheet without unused components."""
    whole = (packages / FILES[name]).read_bytes()
    if name != SHORTENED:
        return whole
    return "".join(used_blocks(whole.decode("utf-8"))).encode("utf-8")


def used_blocks(sheet: str) -> Iterator[str]:
    """The blocks of a sheet that every page needs (``ds.base``) or that style one of COMPONENTS."""
    for block in top_blocks(sheet):
        component = re.search(r"\.ds-([a-z-]+)", block)
        if component is None or block.startswith("@layer ds.base") or component[1] in COMPONENTS:
            yield block


def top_blocks(sheet: str) -> Iterator[str]:
    """The statements and blocks of a minified sheet that stand in no other, each with its end."""
    depth = start = 0
    for found in re.finditer(r"""\"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[{};]""", sheet):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0] in "};":
            yield sheet[start : found.end()]
            start = found.end()
    if rest := sheet[start:].strip():
        yield rest


def differences(shipped: Path = SHIPPED, packages: Path = PACKAGES) -> list[str]:
    """What is wrong with the shipped files, one line each."""
    found = (
        file for folder in (SITE, LAB, SLIDES) for file in (shipped / folder).rglob("*") if file.is_file()
    )
    there = {file.relative_to(shipped).as_posix() for file in found}
    wrong = [f"{name}: no package has this file" for name in sorted(there - FILES.keys())]
    for name, origin in FILES.items():
        if not (packages / origin).is_file():
            wrong.append(f"{origin}: not installed; run npm ci")
        elif name not in there or (shipped / name).read_bytes() != content(name, packages):
            wrong.append(f"{name}: not the same as {origin}; run tools/vendor.py")
    return wrong


def copy() -> None:
    """Take every file from its package."""
    for name in FILES:
        (SHIPPED / name).parent.mkdir(parents=True, exist_ok=True)
        (SHIPPED / name).write_bytes(content(name))


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
