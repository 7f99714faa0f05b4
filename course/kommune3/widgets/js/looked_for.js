// What the language check looks for, and what is said about each term.
import { h, named, paragraphs } from "./dom.js";

/** @import {Language, Source} from "./types" */
/** @import {Frame} from "./frame.js" */

/** What one might write instead, why, and whose word that is.
 * @param {Frame} frame @param {{instead: string[], reason: string, own: boolean, sources: string[]}} term
 * @param {Record<string, Source>} sources */
export function about({ t }, { instead, reason, own, sources: cited }, sources) {
  const known = cited.flatMap((id) => sources[id] ?? []);
  return [
    instead.length > 0 && h("p", {}, h("strong", {}, t("you_might_write")), ` ${instead.map((each) => `»${each}«`).join(", ")}`),
    ...paragraphs(reason),
    own && h("p", { class: "k3-small k3-own" }, t("our_own")),
    ...known.map(({ label, url }) =>
      h("p", { class: "k3-small" }, `${t("source")} `, url ? h("a", { href: url, rel: "noreferrer" }, label) : label),
    ),
  ].filter((part) => part instanceof Node);
}

/** All the terms, for whoever wants to know before writing.
 * @param {Frame} frame @param {Language} language @param {Record<string, Source>} sources */
export function looked(frame, language, sources) {
  const terms = language.terms.flatMap((term) => [h("dt", {}, named(term.words.join(", "))), h("dd", {}, ...about(frame, term, sources))]);
  return h("details", { class: "k3-details" }, h("summary", {}, frame.t("words_looked_for")), h("dl", {}, ...terms));
}
