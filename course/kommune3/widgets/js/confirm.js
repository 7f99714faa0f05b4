// A question asked in place before something is given up; focus goes to the harmless answer.
import { button, h } from "./dom.js";

/** Puts the question into `place`; `restore` puts back what was there, with focus.
 * @param {HTMLElement} place @param {{question: string, yes: string, no: string}} words
 * @param {() => void} act @param {() => void} restore */
export function confirm(place, words, act, restore) {
  let said = false; // yes: what is under way then cannot be called back, nor asked for twice
  const yes = button(words.yes, () => {
    if (said) return;
    said = true;
    for (const each of [yes, stay]) each.setAttribute("aria-disabled", "true"); // keeps focus, unlike disabled
    act();
  });
  const back = () => said || restore();
  const stay = button(words.no, back);
  /** @param {KeyboardEvent} event */
  function escape(event) {
    if (event.key === "Escape") back();
  }
  const props = { class: "k3-confirm", role: "group", "aria-label": words.question, onkeydown: escape };
  place.replaceChildren(h("div", props, h("p", {}, words.question), yes, stay));
  stay.focus();
}
