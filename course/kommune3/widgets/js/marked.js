// A letter with its words marked, and each of them with what one might write instead and why.
import { button, h, heading } from "./dom.js";
import { about } from "./looked_for.js";

/** @import {CheckedLetter, LetterFinding, Source} from "./types" */
/** @import {Frame} from "./frame.js" */

/** @param {Frame} frame @param {Record<string, Source>} sources @param {string} text @param {CheckedLetter} found */
export function marked(frame, sources, text, found) {
  const { t } = frame;
  const head = heading("h4", title(frame, found), { class: "k3-scene-title" });
  const share = new Intl.NumberFormat(frame.root.lang, { maximumFractionDigits: 1 }).format((100 * found.marked) / found.words);
  const count = found.findings.length
    ? t("share_of_words", { marked: found.marked, words: found.words, share })
    : t("words_in_all", { words: found.words });
  const part = h("div", { class: "k3-checked" }, head, h("p", {}, count));
  if (found.findings.length) part.append(...both(frame, sources, text, found));
  return { part, focus: () => head.focus() };
}

/** @param {Frame} frame @param {CheckedLetter} found */
function title({ t }, { findings }) {
  if (!findings.length) return t("none_found");
  return findings.length === 1 ? t("one_found") : t("n_found", { n: findings.length });
}

/** The letter and the list, each leading to the other.
 * @param {Frame} frame @param {Record<string, Source>} sources @param {string} text @param {CheckedLetter} found */
function both(frame, sources, text, { findings }) {
  const { t } = frame;
  const signs = units(text);
  const terms = [...new Set(findings.map((each) => each.term))];
  /** @type {Map<string, HTMLElement>} */
  const heads = new Map();
  /** @type {Map<string, HTMLElement>} */
  const first = new Map();
  const letter = h("div", { class: "k3-letter", role: "group", "aria-label": t("marked_letter") });
  let at = 0;
  for (const each of findings) {
    const word = signs(each.start, each.end);
    const n = terms.indexOf(each.term) + 1;
    const jump = button("", () => heads.get(each.term)?.focus(), "k3-word");
    jump.append(h("mark", {}, word), h("sup", {}, n), h("span", { class: "k3-hidden" }, ` ${t("see_why")}`));
    letter.append(signs(at, each.start), jump);
    if (!first.has(each.term)) first.set(each.term, jump);
    at = each.end;
  }
  letter.append(signs(at));
  const list = terms.map((id) => {
    const of = findings.filter((each) => each.term === id);
    const { head, part } = entry(frame, sources, of, signs, () => first.get(id)?.focus());
    heads.set(id, head);
    return part;
  });
  return [letter, h("h5", { class: "k3-subtitle" }, t("one_by_one")), h("ol", { class: "k3-words" }, ...list)];
}

/** A term that was found, with the words as they stand in the letter.
 * @param {Frame} frame @param {Record<string, Source>} sources @param {LetterFinding[]} of
 * @param {(start: number, end: number) => string} signs @param {() => void} back */
function entry(frame, sources, of, signs, back) {
  const { t } = frame;
  const words = [...new Set(of.map((each) => plain(signs(each.start, each.end)).toLocaleLowerCase(frame.root.lang)))];
  const times = of.length > 1 ? ` (${t("times", { n: of.length })})` : "";
  const head = heading("h6", `${words.slice(0, 6).join(", ")}${words.length > 6 ? " …" : ""}${times}`);
  const show = h("div", { class: "k3-buttons" }, button(t("show_in_letter"), back, "k3-quiet"));
  const [one] = of;
  const told = one ? about(frame, one, sources) : [];
  return { head, part: h("li", {}, head, ...told, show) };
}

/** A word on one line, as it is spoken and listed. @param {string} word */
const plain = (word) => word.replace(/\u00ad/g, "").replace(/\s+/g, " ");

/** Cuts a text where the service counts: in whole characters, of which JavaScript has some as two.
 * @param {string} text @returns {(start: number, end?: number) => string} */
function units(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (start, end) => text.slice(start, end);
  const characters = Array.from(text);
  return (start, end) => characters.slice(start, end).join("");
}
