// A button that hands in an answer and waits for the verdict, and how a verdict looks.
import { button, h, icon } from "./dom.js";

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

/** Right or not, as a sign and a word. @param {boolean} correct @param {string} yes @param {string} no */
export function verdict(correct, yes, no) {
  return h("strong", { class: "k3-verdict", "data-correct": String(correct) }, icon(correct ? "yes" : "no"), correct ? yes : no);
}

/** The score in words, and what it means. @param {Translate} t @param {number} score @param {number} mark @param {boolean} passed */
export function passing(t, score, mark, passed) {
  return h("p", {}, passed ? t("passed", { score, mark }) : t("not_passed", { score, mark }));
}
