"""How long a module takes: the words that a learner meets, and what is to be done.

230 words a minute is how an adult reads plain text silently (Brysbaert 2019 finds 238 for English); the
seconds per choice, question and statement are the authors' estimates.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from kommune3.engine.exercises import Assessment, CitizenMap, Comparison, Plan
from kommune3.engine.models import Activity, Choice, Node, Quiz, Reflection, Scenario, Sorter, Table, Timeline
from kommune3.engine.open_ended import enough

from .course import Course
from .lix import WORD
from .prose import of_markdown, of_notebook

WORDS_A_MINUTE = 230
SECONDS = {
    "choice": 10,
    "prediction": 5,
    "question": 6,
    "statement": 5,
    "rating": 8,
    "field": 30,
    "reflection": 180,
}


def minutes(course: Course, module_id: str) -> int:
    """The minutes that the module's text and its required activities take, rounded up.

    A table and a timeline are read on the way; other activities that are not required are not counted.
    """
    module = course.module(module_id)
    seconds = _reading(of_notebook(course.notebook(module_id)))
    for activity in course.activities_of(module_id):
        if activity.id in module.required or isinstance(activity, Table | Timeline):
            seconds += of_activity(activity)
    return math.ceil(seconds / 60)


def of_activity(activity: Activity) -> float:
    """The seconds that an activity takes, done once."""
    match activity:
        case Scenario():
            return _reading([activity.intro]) + _scenario(activity)
        case Quiz():
            texts = [text for q in activity.questions for text in (q.text, *(o.text for o in q.options))]
            told = sum(_mean(o.feedback for o in q.options) for q in activity.questions)
            return _reading([activity.intro, *texts]) + told + _each("question", activity.questions)
        case Sorter():
            texts = [text for item in activity.items for text in (item.text, item.feedback)]
            return _reading([activity.intro, *texts]) + _each("statement", activity.items)
        case CitizenMap():
            read = _mean(" ".join((one.name, one.text, one.why)) for one in activity.people)
            return _reading([activity.intro]) + enough(activity) * (read + SECONDS["statement"])
        case Comparison():
            shown = [text for t in activity.topics for text in (t.question, *(p.text for p in t.positions))]
            notes = [topic.note or "" for topic in activity.topics]
            return _reading([activity.intro, *shown, *notes, activity.own_voice]) + 2 * SECONDS["rating"]
        case Assessment():
            texts = [text for one in activity.statements for text in (one.name, one.text)]
            thoughts = 2 * _mean(one.low for one in activity.statements)
            return _reading([activity.intro, *texts]) + thoughts + _each("rating", activity.statements)
        case Plan():
            texts = [text for one in activity.questions for text in (one.title, one.help or "")]
            return _reading([activity.intro, *texts]) + _each("field", activity.questions)
        case Reflection():
            asked = [*of_markdown(activity.question), *(prompt.title for prompt in activity.prompts)]
            return _reading(asked) + SECONDS["reflection"]
        case Table():
            return _reading([activity.intro, *(cell for row in activity.rows for cell in row.cells)])
        case Timeline():
            return _reading([activity.intro, *(period.text for period in activity.periods)])
        case _:
            return 0.0


def _scenario(scenario: Scenario) -> float:
    """The mean over all paths, each open choice as likely as the others; conditions are not looked at."""
    nodes = scenario.nodes_by_id

    @lru_cache
    def after(name: str) -> float:
        node = nodes.get(name)
        if node is None:
            ending = scenario.endings_by_id.get(name)
            return 0.0 if ending is None else _reading([ending.text, *(v.text for v in ending.debrief)])
        return _node(node) + sum(_choice(one) + after(one.to) for one in node.choices) / len(node.choices)

    try:
        return after(scenario.nodes[0].id)
    except RecursionError:  # a scenario that goes in a circle has a problem of its own
        return 0.0


def _node(node: Node) -> float:
    asked = [] if node.predict is None else [node.predict.question, *(r.text for r in node.predict.reactions)]
    seconds = SECONDS["choice"] + (SECONDS["prediction"] if asked else 0)
    return _reading([node.text, *(choice.text for choice in node.choices), *asked]) + seconds


def _choice(choice: Choice) -> float:
    return _reading([choice.feedback])


def _each(kind: str, parts: tuple[object, ...]) -> float:
    return float(SECONDS[kind] * len(parts))


def _mean(texts: Iterable[str]) -> float:
    found = [_reading([text]) for text in texts]
    return sum(found) / len(found)


def _reading(texts: Iterable[str]) -> float:
    return 60 * sum(len(WORD.findall(text)) for text in texts) / WORDS_A_MINUTE
