// One step back, and starting over; starting over asks first when there is much to lose sight of.
import { button, h } from "./dom.js";

/** @import {Translate} from "./frame.js" */

const MUCH = 3; // choices made, from which we ask

/** @param {Translate} t @param {number} made choices made so far
 * @param {() => void} undo @param {() => void} restart */
export function toolbar(t, made, undo, restart) {
  const bar = h("div", { class: "k3-toolbar" });
  if (!made) return bar;
  const again = button(t("start_over"), () => (made >= MUCH ? confirm() : restart()), "k3-quiet");
  const tools = [button(t("one_step_back"), undo, "k3-quiet"), again];
  function cancel() {
    bar.replaceChildren(...tools);
    again.focus();
  }
  function confirm() {
    const stay = button(t("no_stay_here"), cancel);
    const question = h("p", {}, t("start_over_question"));
    const group = h("div", { class: "k3-confirm", role: "group", "aria-label": t("start_over_question"), onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && cancel() }, question, button(t("yes_start_over"), restart), stay);
    bar.replaceChildren(group);
    stay.focus();
  }
  bar.append(...tools);
  return bar;
}
