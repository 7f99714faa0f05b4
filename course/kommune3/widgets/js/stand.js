// Taking a stand on a statement, and how a stand before lies beside one after. What is picked stays in the browser.
import { h, icon, radio } from "./dom.js";

/** @import {Comparison, Step} from "./types" */
/** @import {Frame, Translate} from "./frame.js" */

/** The question with its scale. `pick` hears what is picked; `ready` answers whether anything is, and asks for it.
 * @param {Frame} frame @param {Comparison} comparison @param {string} question @param {string | undefined} chosen
 * @param {(step: string) => void} pick */
export function stand(frame, comparison, question, chosen, pick) {
  const { t } = frame;
  const missing = h("p", { class: "k3-error", id: frame.id("missing"), hidden: true }, icon("note"), t("pick_a_step"));
  const radios = comparison.scale.map((step) => {
    const each = radio(frame.id("stand"), step.id, step.name);
    each.input.checked = step.id === chosen;
    each.input.addEventListener("change", () => {
      missing.hidden = true;
      pick(step.id);
    });
    return each;
  });
  const group = h(
    "fieldset",
    { class: "k3-options" },
    h("legend", {}, question, h("span", { class: "k3-statement" }, comparison.statement)),
    ...radios.map((each) => each.label),
  );
  return {
    parts: [group, missing],
    ready() {
      const picked = radios.some((each) => each.input.checked);
      missing.hidden = picked;
      if (!picked) {
        radios[0]?.input.setAttribute("aria-describedby", missing.id);
        radios[0]?.input.focus();
        frame.say(t("pick_a_step"));
      }
      return picked;
    },
  };
}

/** The scale with the two stands on it, marked in words. @param {Translate} t @param {Step[]} scale
 * @param {number} before -1 where it is not known @param {number} now */
export function scale(t, scale, before, now) {
  const steps = scale.map((step, at) => {
    const tags = [at === before && t("before"), at === now && t("now")];
    const look = at === now ? "now" : at === before ? "before" : "";
    return h("li", { "data-stand": look }, h("span", {}, step.name), ...tags.map((tag) => tag && h("strong", { class: "k3-tag" }, tag)));
  });
  return h("ol", { class: "k3-scale" }, ...steps);
}
