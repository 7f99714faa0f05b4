"""A model's errors as problems with file, line and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from kommune3.i18n import N_
from kommune3.i18n import gettext as _

from .document import Document, Place
from .problem import Problem, did_you_mean

SAID_BY_MODELS = (
    N_("only the first period may lack a start and only the last an end"),
    N_("the periods are not in order of time"),
)
"""What models say when they refuse a whole; the engine itself knows no languages."""

NEARLY = 0.8
"""How alike ``role`` and ``roles`` are at least, of 1."""

Model = TypeVar("Model", bound=BaseModel)


def validated(model: type[Model], document: Document) -> tuple[Model | None, list[Problem]]:
    """The document as a model, or none and what is wrong with it."""
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        return None, _problems(document, error.errors(include_url=False), field_places(model))


@cache
def field_places(model: type[BaseModel]) -> Mapping[str, tuple[str, ...]]:
    """Where each field of the model and of the models inside it stands: ``local.films``, "" for its own."""
    schema = TypeAdapter(model).json_schema()
    found: dict[str, tuple[str, ...]] = {}
    todo = [("", schema)]
    while todo:
        path, part = todo.pop(0)
        for name, field in part.get("properties", {}).items():
            found[name] = (*found.get(name, ()), path)
            inner = [schema["$defs"][one] for one in re.findall(r"'#/\$defs/(\w+)'", str(field))]
            todo += [(f"{path}.{name}".lstrip("."), one) for one in inner]
    return found


def _problems(
    document: Document, errors: list[ErrorDetails], known: Mapping[str, tuple[str, ...]]
) -> list[Problem]:
    missing = {_place(e)[:-1]: set[str]() for e in errors if e["type"] == "missing"}
    for error in errors:
        if error["type"] == "missing":
            missing[_place(error)[:-1]].add(str(error["loc"][-1]))
    problems, explained = [], set[Place]()
    for error in errors:
        if error["type"] == "extra_forbidden":
            place = _place(error)
            absent = missing.get(place[:-1], set())
            hint = did_you_mean(str(place[-1]), absent) or _elsewhere(place, known)
            explained |= {(*place[:-1], name) for name in absent if f'"{name}"' in hint}
            if not hint and error["input"] is None:
                hint = _("Put a text that holds a comma in quotes")
            what = _('"{name}" is not a field here').format(name=str(place[-1])[:60])
            problems.append(document.problem(place, what, hint))
    for error in errors:
        if error["type"] == "extra_forbidden" or _place(error) in explained or _follows(error, errors):
            continue
        what, hint = _told(error)
        problems.append(document.problem(_place(error), what, hint))
    return problems


def _elsewhere(place: Place, known: Mapping[str, tuple[str, ...]]) -> str:
    """Where a field of this name belongs, unless another one here is nearly the same; else the closest."""
    name, path = str(place[-1]), ".".join(part for part in place[:-1] if isinstance(part, str))
    if name not in known:
        return did_you_mean(name, known)
    beside = [other for other, paths in known.items() if path in paths and other != name]
    if "" in known[name]:
        belongs = _("It belongs at the outermost level of the file")
    else:
        belongs = _("It belongs under {places}").format(places=", ".join(known[name][:3]))
    return did_you_mean(name, beside, NEARLY) or belongs


def _follows(error: ErrorDetails, errors: list[ErrorDetails]) -> bool:
    """Whether a list only seems too short because an item of it was refused for its own reason."""
    place = _place(error)
    return error["type"] == "too_short" and any(
        _place(other)[: len(place)] == place and _place(other) != place for other in errors
    )


def _place(error: ErrorDetails) -> Place:
    return tuple(part for part in error["loc"] if part != "[key]")


def _told(error: ErrorDetails) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    kind, value = error["type"], error["input"]
    context: Mapping[str, Any] = error.get("ctx", {})
    name = _name(error)
    if kind == "missing":
        return _('"{name}" is missing').format(name=name), ""
    if value is None:
        return _('"{name}" is empty').format(name=name), _("Write something after it, or delete it")
    if kind == "string_type" and isinstance(value, bool | int | float):
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        what = _('"{name}" must be text, but {value} is read as a number or as true/false')
        if isinstance(value, bool):
            return what.format(name=name, value=shown), _('Put it in quotes: "{value}"').format(value=shown)
        # 2026.10 is read as 2026.1 and 007 as 7, so the number says no longer what was written
        return what.format(name=name, value=shown), _("Put it in quotes, and it stays as you wrote it")
    if kind == "string_pattern_mismatch":
        return _pattern(name, str(value), str(context["pattern"]))
    if kind == "value_error":
        return _("is not right: {why}").format(why=_(str(context["error"]))), ""
    return _bounds(kind, name, value, context) or (
        _('"{name}" is not right: {why}').format(name=name, why=error["msg"]),
        "",
    )


def _pattern(name: str, value: str, pattern: str) -> tuple[str, str]:
    what = _('"{name}" cannot be "{value}"').format(name=name, value=value[:60])
    if pattern.startswith("^[a-z0-9][a-z0-9_-]"):
        return what, _("An id has only a-z, 0-9, - and _, begins with a letter or figure, at most 64 in all")
    if pattern.startswith("^#"):
        return what, _('A colour is written like "#0f5c6e"')
    if pattern.startswith("^[0-9A-Za-z]"):
        return what, _('A version is written like "2026.11"')
    if "http" in pattern:
        return what, _("An address begins with https:// or mailto:")
    if pattern == "^[a-z]{2,3}$":
        return what, _('A language is written with two or three small letters, like "da"')
    if pattern.startswith("^[^\\n#"):
        hint = _("It is plain text without {signs}, at most 200 signs")
        return what, hint.format(signs="# * _ ` < > [ ] \\")
    if "mp4" in pattern:
        return what, _("The name of a film's file ends in .mp4 or .webm")
    return what, _("It must fit {pattern}").format(pattern=pattern)


def _bounds(kind: str, name: str, value: Any, context: Mapping[str, Any]) -> tuple[str, str] | None:
    if kind in ("int_type", "int_parsing", "int_from_float"):
        what = _('"{name}" must be a whole number, not {value}').format(name=name, value=_shown(value))
        return what, _("Write the number without quotes and decimals")
    if kind in ("greater_than_equal", "less_than_equal"):
        least = kind == "greater_than_equal"
        bound = context["ge" if least else "le"]
        what = _('"{name}" must be at least {bound}') if least else _('"{name}" must be at most {bound}')
        return what.format(name=name, bound=bound), _("It is {value}").format(value=value)
    if kind in ("too_short", "too_long"):
        bound = context["min_length" if kind == "too_short" else "max_length"]
        least = kind == "too_short"
        what = _('"{name}" must have at least {bound}') if least else _('"{name}" must have at most {bound}')
        number = _("It has {value}").format(value=context.get("actual_length") or len(value))
        return what.format(name=name, bound=bound), number
    if kind == "string_too_short":
        return _('"{name}" is empty').format(name=name), _("Write something after it, or delete it")
    if kind == "string_too_long":
        what = _('"{name}" is longer than {bound} signs').format(name=name, bound=context["max_length"])
        return what, _("Shorten it")
    return _kinds(kind, name, value, context)


def _kinds(kind: str, name: str, value: Any, context: Mapping[str, Any]) -> tuple[str, str] | None:
    if kind == "literal_error":
        what = _('"{name}" cannot be {value}').format(name=name, value=_shown(value))
        known = re.findall(r"'([^']*)'", str(context["expected"]))  # "'a', 'b' or 'c'", in English
        if len(known) > 1:
            return what, _("It must be one of: {names}").format(names=", ".join(known))
        return what, _("It must be {expected}").format(expected=f'"{"".join(known)}"')
    if kind in ("bool_type", "bool_parsing"):
        what = _('"{name}" must be true or false, not {value}').format(name=name, value=_shown(value))
        return what, _("Write true or false without quotes")
    if kind == "string_type":
        hint = _("Put it in quotes, if it holds a colon or begins with [ or {")
        return _('"{name}" must be text').format(name=name), hint
    if kind == "tuple_type":
        return _('"{name}" must be a list').format(name=name), _("Write it in brackets: [a, b]")
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        what = _('"{name}" must hold fields, not {value}').format(name=name, value=_shown(value))
        return what, _("Check the indentation")
    return None


def _name(error: ErrorDetails) -> str:
    words = [str(part) for part in _place(error)]
    if not words:
        return _("the file")
    return f"{words[-2]} {int(words[-1]) + 1}" if words[-1].isdigit() and len(words) > 1 else words[-1][:60]


def _shown(value: Any) -> str:
    return f'"{value[:60]}"' if isinstance(value, str) else str(value)[:60]
