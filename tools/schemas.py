"""Write the JSON Schemas of the content files to course/schemas/, for editors.

python tools/schemas.py          write them
python tools/schemas.py --check  fail when one is out of date
"""

from __future__ import annotations

import sys
from pathlib import Path

from kommune3.content.schema import schemas

FOLDER = Path(__file__).resolve().parents[1] / "course" / "schemas"


def stale() -> list[str]:
    """The files that differ from what the models say, those without a model included."""
    wanted = schemas()
    present = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    return sorted(name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name))


def write() -> None:
    """Bring the folder in step."""
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.json"):
        path.unlink()
    for name, text in schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


def main() -> int:
    """Exit status 1 where --check finds a stale file."""
    if "--check" not in sys.argv[1:]:
        write()
        return 0
    found = stale()
    for name in found:
        print(f"course/schemas/{name}: differs from the models. Run: python tools/schemas.py")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
