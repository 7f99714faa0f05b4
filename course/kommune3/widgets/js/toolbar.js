// One step back, and starting over; starting over asks first when there is much to lose sight of.
import { button, h, stepper } from "./dom.js";

/** @import {Translate} from "./frame.js" */

const MUCH = 3; // choices made, from which we ask

/** @param {Translate} t @param {number} made choices made so far
 * @param {() => void} undo @param {(() => void) | null} restart null where starting over is offered elsewhere */
export function toolbar(t, made, undo, restart) {
  const bar = h("div", { class: "k3-toolbar" });
  if (!made) return bar;
  const back = stepper(t("one_step_back"), undo, "k3-quiet");
  bar.append(back);
  if (!restart) return bar;
  const again = button(t("start_over"), () => (made >= MUCH ? confirm() : restart()), "k3-quiet");
  function cancel() {
    bar.replaceChildren(back, again);
    again.focus();
  }
  function escape(/** @type {KeyboardEvent} */ event) {
    if (event.key === "Escape") cancel();
  }
  function confirm() {
    const stay = button(t("no_stay_here"), cancel);
    const question = t("start_over_question");
    const props = { class: "k3-confirm", role: "group", "aria-label": question, onkeydown: escape };
    const yes = button(t("yes_start_over"), () => restart?.());
    const group = h("div", props, h("p", {}, question), yes, stay);
    bar.replaceChildren(group);
    stay.focus();
  }
  bar.append(again);
  return bar;
}
