// How many words are written, counted as the check of form counts them.
import { h } from "./dom.js";

/** @import {Frame} from "./frame.js" */

const WORD = /[\p{L}\p{N}]+(?:[.,:/’'-][\p{L}\p{N}]+)*/gu;
const HALT = 700; // milliseconds without a key, before a count is spoken

/** Words with a letter in them, over all answers. @param {string[]} answers */
export function words(answers) {
  return answers.flatMap((text) => text.normalize("NFC").match(WORD) ?? []).filter((word) => /\p{L}/u.test(word)).length;
}

/** The line that counts; it is spoken only where it first says enough, or no longer.
 * @param {Frame} frame @param {number} least */
export function counter(frame, least) {
  const line = h("p", { class: "k3-small k3-word-count" });
  let enough = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return {
    line,
    /** @param {string[]} answers @param {boolean} typed whether the learner is writing just now */
    show(answers, typed) {
      const n = words(answers);
      const text = frame.t("words_of", { n, least });
      line.textContent = text;
      line.toggleAttribute("data-enough", n >= least);
      if (n >= least === enough) return;
      enough = n >= least;
      clearTimeout(timer);
      if (typed) timer = setTimeout(() => frame.say(text), HALT);
    },
  };
}
