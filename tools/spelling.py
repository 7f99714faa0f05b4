"""Spell the Danish of the course: texts, solutions, manifests, the interface's catalog, the Danish guides.

python tools/spelling.py [PATH ...]      tell each unknown word with its place; 1 where there is one
python tools/spelling.py --add WORD ...  take words that are right into course/words.txt, in order
python tools/spelling.py --tidy          put course/words.txt in order and drop what no text uses

The dictionary is cspell's (tools/spelling.mjs). Code, addresses, citations, ids and Swedish titles stay out.
"""

from __future__ import annotations

import argparse
import atexit
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bootstrap import node
from bootstrap.console import SetupError, say
from spelling_texts import ROOT, texts

LIST = "course/words.txt"
HEADING = "# Kursets egne ord: navne, fagord og sammensætninger, som ordbogen ikke har. Se docs/authors.md."
TIDY = "Run tools/spelling.py --tidy"
TOKEN = re.compile(r"\w(?:['’]?\w)*")
SUGGESTED = 40
"""For how many wrong words something else is suggested; that takes longer than all the rest."""


@dataclass
class Seen:
    """A word of the texts: the files it stands in, in order, and how often."""

    files: list[str] = field(default_factory=list)
    count: int = 0


def words_of(text: str) -> Iterator[str]:
    """The words of a plain text, without figures, names of things in code and single letters."""
    for token in TOKEN.findall(text):
        if len(token) > 1 and not re.search(r"[\d_]", token):
            yield token.replace("’", "'")


def collect(pieces: Iterable[tuple[str, str]]) -> dict[str, Seen]:
    """Every word of the pieces (file, text)."""
    found: dict[str, Seen] = {}
    for file, text in pieces:
        for word in words_of(text):
            seen = found.setdefault(word, Seen())
            seen.count += 1
            if file not in seen.files:
                seen.files.append(file)
    return found


def listed(root: Path = ROOT) -> list[str]:
    """The project's own words, as the file has them."""
    lines = (root / LIST).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def entries(word: str) -> set[str]:
    """What may stand in the list for a word: itself, without a capital, and without a name's -s."""
    forms = {word, word[0].lower() + word[1:]}
    return forms | {form[:-1].rstrip("'") for form in forms if form.endswith("s") and form[0].isupper()}


def unknown(words: Iterable[str], suggest: Iterable[str] = ()) -> dict[str, list[str]]:
    """Those that the dictionary does not have; the first SUGGESTED of ``suggest`` with what may be meant."""
    dictionary = _dictionary()
    assert dictionary.stdin
    assert dictionary.stdout
    with suppress(OSError):  # it has ended: what it said tells why
        dictionary.stdin.write(
            json.dumps({"words": [*words], "suggest": [*suggest], "most": SUGGESTED}) + "\n"
        )
        dictionary.stdin.flush()
    said = dictionary.stdout.readline()
    if not said:
        _dictionary.cache_clear()
        raise SetupError(f"The dictionary could not be asked:\n{dictionary.communicate()[1]}")
    answer: dict[str, list[str]] = json.loads(said)
    return answer


@cache
def _dictionary() -> subprocess.Popen[str]:
    """The dictionary, which takes half a second to read: a line of JSON each way, until this process ends."""
    command = [str(node.home() / "node"), str(Path(__file__).with_suffix(".mjs"))]
    pipe = subprocess.PIPE
    started = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8")
    atexit.register(started.communicate)
    return started


def place(root: Path, file: str, word: str) -> str:
    """``file:line`` of a word's first use; a break in a notebook's or a catalog's text is written ``\\n``."""
    whole = re.compile(rf"(?:(?<![^\W\d_])|(?<=\\[nt])){re.escape(word)}(?![^\W\d_])")
    lines = (root / file).read_text(encoding="utf-8").replace("’", "'").splitlines()
    return next((f"{file}:{at}" for at, line in enumerate(lines, 1) if whole.search(line)), file)


def problems(root: Path = ROOT) -> list[str]:
    """A line for each word that neither dictionary nor list has, and for each that the list holds in vain."""
    broken: list[str] = []
    found, own = collect(texts(root, broken)), listed(root)
    doubtful = [word for word in found if not entries(word) & set(own)]
    strange = unknown([*doubtful, *own], suggest=doubtful)
    lines = [f"{file}: cannot be read; `kommune3 check` says why." for file in broken]
    lines += [_told(root, word, found[word], strange[word]) for word in doubtful if word in strange]
    used = {entry for word in found for entry in entries(word)}
    for word in own:
        if word not in used:
            lines.append(f'{LIST}: "{word}" stands in no text. {TIDY}')
        elif word not in strange:
            lines.append(f'{LIST}: "{word}" is in the dictionary. {TIDY}')
    if own != in_order(own):
        lines.append(f"{LIST}: is not in order. {TIDY}")
    return sorted(lines)


def _told(root: Path, word: str, seen: Seen, meant: list[str]) -> str:
    often = f" ({seen.count} times)" if seen.count > 1 else ""
    hint = f' Did you mean "{meant[0]}"?' if meant else ""
    return f'{place(root, seen.files[0], word)}: "{word}" is not in the dictionary{often}.{hint}'


def add(words: Iterable[str], root: Path = ROOT) -> None:
    """Take words into the list."""
    write([*listed(root), *words], root)


def tidy(root: Path = ROOT) -> None:
    """Put the list in order; what no text uses, and what the dictionary has, goes."""
    own, broken = listed(root), list[str]()
    found = collect(texts(root, broken))
    if broken:
        raise SetupError(f"Mend {', '.join(broken)} first: whether its words are used cannot be seen.")
    used = {entry for word in found for entry in entries(word)}
    write(used & unknown(own).keys(), root)


def write(words: Iterable[str], root: Path) -> None:
    """Write the list, in order, below its heading."""
    (root / LIST).write_text("\n".join([HEADING, *in_order(words), ""]), encoding="utf-8", newline="\n")


def in_order(words: Iterable[str]) -> list[str]:
    """Each word once; one that also stands without its capital goes."""
    each = set(words)
    kept = {word for word in each if word[0].islower() or word[0].lower() + word[1:] not in each}
    return sorted(kept, key=lambda word: (word.casefold(), word))


def main(arguments: list[str]) -> int:
    """What the command line asks for; 1 where a word is wrong or the list is."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="tell of these alone: modules/leader")
    parser.add_argument("--add", nargs="+", metavar="WORD", default=[])
    parser.add_argument("--tidy", action="store_true")
    asked = parser.parse_args(arguments)
    if asked.add:
        add(asked.add)
    if asked.tidy:
        tidy()
    for path in asked.paths:
        if not (ROOT / path).resolve().is_relative_to(ROOT) or not (ROOT / path).exists():
            raise SetupError(f"{path} is not in this checkout. Only the course's own files are read.")
    found = [line for line in problems() if line.startswith(tuple(asked.paths) or "")]
    for line in found:
        say(line)
    if found:
        say(f"\n{len(found)} to mend. A word that is right: python tools/spelling.py --add WORD ...")
    return 1 if found else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except SetupError as error:
        say(str(error), error=True)
        sys.exit(1)
