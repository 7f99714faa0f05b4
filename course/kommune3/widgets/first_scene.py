"""A scenario's first scene as HTML, as ``js/scenario.js`` would draw it: a page has it before any script.

``js/frame.js`` takes it over as it stands. A browser test holds the two to the same elements and words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from kommune3.engine import scenario as play
from kommune3.engine.models import Indicator, Scenario
from kommune3.i18n import gettext as _

from .html import items, notice, paragraphs
from .strings import strings


def first_scene_html(scenario: Scenario, *, language: str, lengths: Sequence[int]) -> str:
    """The scene with its choices as buttons, which ``early.js`` and the widget bring to life.

    ``lengths`` are the fewest and the most choices of a way through, empty where there is no telling.
    """
    words = strings("scenario")
    title = f"{scenario.id}-title"
    label = words["scenario_minutes"].format(minutes=scenario.minutes)
    return (
        f'<section class="k3 k3-scenario" aria-labelledby="{title}" lang="{escape(language)}"'
        ' data-lm-suppress-shortcuts="true" data-first-scene>'
        f'<header class="k3-header"><p class="k3-label">{escape(label)}</p>'
        f'<h3 tabindex="-1" class="k3-title" id="{title}">{escape(scenario.title)}</h3></header>'
        '<div class="k3-notices"></div>'
        f'<div class="k3-body"><div>{paragraphs(scenario.intro, "k3-opening")}</div>'
        f"{_standing(scenario, words)}{_scene(scenario, words, lengths)}"
        '<div class="k3-toolbar"></div></div></section>'
    )


def choices_without(texts: Iterable[str]) -> str:
    """The choices to read where scripts are off, and what that takes away."""
    return items(texts) + notice(
        _("Playing the scenario needs JavaScript. Turn it on in the browser, and load the page again.")
    )


def _scene(scenario: Scenario, words: Mapping[str, str], lengths: Sequence[int]) -> str:
    """Twin of ``situation`` in ``js/scenes.js``."""
    node, ask = scenario.nodes[0], f"{scenario.id}-ask"
    texts = [choice.text for choice in play.open_choices(scenario, play.start(scenario))]
    begun = '<li><button type="button" class="k3-button k3-choice">'
    buttons = "".join(f"{begun}{escape(text)}</button></li>" for text in texts)
    speaker = f'<p class="k3-speaker">{escape(node.speaker)}</p>' if node.speaker else ""
    return (
        '<div class="k3-scene">'
        f'<h4 tabindex="-1" class="k3-scene-title">{escape(_progress(words, lengths))}</h4>'
        f'<div class="k3-situation">{speaker}{paragraphs(node.text)}</div>'
        f'<p class="k3-ask" id="{ask}">{escape(words["what_do_you_do"])}</p>'
        f'<ul class="k3-choices" aria-labelledby="{ask}">{buttons}</ul>'
        f"<noscript>{choices_without(texts)}</noscript></div>"
    )


def _progress(words: Mapping[str, str], lengths: Sequence[int]) -> str:
    """Twin of ``progress`` in ``js/scenario.js``."""
    if not lengths:
        return words["choice_n"].format(n=1)
    least, most = lengths
    return words["choice_n_of"].format(n=1, total=most if least == most else f"{least}–{most}")


def _standing(scenario: Scenario, words: Mapping[str, str]) -> str:
    """Twin of ``standing`` in ``js/indicators.js``."""
    values = play.start(scenario).values
    cards = "".join(_card(each, values[each.id], words["of_100"]) for each in scenario.indicators)
    told = "".join(
        f"<dt>{escape(each.name)}</dt><dd>{escape(each.meaning)}</dd>" for each in scenario.indicators
    )
    return (
        '<div class="k3-standing">'
        f'<ul class="k3-indicators" aria-label="{escape(words["indicators"])}">{cards}</ul>'
        f'<details class="k3-details"><summary>{escape(words["what_figures_mean"])}</summary>'
        f"<dl>{told}</dl></details></div>"
    )


def _card(indicator: Indicator, value: int, of_100: str) -> str:
    return (
        f'<li class="k3-indicator"><span class="k3-indicator-name">{escape(indicator.name)}</span>'
        f'<span class="k3-indicator-now"><strong>{escape(play.level(indicator.levels, value))}</strong> '
        f'<span class="k3-numbers"><span class="k3-figure">{value}'
        f'<span class="k3-hidden"> {escape(of_100)}</span></span></span></span>'
        '<svg class="k3-meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="k3-meter-bar" width="{value}" height="4"></rect></svg></li>'
    )
