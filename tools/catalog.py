"""Keep the interface catalogs in step with the code.

python tools/catalog.py          take new strings from Python and templates into every catalog
python tools/catalog.py --check  fail when a catalog is out of date or a string lacks its translation
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

from kommune3.i18n import po
from kommune3.i18n.strings import AUTHORS, LEARNERS, READERS, STAFF

PACKAGE = Path(__file__).resolve().parents[1] / "course" / "kommune3"
METHODS = [("site/templates/**.html", "jinja2"), ("slides/templates/**.html", "jinja2")]
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
}
READ_BY = (
    (STAFF, ("site/hr", "site/trainer", "site/material", "lab/formgrader", "lab/trainer")),
    (
        STAFF,
        ("site/templates/hr", "site/templates/trainer", "site/templates/roster", "site/templates/material"),
    ),
    (STAFF, ("grading", "register", "report", "slides")),
    (LEARNERS, ("charts", "engine", "lab/live", "notebook", "service", "site", "widgets")),
)
"""Who reads what a file says, by how its path begins; the first that fits. Authors read the rest."""
HEADER = "# The interface in the language of this folder. Kept in step with the code by tools/catalog.py."


def extract(package: Path = PACKAGE) -> Catalog:
    """A catalog without translations of every string that the package shows."""
    found = Catalog(domain="kommune3", charset="utf-8")
    for file in sorted(package.rglob("*.py")):
        for text in from_python(file.read_text(encoding="utf-8")):
            found.add(text, auto_comments=[reader(file.relative_to(package).as_posix())])
    rows = extract_from_dir(package, METHODS, keywords=KEYWORDS)
    for path, _line, message, _comments, context in rows:
        found.add(message, context=context, auto_comments=[reader(Path(path).as_posix())])
    for each in found:
        each.auto_comments = [who for who in READERS if who in each.auto_comments][:1]
    return found


def reader(path: str) -> str:
    """Who reads what a file of the package says."""
    return next((who for who, starts in READ_BY if path.startswith(starts)), AUTHORS)


def from_python(source: str) -> Iterator[str | tuple[str, str]]:
    """The strings that Python code has translated, singular and plural together.

    Read from the syntax tree: Babel's tokenizer misses what stands inside an f-string before Python 3.12.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            wanted = KEYWORDS[node.func.id] or (1,)
            texts = [one.value for one in node.args[: len(wanted)] if isinstance(one, ast.Constant)]
            strings = [text for text in texts if isinstance(text, str)]
            if len(strings) == len(wanted):
                yield strings[0] if len(wanted) == 1 else (strings[0], strings[1])


def catalogs(package: Path = PACKAGE) -> list[Path]:
    """The catalog files that are shipped."""
    return sorted(package.glob("locale/*/LC_MESSAGES/kommune3.po"))


def read(path: Path) -> Catalog:
    """The catalog in a file, its language taken from the folder it lies in."""
    return po.read(path.read_text(encoding="utf-8"), path.parts[-3])


def merged(path: Path, template: Catalog) -> Catalog:
    """The file's catalog with new strings added and those gone removed; nothing is guessed."""
    catalog = read(path)
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.header_comment, catalog.fuzzy = HEADER, False
    return catalog


def problems(path: Path, template: Catalog) -> list[str]:
    """What is wrong with a catalog, one line each; empty when it is complete and in step."""
    catalog, name = read(path), "/".join(path.parts[-3:])
    known = {message.id for message in template if message.id}
    found = [f'{name}: "{message.id}" is not translated' for message in catalog if po.untranslated(message)]
    found += [
        f'{name}: "{message.id}" is marked fuzzy' for message in catalog if message.id and message.fuzzy
    ]
    found += [f'{name}: "{m}" is missing; run tools/catalog.py' for m in known - {x.id for x in catalog}]
    for message in catalog:
        if message.id and message.id not in known:
            found.append(f'{name}: "{message.id}" is used nowhere; run tools/catalog.py')
        found += [f'{name}: "{message.id}": {error}' for error in message.check(catalog)]
    if not found and path.read_bytes() != po.written(merged(path, template)):
        found.append(f"{name}: out of step with the code; run tools/catalog.py")
    return sorted(found)


def main(arguments: list[str] | None = None) -> int:
    """Merge, or with --check report; 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; fail on a gap")
    check = parser.parse_args(arguments).check
    template, wrong = extract(), []
    for path in catalogs():
        if not check:
            fresh = path.with_suffix(".new")
            fresh.write_bytes(po.written(merged(path, template)))
            fresh.replace(path)  # whole or not at all: somebody else may be reading
        wrong += problems(path, template)
    print("\n".join(wrong) or "The catalogs are complete.")
    return 1 if wrong and check else 0


if __name__ == "__main__":
    sys.exit(main())
