"""A scenario as slides: each situation and each choice's consequence is one, and links lead on.

Without the deck's script every slide still says what a choice depends on; with it only open choices show.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from ..engine import judge
from ..engine.models import Choice, Condition, Ending, Node, Scenario
from ..i18n import gettext as _
from ..site.body import script_json
from .render import part
from .slide import Slide, Story

OPENING_WORDS = 5
"""Of a choice, to recall it by."""


def story(scenario: Scenario) -> Story:
    """The scenario's slides: how it is played, the situations, what came of each choice, the endings."""
    found = [_begin(scenario)]
    for node in scenario.nodes:
        found.append(_situation(scenario, node))
        for choice in node.choices:
            found += _consequences(scenario, node, choice)
    for ending in scenario.endings:
        found += _ending(scenario, ending)
    content = Markup(script_json(judge.public(scenario)))  # noqa: S704, made to stand in a script element
    return Story(scenario.id, tuple(found), content)


def name(scenario: Scenario, *ids: str) -> str:
    """The id of a slide."""
    return ".".join((scenario.id, *ids))


def needs(scenario: Scenario, condition: Condition | None) -> str:
    """In words what an open choice depends on; empty where it is always open."""
    if condition is None:
        return ""
    texts = {choice.id: choice.text for node in scenario.nodes for choice in node.choices}
    names = {indicator.id: indicator.name for indicator in scenario.indicators}
    told = []
    if condition.chose:
        earlier = " / ".join(f"»{_recalled(texts[one])}«" for one in condition.chose if one in texts)
        told.append(_("if you chose {choices}").format(choices=earlier))
    told += [
        _("if {indicator} is at least {value}").format(indicator=names.get(one, one), value=value)
        for one, value in condition.at_least.items()
    ]
    told += [
        _("if {indicator} is at most {value}").format(indicator=names.get(one, one), value=value)
        for one, value in condition.at_most.items()
    ]
    return _("(Only {conditions}.)").format(conditions=_(" and ").join(told)) if told else ""


def _recalled(text: str) -> str:
    words = text.translate({ord(sign): None for sign in "»«"}).split()
    return (
        " ".join(words).rstrip(".") if len(words) <= OPENING_WORDS else f"{' '.join(words[:OPENING_WORDS])} …"
    )


def _begin(scenario: Scenario) -> Slide:
    first = name(scenario, scenario.nodes[0].id)
    return Slide(
        name(scenario),
        scenario.title,
        part("begin", scenario, first),
        eyebrow=_("Story"),
        look="begin",
        data={"play": "begin"},
    )


def _situation(scenario: Scenario, node: Node) -> Slide:
    links = [
        (choice, _first_of(scenario, node, choice), needs(scenario, choice.when)) for choice in node.choices
    ]
    return Slide(
        name(scenario, node.id),
        node.speaker or scenario.title,
        part("situation", node, links),
        eyebrow=_("What do you do?"),
        look="situation",
        data={"play": "situation", "node": node.id},
    )


def _first_of(scenario: Scenario, node: Node, choice: Choice) -> str:
    """The slide that a choice leads to: where one may guess first, that."""
    return name(scenario, node.id, choice.id, *(("gaet",) if node.predict else ()))


def _consequences(scenario: Scenario, node: Node, choice: Choice) -> Iterator[Slide]:
    here = name(scenario, node.id, choice.id)
    known = {one.id: one for one in scenario.indicators}
    effects = [(known[one], effect) for one, effect in choice.effects.items() if effect and one in known]
    reactions = {one.id: one.text for one in (node.predict.reactions if node.predict else ())}
    if node.predict:
        yield Slide(
            name(scenario, node.id, choice.id, "gaet"),
            node.predict.question,
            part("guess", choice, node.predict, here),
            eyebrow=_("Guess first"),
            look="guess",
            data={"play": "guess", "node": node.id, "choice": choice.id},
        )
    ends = choice.to in scenario.endings_by_id
    label = _("How it ended") if ends else _("Go on")
    yield Slide(
        here,
        _("What happened"),
        part(
            "consequence",
            choice,
            reactions.get(choice.reaction or ""),
            effects,
            name(scenario, choice.to),
            label,
        ),
        look="consequence",
        data={"play": "consequence", "node": node.id, "choice": choice.id},
    )


def _ending(scenario: Scenario, ending: Ending) -> Iterator[Slide]:
    here, voices = name(scenario, ending.id), [name(scenario, ending.id, one.who) for one in ending.debrief]
    who = {"citizen": _("The citizen"), "colleague": _("The experienced colleague"), "law": _("The law")}
    yield Slide(
        here,
        ending.title,
        part("ending", ending, scenario.indicators, voices[0]),
        eyebrow=_("How it ended"),
        look="ending",
        data={"play": "ending", "node": ending.id},
    )
    for at, voice in enumerate(ending.debrief):
        last = at + 1 == len(voices)
        onward = name(scenario) if last else voices[at + 1]
        yield Slide(
            voices[at],
            voice.name,
            part("voice", voice, onward, _("From the beginning") if last else _("Go on")),
            eyebrow=f"{ending.title} · {who[voice.who]}",
            look="voice",
            data={"play": "last" if last else "voice", "node": ending.id},
        )
