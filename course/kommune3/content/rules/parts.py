"""Quiz, sorter, table and timeline: what needs the whole activity."""

from __future__ import annotations

from kommune3.engine.models import Activity, Quiz, Sorter, Table, Timeline
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
