// The line that says in words whether the learner's work is stored.
import { button, h } from "./dom.js";

/** @import {SaveState} from "./types" */
/** @import {Translate} from "./frame.js" */

/** @param {Translate} t @returns {Partial<Record<SaveState, string>>} */
function wordings(t) {
  return {
    idle: "",
    saving: t("saving"),
    saved: t("saved"),
    waiting: t("not_saved_yet"),
    offline: t("offline"),
    full: t("cannot_store"),
    "signed-out": t("signed_out"),
    forbidden: t("forbidden"),
    changed: t("not_recording"),
    local: t("kept_here"),
    unsaved: t("kept_nowhere"),
    kernel: t("kernel_silent"),
  };
}

const TROUBLE = new Set(["waiting", "offline", "full", "signed-out", "forbidden", "kernel"]);

/** @param {Translate} t @param {Partial<Record<SaveState, string>>} more a kind's own states: something that
 * the learner must mend, so that trying again is no help */
export function statusLine(t, more = {}) {
  const words = { ...wordings(t), ...more };
  const text = h("span", { class: "k3-status-text" });
  const line = h("div", { class: "k3-status", tabindex: "-1", hidden: true }, text);
  /** @type {(() => void) | undefined} */
  let again;
  const retry = button(t("try_again"), () => again?.(), "k3-quiet");
  return {
    line,
    /** Shows a state; `kept` false warns that closing the page would lose what is unsent.
     * @param {SaveState} state @param {boolean} kept @returns {string} what it says, when that is trouble */
    show(state, kept) {
      const trouble = TROUBLE.has(state);
      const word = words[state] ?? "";
      const said = trouble && !kept ? `${word} ${t("keep_open")}` : word;
      text.textContent = said;
      line.hidden = !said;
      line.dataset["state"] = trouble || state in more ? "trouble" : state;
      if (trouble && !retry.isConnected) line.append(retry);
      if (state !== "saving" && !trouble) {
        if (document.activeElement === retry) line.focus(); // focus is never lost with its button
        retry.remove();
      }
      return trouble ? said : "";
    },
    /** @param {() => void} press */
    onRetry(press) {
      again = press;
    },
  };
}
