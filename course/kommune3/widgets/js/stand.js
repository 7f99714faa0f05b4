// Taking a stand on a statement, and how a stand before lies beside one after. What is picked stays in the browser.
import { h, icon, radio, s } from "./dom.js";

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

const WIDTH = 640;
const EDGE = 26; // room for a sign at the ends

/** The scale as a line with the two stands on it. The words beside it say the same, so it is hidden from screen
 * readers. @param {Translate} t @param {Step[]} scale @param {number} before -1 where it is not known @param {number} now */
export function line(t, scale, before, now) {
  const x = (/** @type {number} */ at) => EDGE + ((WIDTH - 2 * EDGE) * at) / (scale.length - 1);
  const ticks = scale.map((_step, at) => s("circle", { class: "k3-tick", cx: x(at), cy: 40, r: 5 }));
  /** @param {string} word @param {number} at @param {number} y */
  const label = (word, at, y) =>
    s("text", { class: "k3-name", x: x(at), y, "text-anchor": at === 0 ? "start" : at === scale.length - 1 ? "end" : "middle", dx: at === 0 ? -EDGE + 2 : at === scale.length - 1 ? EDGE - 2 : 0 }, word);
  return s(
    "svg",
    { class: "k3-stand-line", viewBox: `0 0 ${WIDTH} 84`, "aria-hidden": "true" },
    s("path", { class: "k3-rule", d: `M${EDGE} 40H${WIDTH - EDGE}` }),
    ...ticks,
    before >= 0 && s("circle", { class: "k3-ring", cx: x(before), cy: 40, r: 17 }),
    before >= 0 && label(t("before"), before, 16),
    s("circle", { class: "k3-dot", cx: x(now), cy: 40, r: 10 }),
    label(t("now"), now, 78),
  );
}
