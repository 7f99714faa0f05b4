// What a scenario shows while it is played: the situation, the prediction, what happened.
import { button, h, heading, icon, paragraphs, radio } from "./dom.js";
import { changes } from "./indicators.js";

/** @import {Choice, Node, Predict, Reaction, Scenario, State} from "./types" */
/** @import {Frame} from "./frame.js" */

/** @typedef {{head: HTMLElement, parts: HTMLElement[]}} Scene a scene, and the heading that focus goes to */

/** @param {Node} node */
function told(node) {
  return h(
    "div",
    { class: "k3-situation" },
    node.speaker && h("p", { class: "k3-speaker" }, node.speaker),
    ...paragraphs(node.text),
  );
}

/** @param {Frame} frame @param {string} title @param {Node} node @param {Choice[]} open @param {(choice: Choice) => void} choose
 * @returns {Scene} */
export function situation(frame, title, node, open, choose) {
  const head = heading("h4", title, { class: "k3-scene-title" });
  const ask = h("p", { class: "k3-ask", id: frame.id("ask") }, frame.t("what_do_you_do"));
  const choices = open.map((choice) => h("li", {}, button(choice.text, () => choose(choice), "k3-choice")));
  const list = h("ul", { class: "k3-choices", "aria-labelledby": ask.id }, ...choices);
  return { head, parts: [head, told(node), ask, list] };
}

/** Asks what the learner expects, before it is shown.
 * @param {Frame} frame @param {Choice} choice @param {Predict} predict
 * @param {(reaction: Reaction) => void} go @param {() => void} back @returns {Scene} */
export function prediction(frame, choice, predict, go, back) {
  const { t } = frame;
  const head = heading("h4", t("before_you_see"), { class: "k3-scene-title" });
  const missing = h("p", { class: "k3-error", id: frame.id("missing"), hidden: true }, icon("note"), t("pick_a_reaction"));
  const radios = predict.reactions.map((each) => radio(frame.id("reaction"), each.id, each.text));
  const group = h(
    "fieldset",
    { class: "k3-options" },
    h("legend", {}, predict.question),
    ...radios.map((each) => each.label),
  );
  function see() {
    const at = radios.findIndex((each) => each.input.checked);
    const reaction = predict.reactions[at];
    if (reaction) return go(reaction);
    missing.hidden = false;
    radios[0]?.input.setAttribute("aria-describedby", missing.id);
    radios[0]?.input.focus();
    return frame.say(t("pick_a_reaction"));
  }
  const buttons = h(
    "div",
    { class: "k3-buttons" },
    button(t("see_what_happens"), see, "k3-primary"),
    button(t("choose_something_else"), back, "k3-quiet"),
  );
  return { head, parts: [head, chosen(frame, choice), group, missing, buttons] };
}

/** @param {Frame} frame @param {Choice} choice */
function chosen(frame, choice) {
  return h("p", { class: "k3-chosen" }, h("span", { class: "k3-small" }, frame.t("you_chose")), " ", choice.text);
}

/** @param {Frame} frame @param {Scenario} scenario
 * @param {{node: Node, choice: Choice, predicted: Reaction | null, before: State, after: State, last: boolean}} turn
 * @param {() => void} go @returns {Scene} */
export function consequence(frame, scenario, turn, go) {
  const { t } = frame;
  const head = heading("h4", t("this_happens"), { class: "k3-scene-title" });
  const sentences = changes(t, scenario, turn.before, turn.after);
  const list = sentences.length
    ? h("ul", { class: "k3-changes" }, ...sentences.map((each) => h("li", {}, icon(each.up ? "up" : "down"), h("span", {}, each.text))))
    : h("p", { class: "k3-small" }, t("nothing_moved"));
  const next = button(turn.last ? t("see_how_it_ended") : t("go_on"), go, "k3-primary");
  return {
    head,
    parts: [
      head,
      chosen(frame, turn.choice),
      h("div", { class: "k3-situation" }, ...paragraphs(turn.choice.feedback)),
      ...expectation(frame, turn),
      list,
      h("div", { class: "k3-buttons" }, next),
    ],
  };
}

/** Whether it went as expected, without judging.
 * @param {Frame} frame @param {{node: Node, choice: Choice, predicted: Reaction | null}} turn */
function expectation(frame, { node, choice, predicted }) {
  const met = node.predict?.reactions.find((each) => each.id === choice.reaction);
  if (!predicted || !met) return [];
  const words = { expected: predicted.text, met: met.text };
  const same = predicted.id === met.id;
  return [h("p", { class: "k3-expected" }, same ? frame.t("as_expected", words) : frame.t("not_as_expected", words))];
}
