"""YAML 1.2 read from the parser's events: no aliases, tags or duplicate keys, and a line for each part.

Only what is plainly a number, true, false or empty is read as such: ``no`` and ``19:30`` stay text, and
keys always are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml import events as ev
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from kommune3.i18n import gettext as _

from .document import CONTROL, MAX_DEPTH, Document, Place, control_fault, fault

INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))([eE][-+]?[0-9]{1,3})?")
WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


def read_yaml(text: str, file: str) -> Document:
    """The file's data. Raises ContentError with the line of what cannot be read."""
    builder = _Builder(file, text)
    try:
        data = builder.document()
    except MarkedYAMLError as error:
        if found := _not_closed(error, builder.last):
            raise fault(file, *found) from error
        mark = error.problem_mark or error.context_mark
        why = (error.problem or error.context or "").replace("\n", " ")
        what = _("is not valid YAML: {why}").format(why=why)
        raise fault(file, mark.line + 1 if mark else None, what, _hint(why)) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise fault(file, None, _("is not valid YAML: {why}").format(why=type(error).__name__)) from error
    return Document(file, data, builder.lines)


def _not_closed(error: MarkedYAMLError, last: ev.Event | None) -> tuple[int, str, str] | None:
    """The line of a quotation mark or bracket that is not closed, and what to do; the parser sees it late."""
    begins, at, context = error.context_mark, error.problem_mark, error.context or ""
    quote = begins if "quoted scalar" in context else _quote_before(at, last)
    if quote is not None:
        what = _("a quotation mark begins here and is not closed where the text ends")
        return quote.line + 1, what, _("Write the same mark at the end of the text")
    if begins is None or at is None or "flow" not in context:
        return None
    if begins.line == at.line and not str(error.problem).endswith(("'}'", "']'")):
        return None
    hint = _("Write {bracket} where it ends. What follows it does not fit in it")
    bracket = "}" if "mapping" in context else "]"
    what = _("a bracket begins here and is not closed")
    return begins.line + 1, what, hint.format(bracket=bracket)


def _quote_before(at: Any, last: ev.Event | None) -> Any:
    """Where a text began that ran on to the quotation mark of another one, after which nothing fits."""
    if at is None or not isinstance(last, ev.ScalarEvent) or last.style not in ("'", '"'):
        return None
    return last.start_mark if last.start_mark.line < last.end_mark.line == at.line else None


def _hint(why: str) -> str:
    if "mapping values" in why or "expected ',' or" in why:
        return _("Put a text that holds a colon or a comma in quotes")
    if "'\\t'" in why:
        return _("Indent with spaces, not with tabs")
    return _("Check the indentation and the quotes on this line and the one before")


class _Builder:
    """Builds plain data from parser events, without recursion in the parser or tricks in the data."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.last: ev.Event | None = None
        self.events = self.noted(YAML(typ="safe", pure=True).parse(text))
        self.lines: dict[Place, tuple[str, int]] = {}

    def noted(self, events: Iterator[ev.Event]) -> Iterator[ev.Event]:
        """The same events; ``last`` is the one before an error."""
        for self.last in events:
            yield self.last

    def document(self) -> Any:
        """The one document of the file."""
        next(self.events)
        first = next(self.events)
        if isinstance(first, ev.StreamEndEvent):
            raise fault(self.file, None, _("is empty"))
        data = self.value(next(self.events), ())
        next(self.events)
        after = next(self.events)
        if not isinstance(after, ev.StreamEndEvent):
            what = _("holds more than one document")
            raise fault(self.file, after.start_mark.line + 1, what, _("Delete the line ---"))
        return data

    def value(self, event: ev.Event, place: Place) -> Any:
        """The data that starts with this event."""
        line = event.start_mark.line + 1
        self.lines.setdefault(place, (self.file, line))
        self.refuse_tricks(event, line, place)
        if isinstance(event, ev.ScalarEvent):
            if control := CONTROL.search(str(event.value)):  # an escape such as "\\0" hides it from the file
                raise control_fault(control, self.file, line)
            return _scalar(event)
        if isinstance(event, ev.SequenceStartEvent):
            return self.sequence(place)
        return self.mapping(place)

    def refuse_tricks(self, event: ev.Event, line: int, place: Place) -> None:
        """Raise ContentError for aliases, anchors, tags and depth, which no author needs."""
        if isinstance(event, ev.AliasEvent) or getattr(event, "anchor", None) is not None:
            what = _("uses an anchor or alias (& or *)")
            hint = _("Write the text out, or put it in quotes if it begins with & or *")
            raise fault(self.file, line, what, hint)
        if getattr(event, "tag", None) not in (None, ""):
            hint = _("Put a text that begins with ! in quotes")
            raise fault(self.file, line, _("uses a YAML tag (!)"), hint)
        if len(place) > MAX_DEPTH:
            what = _("is nested more than {depth} levels deep").format(depth=MAX_DEPTH)
            raise fault(self.file, line, what)

    def sequence(self, place: Place) -> list[Any]:
        """The items up to the end of the list."""
        items: list[Any] = []
        while not isinstance(event := next(self.events), ev.SequenceEndEvent):
            items.append(self.value(event, (*place, len(items))))
        return items

    def mapping(self, place: Place) -> dict[str, Any]:
        """The pairs up to the end of the mapping."""
        pairs: dict[str, Any] = {}
        while not isinstance(event := next(self.events), ev.MappingEndEvent):
            line = event.start_mark.line + 1
            if not isinstance(event, ev.ScalarEvent):
                raise fault(self.file, line, _("uses a list or a mapping as a key"))
            self.refuse_tricks(event, line, place)
            key = str(event.value)
            if key in pairs:
                first = self.lines[(*place, key)][1]
                what = _('the key "{key}" is here twice; the first is on line {first}')
                what = what.format(key=key[:60], first=first)
                raise fault(self.file, line, what, _("Delete one of them"))
            self.lines[(*place, key)] = (self.file, line)
            pairs[key] = self.value(next(self.events), (*place, key))
        return pairs


def _scalar(event: ev.ScalarEvent) -> str | int | float | bool | None:
    text = str(event.value)
    if not event.implicit[0]:
        return text
    if text.lower() in WORDS and text in (text.lower(), text.upper(), text.capitalize()):
        return WORDS[text.lower()]
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if FLOAT.fullmatch(text) else text
