// The scene that a page has before any script: taken over as it stands, so that nothing moves and no press is lost.
import { revived } from "./dom.js";

/** @import {Choice} from "./types" */
/** @import {Frame} from "./frame.js" */
/** @typedef {boolean | "still"} Focus whether focus goes to what is shown; still: without scrolling there */

/** The parts of a first scene that waits in the host's element; null where there is none.
 * @param {HTMLElement} el */
export function taken(el) {
  /** @type {HTMLElement | null} */
  const root = el.querySelector(":scope > [data-first-scene]");
  if (!root) return null;
  const part = (/** @type {string} */ look) => /** @type {HTMLElement} */ (root.querySelector(look));
  delete root.dataset["firstScene"];
  for (const other of el.querySelectorAll(":scope > :not(.k3), noscript")) other.remove();
  return {
    root,
    title: part(".k3-title"),
    notices: part(".k3-notices"),
    body: part(".k3-body"),
    /** @type {HTMLElement[]} */
    choices: [...root.querySelectorAll(/** @type {"button"} */ (".k3-choice"))],
  };
}

/** Makes the choices of that scene act. One that was pressed before is made now, and pulls nobody away who has gone on;
 * not where there is a message to read first.
 * @param {Frame} frame @param {Choice[]} open as many as the frame has, in their order
 * @param {(choice: Choice, focus?: Focus) => void} choose */
export function alive(frame, open, choose) {
  open.forEach((choice, at) => {
    const button = /** @type {HTMLElement} */ (frame.choices[at]);
    revived(button, () => choose(choice));
    if (!button.hasAttribute("aria-pressed")) return;
    button.removeAttribute("aria-pressed");
    if (frame.root.querySelector(".k3-notice")) return;
    const { top, bottom } = button.getBoundingClientRect();
    const focus = !frame.elsewhere() && (bottom > 0 && top < innerHeight ? true : "still");
    queueMicrotask(() => choose(choice, focus)); // once the widget is whole
  });
}
