// A button that hands in an answer and waits for the verdict.
import { button, h } from "./dom.js";

/** @import {SaveState} from "./types" */
/** @import {Translate} from "./frame.js" */

const TROUBLE = new Set(["waiting", "offline", "full", "signed-out", "forbidden", "kernel"]);

/** @param {Translate} t @param {string} label @param {() => void} hand @param {() => void} retry */
export function handIn(t, label, hand, retry) {
  /** @type {"ready" | "waiting" | "trouble"} */
  let state = "ready";
  const press = button(label, () => (state === "ready" ? hand() : state === "trouble" && retry()), "k3-primary");
  const note = h("p", { class: "k3-small", hidden: true }, t("answer_is_kept"));
  /** @param {"ready" | "waiting" | "trouble"} next @param {string} text */
  function become(next, text) {
    state = next;
    press.textContent = text;
    press.setAttribute("aria-disabled", String(next === "waiting")); // keeps focus, unlike disabled
    note.hidden = next !== "trouble";
  }
  return {
    parts: [h("div", { class: "k3-buttons" }, press), note],
    /** Waits for the verdict. */
    wait: () => become("waiting", t("sending")),
    /** Ready for another answer. @param {string} text */
    ready: (text) => become("ready", text),
    /** Whether an answer is on its way. */
    busy: () => state !== "ready",
    /** Follows what becomes of the answer. @param {SaveState} save */
    follow(save) {
      if (state === "waiting" && TROUBLE.has(save)) become("trouble", t("try_again"));
      else if (state === "trouble" && save === "saving") become("waiting", t("sending"));
    },
  };
}
