"""What a trainer collected by mail, into the register: the same way in as the page's.

Nothing is guessed, nothing is run, and no message repeats what somebody wrote. Collecting the same again
changes nothing.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Literal

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.engine.cpr import holds_cpr
from kommune3.engine.file_names import place_of, words_of
from kommune3.i18n import gettext as _
from kommune3.register import Person, Register, RegisterError, RegisterFull, cohorts, people, reflections
from kommune3.register.errors import UnknownPerson
from kommune3.register.reflections import Delivery, Receipt

from .found import File, Found, Skipped
from .reading import Unreadable, read
from .sender import Nobody, Senders
from .source import Source, sources
from .unpack import gather

WAY = "mail"
OLDEST = timedelta(days=730)
"""A file that claims to be older has a clock gone wrong: zips without a date say 1980."""

NOTEBOOKS = (".ipynb", ".json", ".zip")

_KEYS = uuid.UUID("5f8d1c6e-6b1f-4a3c-9d57-2f0a8f6f2c11")

Became = Literal["stored", "unchanged", "older", "marked", "withdrawn", "empty", "refused"]
"""What the register says (``register.delivery.What``); or nothing was written in it; or it was not taken."""


@dataclass(frozen=True)
class Line:
    """What became of one reflection of a file. ``told``: why it was refused, what was mended, and what its
    form lacks."""

    file: str
    became: Became
    person: str = ""
    activity: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Sent:
    """One reflection in a file, from somebody who is certain."""

    found: Found
    person: Person
    source: Source
    texts: tuple[str, ...]
    notes: tuple[str, ...]
    at: datetime
    digest: str

    def line(self, became: Became, *told: str) -> Line:
        """What became of it."""
        return Line(self.found.shown, became, self.person.id, self.source.activity, told)


class Collector:
    """Takes files in for one cohort.

    ``assignments``: those to look for, all where none is named; ``person``: who all the files are from,
    whatever they are called; ``received``: when they came, where the files' own dates do not count.
    Raises UnknownCohort, UnknownPerson and, for an assignment, KeyError.
    """

    def __init__(
        self,
        register: Register,
        course: Course,
        cohort: str,
        *,
        assignments: Sequence[str] = (),
        person: str | None = None,
        received: datetime | None = None,
    ) -> None:
        self._register, self._course, self._cohort = register, course, cohort
        self._received, self._now = received, clock.now()
        self._refusals: list[tuple[Found, Line]] = []
        self._assignments = tuple(assignments) or tuple(course.assignments)
        self._sources = {one.activity: one for name in self._assignments for one in sources(course, name)}
        members = [people.get(register, name) for name in cohorts.get(register, cohort).members]
        there = [one for one in members if one is not None]
        if person is not None and person not in {one.id for one in there}:
            raise UnknownPerson(_("Nobody in the cohort has the id that --person gives."))
        self._person = next((one for one in there if one.id == person), None)
        known = [*self._assignments, *(one.name for one in self._sources.values())]
        known += [one.reflection.title for one in self._sources.values()]
        self._senders = Senders(there, known)

    def collect(self, paths: Iterable[Path]) -> list[Line]:
        """Take in what lies there, on the disk when this returns; one line for each reflection of each file.

        Raises OSError, before anything is stored, where a path is not there; RegisterFull.
        """
        given = list(paths)
        for path in given:
            path.stat()
        opened = [one for path in given for found in gather(path) for one in self._open(found)]
        lines = [one for one in opened if isinstance(one, Line)]
        same: dict[tuple[str, str], list[_Sent]] = {}
        for one in opened:
            if isinstance(one, _Sent):
                same.setdefault((one.person.id, one.source.activity), []).append(one)
        for several in same.values():
            lines += self._settle(several)
        self._keep_reasons({one.digest for one in opened if isinstance(one, _Sent) and any(one.texts)})
        return sorted(lines, key=lambda line: (line.file, line.activity))

    def _open(self, found: File | Skipped) -> Iterator[Line | _Sent]:
        """What a file holds, or what became of it."""
        sender = self._person or self._senders.of(found.parts)
        if isinstance(found, Skipped):
            yield self._refused(found, sender, found.reason)
            return
        answers = read(found.data, tuple(self._sources.values()))
        if isinstance(answers, Unreadable):
            yield self._refused(found, sender, answers.reason)
        elif isinstance(sender, Nobody):
            yield self._refused(found, sender, sender.reason)
        else:
            where, at = Found(found.parts, found.changed), self._at(found)
            for activity, texts in answers.answers.items():
                source = self._sources[activity]
                yield _Sent(where, sender, source, tuple(texts), answers.notes, at, _digest(found))

    def _settle(self, several: list[_Sent]) -> Iterator[Line]:
        """The lines of all files with one person's same reflection; the newest that holds anything counts."""
        written = [one for one in several if any(one.texts)]
        for one in several:
            if one not in written:
                yield self._empty(one, alone=not written)
        if not written:
            return
        written.sort(key=_age)
        newest, rivals = written[0], [one for one in written if one.texts != written[0].texts]
        if rivals and _age(rivals[0]) == _age(newest):
            told = _(
                "There are two different texts from the same time. Leave out the one that does not count."
            )
            yield from (self._refused(one.found, one.person, told, one.source) for one in written)
            return
        yield self._take(newest)
        for one in written[1:]:
            newer = _("There is a newer one: {file}.").format(file=newest.found.shown)
            yield one.line("older", newer) if one in rivals else one.line("unchanged")

    def _take(self, one: _Sent) -> Line:
        """Into the register, or why not."""
        content = json.dumps([one.person.id, one.source.activity, one.texts])
        delivery = Delivery(
            one.person.id,
            one.source.assignment,
            {one.source.activity: one.texts},
            WAY,
            at=one.at,
            key=str(uuid.uuid5(_KEYS, content)),  # the same again is the same, whatever was sent since
            share=True,  # who mails it to the trainer shares it
        )
        try:
            became = reflections.deliver(self._register, self._course, delivery)[one.source.activity]
        except RegisterFull:
            raise
        except RegisterError as error:
            return self._refused(one.found, one.person, str(error), one.source)
        lacks = (finding.text for finding in became.findings.findings if became.what == "stored")
        return one.line(became.what, *one.notes, *lacks)

    def _empty(self, one: _Sent, *, alone: bool) -> Line:
        """Nothing was written: told with a reason where an answer may have been lost."""
        if alone and one.notes:
            return self._refused(one.found, one.person, " ".join(one.notes), one.source)
        return one.line("empty")

    def _refused(
        self, found: Found, sender: Person | Nobody, reason: str, source: Source | None = None
    ) -> Line:
        person = "" if isinstance(sender, Nobody) else sender.id
        source = source or self._named(found)
        shown = found.shown if not holds_cpr(found.shown) else "?"
        line = Line(shown, "refused", person, source.activity if source else "", (reason,))
        self._refusals.append((found, line))
        return line

    def _keep_reasons(self, known: set[str]) -> None:
        """Let the trainer's page show what could not be taken, where nothing else counts instead; ``known``:
        the digests of files whose sender is certain."""
        known |= {_digest(found) for found, line in self._refusals if line.person} - {""}
        cells = {
            line.person.id: line.cells for line in cohorts.lines(self._register, self._course, self._cohort)
        }
        for found, line in self._refusals:
            at, (reason,) = self._at(found), line.told
            if not line.person:
                if (own := _digest(found)) not in known:  # else it lies there under a right name, too
                    told = f"{line.file}: {reason}"
                    receipt = Receipt(None, self._cohort, self._one_assignment(), told, WAY, at, file=own)
                    reflections.refuse(self._register, receipt)
                continue
            sent = {name for name, cell in cells[line.person].items() if cell.submission is not None}
            if sent and Path(found.parts[-1]).suffix.lower() not in NOTEBOOKS:
                continue  # a letter beside the notebooks
            for name in {line.activity} if line.activity else set(self._sources):
                if name not in sent:
                    assignment = self._sources[name].assignment
                    receipt = Receipt(line.person, self._cohort, assignment, reason, WAY, at, name)
                    reflections.refuse(self._register, receipt)
        reflections.let_go(self._register, self._cohort, known)

    def _one_assignment(self) -> str:
        """The assignment that files of nobody are for; empty where it may be any."""
        return self._assignments[0] if len(self._assignments) == 1 else ""

    def _named(self, found: Found) -> Source | None:
        """The exercise that the file's name says it is: as released, or as JupyterLab's files are called."""
        said = words_of(Path(found.parts[-1]).stem)
        for one in self._sources.values():
            names = (words_of(one.name), words_of(one.reflection.title))
            if any(place_of(said, name) is not None for name in names):
                return one
        return None

    def _at(self, found: Found) -> datetime:
        """When it counts as handed in: as the file was last changed, where that can be."""
        if self._received is not None:
            return self._received.astimezone(UTC)
        changed = (found.changed or self._now).astimezone(UTC)
        return changed if self._now - OLDEST < changed < self._now else self._now


def _digest(found: Found) -> str:
    """What tells the file from others, whatever it is called; empty where nothing was read of it."""
    return sha256(found.data).hexdigest() if isinstance(found, File) and found.data else ""


def _age(one: _Sent) -> float:
    """Small for what was changed last."""
    return -one.found.changed.timestamp() if one.found.changed else 0.0
