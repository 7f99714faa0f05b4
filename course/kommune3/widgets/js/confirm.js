// A question asked in place before something is given up; focus goes to the harmless answer.
import { button, h } from "./dom.js";

/** Puts the question into `place`; `restore` puts back what was there, with focus.
 * @param {HTMLElement} place @param {{question: string, yes: string, no: string}} words
 * @param {() => void} act @param {() => void} restore */
export function confirm(place, words, act, restore) {
  /** @param {KeyboardEvent} event */
  function escape(event) {
    if (event.key === "Escape") restore();
  }
  const stay = button(words.no, restore);
  const props = { class: "k3-confirm", role: "group", "aria-label": words.question, onkeydown: escape };
  place.replaceChildren(h("div", props, h("p", {}, words.question), button(words.yes, act), stay));
  stay.focus();
}
