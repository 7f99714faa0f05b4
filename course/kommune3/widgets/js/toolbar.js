// One step back, and starting over; starting over asks first when there is much to lose sight of.
import { confirm } from "./confirm.js";
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
  const again = button(t("start_over"), () => (made >= MUCH ? ask(restart) : restart()), "k3-quiet");
  function cancel() {
    bar.replaceChildren(back, again);
    again.focus();
  }
  /** @param {() => void} act */
  function ask(act) {
    const words = { question: t("start_over_question"), yes: t("yes_start_over"), no: t("no_stay_here") };
    confirm(bar, words, act, cancel);
  }
  bar.append(again);
  return bar;
}
