// How a verdict looks: a sign and a word for one answer, a sentence for the score.
import { h, icon } from "./dom.js";

/** @import {Translate} from "./frame.js" */

/** Right or not, as a sign and a word. @param {boolean} correct @param {string} yes @param {string} no */
export function verdict(correct, yes, no) {
  return h("strong", { class: "k3-verdict", "data-correct": String(correct) }, icon(correct ? "yes" : "no"), correct ? yes : no);
}

/** The score in words, and what it means. @param {Translate} t @param {number} score @param {number} mark @param {boolean} passed */
export function passing(t, score, mark, passed) {
  return h("p", {}, passed ? t("passed", { score, mark }) : t("not_passed", { score, mark }));
}
