"""A scenario's parts: ids, what they refer to, lengths. Paths are looked at in :mod:`.paths`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kommune3.engine.models import Choice, Node, Scenario
from kommune3.i18n import gettext as _

from ..document import Document, Place
from ..limits import WORDS_PER_NODE, Limits
from ..lix import words
from ..problem import Problem, did_you_mean
from .references import doubles, unknown

VOICES = ("citizen", "colleague", "law")


def reference_problems(scenario: Scenario, document: Document) -> list[Problem]:
    """Double ids, and targets, indicators, choices and reactions that do not exist."""
    problems = doubles(scenario.indicators, ("indicators",), document)
    problems += doubles(scenario.nodes, ("nodes",), document) + _ending_ids(scenario, document)
    problems += _choice_ids(scenario, document)
    every = [choice.id for _place, _node, choice in choices(scenario)]
    for place, node, choice in choices(scenario):
        problems += _target(scenario, choice, place, document)
        problems += _names(scenario, choice, every, place, document)
        problems += _reaction(node, choice, place, document)
    for i, node in enumerate(scenario.nodes):
        if node.predict is not None:
            problems += doubles(node.predict.reactions, ("nodes", i, "predict", "reactions"), document)
    return problems


def length_problems(scenario: Scenario, document: Document, least: Limits) -> list[Problem]:
    """Too few nodes or endings, too long texts, debriefs without the three voices."""
    problems = []
    for name, parts, bound in (
        ("nodes", scenario.nodes, least.nodes),
        ("endings", scenario.endings, least.endings),
    ):
        if len(parts) < bound:
            what = _('"{name}" must have at least {bound}').format(name=name, bound=bound)
            problems.append(document.problem((name,), what, _("It has {value}").format(value=len(parts))))
    for i, node in enumerate(scenario.nodes):
        if (count := len(words(node.text))) > WORDS_PER_NODE:
            what = _('the text of node "{id}" has {count} words').format(id=node.id, count=count)
            hint = _("{most} at most: move some of it to the feedback of the choice before")
            problems.append(document.problem(("nodes", i, "text"), what, hint.format(most=WORDS_PER_NODE)))
    for i, ending in enumerate(scenario.endings):
        if sorted(voice.who for voice in ending.debrief) != sorted(VOICES):
            what = _('the debrief of ending "{id}" does not have each voice once').format(id=ending.id)
            hint = _("It must be citizen, colleague and law")
            problems.append(document.problem(("endings", i, "debrief"), what, hint))
    return problems


def choices(scenario: Scenario) -> Iterator[tuple[Place, Node, Choice]]:
    """Every choice with its place and node."""
    for i, node in enumerate(scenario.nodes):
        for k, choice in enumerate(node.choices):
            yield ("nodes", i, "choices", k), node, choice


def _ending_ids(scenario: Scenario, document: Document) -> list[Problem]:
    problems = doubles(scenario.endings, ("endings",), document)
    for i, ending in enumerate(scenario.endings):
        if ending.id in scenario.nodes_by_id:
            what = _('"{id}" is the id of a node as well').format(id=ending.id)
            problems.append(document.problem(("endings", i, "id"), what, _("Give one of them another id")))
    return problems


def _choice_ids(scenario: Scenario, document: Document) -> list[Problem]:
    seen: Counter[str] = Counter()
    problems = []
    for place, _node, choice in choices(scenario):
        seen[choice.id] += 1
        if seen[choice.id] > 1:
            what = _('the choice id "{id}" is used twice in the scenario').format(id=choice.id)
            problems.append(document.problem((*place, "id"), what, _("Give one of them another id")))
    return problems


def _target(scenario: Scenario, choice: Choice, place: Place, document: Document) -> list[Problem]:
    known = [*scenario.nodes_by_id, *scenario.endings_by_id]
    if choice.to in known:
        return []
    what = _('choice "{id}" leads to "{to}", which does not exist').format(id=choice.id, to=choice.to)
    return [document.problem((*place, "to"), what, did_you_mean(choice.to, known))]


def _names(
    scenario: Scenario, choice: Choice, every: list[str], place: Place, document: Document
) -> list[Problem]:
    indicators = [indicator.id for indicator in scenario.indicators]
    problems = _keys(choice.effects, indicators, (*place, "effects"), document)
    if choice.when is None:
        return problems
    when = (*place, "when")
    problems += _keys(choice.when.at_least, indicators, (*when, "at_least"), document)
    problems += _keys(choice.when.at_most, indicators, (*when, "at_most"), document)
    problems += unknown(choice.when.chose, every, (*when, "chose"), document, _("choice"))
    if not (choice.when.at_least or choice.when.at_most or choice.when.chose):
        what = _('the condition of choice "{id}" asks for nothing').format(id=choice.id)
        problems.append(document.problem(when, what, _("Use at_least, at_most or chose, or delete it")))
    return problems


def _keys(names: Iterable[str], known: list[str], place: Place, document: Document) -> list[Problem]:
    return [
        document.problem(
            (*place, name),
            _('there is no {kind} "{id}"').format(kind=_("indicator"), id=name),
            did_you_mean(name, known),
        )
        for name in names
        if name not in known
    ]


def _reaction(node: Node, choice: Choice, place: Place, document: Document) -> list[Problem]:
    known = [reaction.id for reaction in node.predict.reactions] if node.predict else []
    if node.predict is None and choice.reaction is not None:
        what = _('choice "{id}" has a reaction, but node "{node}" asks for no prediction')
        hint = _("Delete the reaction, or give the node a predict")
        return [document.problem((*place, "reaction"), what.format(id=choice.id, node=node.id), hint)]
    if node.predict is not None and choice.reaction is None:
        what = _('choice "{id}" needs a reaction, as node "{node}" asks for a prediction')
        hint = _("It must be one of: {names}").format(names=", ".join(known))
        return [document.problem(place, what.format(id=choice.id, node=node.id), hint)]
    if choice.reaction is not None and choice.reaction not in known:
        what = _('there is no {kind} "{id}"').format(kind=_("reaction"), id=choice.reaction)
        return [document.problem((*place, "reaction"), what, did_you_mean(choice.reaction, known))]
    return []
