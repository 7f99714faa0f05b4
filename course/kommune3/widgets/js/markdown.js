// The part of Markdown that a question uses, as elements: text can never become markup.
import { h } from "./dom.js";

/** @import {Source} from "./types" */
/** @typedef {Record<string, Source>} Sources */

const BULLET = /^\s{0,3}[-*+]\s+/;
const NUMBER = /^\s{0,3}\d{1,3}[.)]\s+/;
const HEADING = /^\s{0,3}#{1,6}\s+/;
const INLINE = new RegExp(
  [
    String.raw`\\([!-\/:-@\[-\x60{-~])`, // an escaped sign
    String.raw`\[@([a-z0-9_-]+)\]`, // a source of the course
    String.raw`\[([^\[\]]+)\]\((https?:\/\/[^\s()]+)\)`,
    String.raw`(\*\*|__)(?=\S)(.+?)(?<=\S)\5`,
    String.raw`(?<![\p{L}\p{N}])([*_])(?=\S)(.+?)(?<=\S)\7(?![\p{L}\p{N}])`,
    String.raw`\x60([^\x60]+)\x60`,
  ].join("|"),
  "gsu",
);

/** Paragraphs, lists, and headings as bold paragraphs. @param {string} source @param {Sources} [sources] */
export function markdown(source, sources = {}) {
  return source
    .trim()
    .split(/\n\s*\n/)
    .flatMap((text) => blocks(text.split("\n")))
    .map((lines) => block(lines, sources));
}

/** A list or a heading needs no blank line around it. @param {string[]} lines @returns {string[][]} */
function blocks(lines) {
  /** @type {string[][]} */
  const found = [];
  for (const line of lines) {
    const before = found.at(-1);
    const apart = !before || HEADING.test(before[0] ?? "") || HEADING.test(line) || (listed(line) && !listed(before[0] ?? ""));
    if (apart) found.push([line]);
    else before.push(line);
  }
  return found;
}

/** @param {string} line */
const listed = (line) => BULLET.test(line) || NUMBER.test(line);

/** @param {string[]} lines @param {Sources} sources */
function block(lines, sources) {
  const [first = ""] = lines;
  if (HEADING.test(first)) return h("p", { class: "k3-ask" }, ...inline(first.replace(HEADING, ""), sources));
  if (!listed(first)) return h("p", {}, ...inline(lines.join("\n"), sources));
  const tag = BULLET.test(first) ? "ul" : "ol";
  return h(tag, { class: "k3-points" }, ...items(lines).map((item) => h("li", {}, ...inline(item, sources))));
}

/** The items of a list; a line without a mark goes on with the item before. @param {string[]} lines */
function items(lines) {
  /** @type {string[]} */
  const found = [];
  for (const line of lines) {
    const text = line.replace(BULLET, "").replace(NUMBER, "");
    if (listed(line)) found.push(text);
    else found.push(`${found.pop() ?? ""} ${line.trim()}`);
  }
  return found;
}

/** @param {string} text @param {Sources} sources @returns {(Node | string)[]} */
function inline(text, sources) {
  /** @type {(Node | string)[]} */
  const found = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    found.push(text.slice(at, match.index), piece(match, sources));
    at = match.index + match[0].length;
  }
  return [...found, text.slice(at)].filter((part) => part !== "");
}

/** @param {RegExpMatchArray} match @param {Sources} sources @returns {Node | string} */
function piece([whole, sign, cited, label, url, , strong, , emphasis, code], sources) {
  if (sign) return sign;
  if (cited) return citation(sources[cited], whole);
  if (label && url) return h("a", { href: url, rel: "noreferrer" }, label);
  if (strong) return h("strong", {}, ...inline(strong, sources));
  if (emphasis) return h("em", {}, ...inline(emphasis, sources));
  return code ? h("code", {}, code) : whole;
}

/** @param {Source | undefined} source @param {string} whole */
function citation(source, whole) {
  if (!source) return whole;
  const label = source.url ? h("a", { href: source.url, rel: "noreferrer" }, source.label) : source.label;
  return h("span", { class: "k3-small" }, "(", label, ")");
}
