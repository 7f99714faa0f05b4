// The profile of a self-assessment: each statement with its level in words and as a bar. No total, and no verdict.
import { h, heading, paragraphs, s } from "./dom.js";

/** @import {Assessment, Statement} from "./types" */
/** @import {Translate} from "./frame.js" */

const [WIDE, HIGH, GAP] = [60, 18, 6]; // a box of a bar, in the drawing's own units

/** @param {Translate} t @param {Assessment} assessment @param {Record<string, string>} levels by statement, all there */
export function profile(t, assessment, levels) {
  const rated = assessment.statements.map((statement) => ({
    statement,
    level: assessment.levels.findIndex((level) => level.id === levels[statement.id]),
  }));
  const head = heading("h4", t("your_profile"), { class: "k3-scene-title" });
  const rows = rated.map(({ statement, level }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, statement.name),
      h("td", {}, assessment.levels[level]?.name ?? "", bar(level, assessment.levels.length)),
    ),
  );
  const table = h(
    "table",
    { class: "k3-profile" },
    h("caption", {}, t("profile_caption")),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("statement")), h("th", { scope: "col" }, t("your_level")))),
    h("tbody", {}, ...rows),
  );
  return { part: h("div", { class: "k3-outcome k3-own-profile" }, head, table, h("p", { class: "k3-small" }, t("profile_means")), ...thoughts(t, rated)), head };
}

/** As many boxes as there are levels, filled as far as the level. @param {number} level @param {number} count */
function bar(level, count) {
  const boxes = Array.from({ length: count }, (_, at) =>
    s("rect", { class: at <= level ? "k3-filled" : "k3-unfilled", x: 1 + at * (WIDE + GAP), y: 1, width: WIDE, height: HIGH, rx: 3 }),
  );
  return s("svg", { class: "k3-level-bar", viewBox: `0 0 ${count * (WIDE + GAP) - GAP + 2} ${HIGH + 2}`, "aria-hidden": "true" }, ...boxes);
}

/** What to think about where one is lowest and highest; where all are alike, both for each.
 * @param {Translate} t @param {{statement: Statement, level: number}[]} rated @returns {HTMLElement[]} */
function thoughts(t, rated) {
  const levels = rated.map((each) => each.level);
  const [least, most] = [Math.min(...levels), Math.max(...levels)];
  if (least === most) return [h("p", {}, t("all_alike")), ...rated.map(({ statement }) => thought(statement, statement.low, statement.high))];
  const low = rated.filter((each) => each.level === least).map(({ statement }) => thought(statement, statement.low));
  const high = rated.filter((each) => each.level === most).map(({ statement }) => thought(statement, statement.high));
  return [h("h5", { class: "k3-subtitle" }, t("lowest")), ...low, h("h5", { class: "k3-subtitle" }, t("highest")), ...high];
}

/** @param {Statement} statement @param {...string} texts */
function thought(statement, ...texts) {
  return h("div", { class: "k3-thought" }, h("p", {}, h("strong", {}, statement.name)), ...texts.flatMap((text) => paragraphs(text)));
}
