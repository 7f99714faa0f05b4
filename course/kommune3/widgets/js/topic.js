// One topic of a comparison: what each source says, who says it, and whose interest it speaks for.
import { cited } from "./cited.js";
import { h, paragraphs } from "./dom.js";

/** @import {Model, Source, Topic} from "./types" */
/** @import {Translate} from "./frame.js" */

/** @param {Translate} t @param {Model} model @param {Topic} topic @returns {HTMLElement[]} */
export function topicParts(t, model, topic) {
  /** @type {Record<string, Source>} */
  const sources = model.get("sources");
  const says = topic.positions.map(({ source, text }) => position(source, text, sources));
  const note = topic.note ? [h("div", { class: "k3-chosen" }, h("p", { class: "k3-small" }, t("course_says")), ...paragraphs(topic.note))] : [];
  return [h("ul", { class: "k3-positions" }, ...says), ...note];
}

/** @param {string} id @param {string} text @param {Record<string, Source>} sources */
function position(id, text, sources) {
  const interest = sources[id]?.interest;
  const who = h("p", { class: "k3-who" }, ...cited([id], sources));
  return h("li", { class: "k3-position" }, who, ...paragraphs(text), interest && h("p", { class: "k3-small" }, interest));
}
