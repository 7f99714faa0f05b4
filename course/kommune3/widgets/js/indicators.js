// The indicators: a word, a figure and a drawn meter each, and what a choice changed, in words.
import { h, icon, s } from "./dom.js";
import { level } from "./engine.js";

/** @import {Indicator, Scenario, State} from "./types" */
/** @import {Translate} from "./frame.js" */

/** @param {Translate} t @param {Scenario} scenario @param {State} state @param {State} [before] */
function indicatorCards(t, scenario, state, before) {
  const cards = scenario.indicators.map((each) => {
    const value = state.values[each.id] ?? 0;
    return card(t, each, value, value - (before?.values[each.id] ?? value));
  });
  return h("ul", { class: "k3-indicators", "aria-label": t("indicators") }, ...cards);
}

/** @param {Translate} t @param {Indicator} indicator @param {number} value @param {number} change */
function card(t, indicator, value, change) {
  const bar = s("rect", { class: "k3-meter-bar", width: value, height: 4 });
  return h(
    "li",
    { class: "k3-indicator" },
    h("span", { class: "k3-indicator-name" }, indicator.name),
    h(
      "span",
      { class: "k3-indicator-now" },
      h("strong", {}, level(indicator.levels, value)),
      " ",
      h(
        "span",
        { class: "k3-numbers" },
        change !== 0 && delta(t, change),
        h("span", { class: "k3-figure" }, value, h("span", { class: "k3-hidden" }, ` ${t("of_100")}`)),
      ),
    ),
    s("svg", { class: "k3-meter", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" }, bar),
  );
}

/** @param {Translate} t @param {number} change */
function delta(t, change) {
  const said = h("span", { class: "k3-hidden" }, change > 0 ? t("up") : t("down"));
  return h("span", { class: "k3-delta" }, icon(change > 0 ? "up" : "down"), Math.abs(change), said);
}

/** What changed between two states, a sentence per indicator, and which way.
 * @param {Translate} t @param {Scenario} scenario @param {State} before @param {State} after */
export function changes(t, scenario, before, after) {
  return scenario.indicators.flatMap((each) => {
    const value = after.values[each.id] ?? 0;
    const by = value - (before.values[each.id] ?? 0);
    if (!by) return [];
    const words = { name: each.name, by: Math.abs(by), value, level: level(each.levels, value) };
    return [{ up: by > 0, text: by > 0 ? t("rose", words) : t("fell", words) }];
  });
}

/** How things stand, and what that means. @param {Translate} t @param {Scenario} scenario @param {State} state @param {State} [before] */
export function standing(t, scenario, state, before) {
  return h("div", { class: "k3-standing" }, indicatorCards(t, scenario, state, before), meanings(t, scenario));
}

/** What each indicator means, and whose estimate it is. @param {Translate} t @param {Scenario} scenario */
function meanings(t, scenario) {
  return h(
    "details",
    { class: "k3-details" },
    h("summary", {}, t("what_figures_mean")),
    h("dl", {}, ...scenario.indicators.flatMap((each) => [h("dt", {}, each.name), h("dd", {}, each.meaning)])),
  );
}
