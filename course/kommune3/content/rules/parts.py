"""What needs the whole of an activity that is no scenario."""

from __future__ import annotations

from kommune3.engine.exercises import Assessment, CitizenMap, Comparison, Language, Plan
from kommune3.engine.models import Activity, Quiz, Sorter, Table, Timeline
from kommune3.engine.open_ended import AFTER, BEFORE
from kommune3.i18n import gettext as _

from ..document import Document
from ..limits import Limits
from ..problem import Problem, did_you_mean
from .references import doubles


def part_problems(activity: Activity, document: Document, least: Limits) -> list[Problem]:
    """What is wrong with an activity that is no scenario."""
    match activity:
        case Quiz():
            return _quiz(activity, document, least)
        case Sorter():
            return _sorter(activity, document)
        case Table():
            return _table(activity, document)
        case Timeline():
            return doubles(activity.periods, ("periods",), document)
        case CitizenMap():
            return _map(activity, document)
        case Comparison():
            return _comparison(activity, document)
        case Assessment():
            return doubles(activity.levels, ("levels",), document) + doubles(
                activity.statements, ("statements",), document
            )
        case Language():
            return doubles(activity.terms, ("terms",), document)
        case Plan():
            return _plan(activity, document)
    return []


def _quiz(quiz: Quiz, document: Document, least: Limits) -> list[Problem]:
    problems = doubles(quiz.questions, ("questions",), document)
    if len(quiz.questions) < least.questions:
        what = _('"{name}" must have at least {bound}').format(name="questions", bound=least.questions)
        hint = _("It has {value}").format(value=len(quiz.questions))
        problems.append(document.problem(("questions",), what, hint))
    for i, question in enumerate(quiz.questions):
        problems += doubles(question.options, ("questions", i, "options"), document)
        right = sum(option.correct for option in question.options)
        if right != 1:
            what = _('question "{id}" has {count} correct options').format(id=question.id, count=right)
            hint = _("Mark exactly one with correct: true")
            problems.append(document.problem(("questions", i), what, hint))
    return problems


def _sorter(sorter: Sorter, document: Document) -> list[Problem]:
    problems = doubles(sorter.buckets, ("buckets",), document) + doubles(sorter.items, ("items",), document)
    known = [bucket.id for bucket in sorter.buckets]
    for i, item in enumerate(sorter.items):
        if item.bucket not in known:
            what = _('there is no {kind} "{id}"').format(kind=_("bucket"), id=item.bucket)
            hint = did_you_mean(item.bucket, known)
            problems.append(document.problem(("items", i, "bucket"), what, hint))
    used = {item.bucket for item in sorter.items}
    for i, bucket in enumerate(sorter.buckets):
        if bucket.id not in used:
            what = _('no statement belongs in bucket "{id}"').format(id=bucket.id)
            hint = _("Write a statement for it, or delete it")
            problems.append(document.problem(("buckets", i), what, hint))
    return problems


def _table(table: Table, document: Document) -> list[Problem]:
    problems = doubles(table.columns, ("columns",), document) + doubles(table.rows, ("rows",), document)
    for i, row in enumerate(table.rows):
        if len(row.cells) != len(table.columns):
            what = _('row "{id}" has {cells} cells, but the table has {columns} columns')
            what = what.format(id=row.id, cells=len(row.cells), columns=len(table.columns))
            hint = _("Write one cell for each column; put a text that holds a comma in quotes")
            problems.append(document.problem(("rows", i, "cells"), what, hint))
    return problems


def _map(placed: CitizenMap, document: Document) -> list[Problem]:
    problems = doubles(placed.arenas, ("arenas",), document) + doubles(placed.people, ("people",), document)
    known = [arena.id for arena in placed.arenas]
    for i, person in enumerate(placed.people):
        if person.arena not in known:
            what = _('there is no {kind} "{id}"').format(kind=_("arena"), id=person.arena)
            problems.append(document.problem(("people", i, "arena"), what, did_you_mean(person.arena, known)))
    return problems


def _comparison(comparison: Comparison, document: Document) -> list[Problem]:
    problems = doubles(comparison.scale, ("scale",), document)
    problems += doubles(comparison.topics, ("topics",), document)
    for i, topic in enumerate(comparison.topics):
        if topic.id in (BEFORE, AFTER):
            what = _('a topic cannot be called "{id}"').format(id=topic.id)
            hint = _("The step with that name is taken before or after the topics. Give the topic another id")
            problems.append(document.problem(("topics", i, "id"), what, hint))
    return problems


def _plan(plan: Plan, document: Document) -> list[Problem]:
    problems = doubles(plan.questions, ("questions",), document)
    problems += doubles(plan.columns, ("columns",), document)
    if bool(plan.columns) != bool(plan.rows):
        what = _("a table of a plan needs both columns and rows")
        problems.append(document.problem(("rows",), what, _("Write both, or neither")))
    return problems
