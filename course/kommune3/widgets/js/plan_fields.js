// The fields of a plan: a text area for each question, and rows of who, what and when where there are columns.
import { button, h } from "./dom.js";
import { MOST_ROWS, fitted, rowsOf } from "./plan_text.js";
import { field, prompts } from "./prompts.js";

/** @import {Finding, Plan} from "./types" */
/** @import {Frame} from "./frame.js" */

/** @param {Frame} frame @param {Plan} plan @param {() => void} typed @param {() => void} left */
export function planFields(frame, plan, typed, left) {
  const asked = prompts(frame, plan.questions.map(({ title, help }) => ({ title, hint: help ?? "" })), typed, left);
  const rows = table(frame, plan, typed, left);
  const count = plan.questions.length;
  return {
    parts: [...asked.parts, rows.part],
    /** What is written, as it stands on screen. */
    answers: () => [...asked.answers(), ...rows.cells()],
    /** Puts a text in, as it is stored. @param {string[]} answers */
    fill(answers) {
      const fit = fitted(plan, answers);
      asked.fill(fit.slice(0, count));
      rows.fill(rowsOf(plan, fit));
    },
    /** Shows what was found at each field. @param {Finding[]} findings */
    mark(findings) {
      asked.mark(findings);
      rows.mark(findings.filter(({ prompt }) => prompt !== null && prompt >= count).map((each) => ({ ...each, prompt: (each.prompt ?? 0) - count })));
    },
    /** @param {number} at among all answers */
    focus: (at) => (at < count ? asked.focus(at) : rows.focus(at - count)),
  };
}

/** @param {Frame} frame @param {Plan} plan @param {() => void} typed @param {() => void} left */
function table(frame, plan, typed, left) {
  const { t } = frame;
  const place = h("div", { class: "k3-agreements" });
  const add = button(t("add_row"), more);
  const part = plan.columns.length
    ? h("div", { class: "k3-table-of-plan" }, place, h("div", { class: "k3-buttons" }, add))
    : h("div", { hidden: true });
  /** @type {ReturnType<typeof row>[]} */
  let rows = [];
  let made = 0;

  /** @param {string[]} cells */
  function put(cells) {
    const own = row(frame, plan, made++, typed, left, () => take(own));
    own.fill(cells);
    rows.push(own);
  }

  function show() {
    rows.forEach((each, at) => each.number(at + 1));
    place.replaceChildren(...rows.map((each) => each.part));
    add.toggleAttribute("hidden", rows.length >= MOST_ROWS);
  }

  function more() {
    put([]);
    show();
    frame.say(t("row_added", { n: rows.length }));
    rows.at(-1)?.focus(0);
  }

  /** @param {ReturnType<typeof row>} own */
  function take(own) {
    const at = rows.indexOf(own);
    rows = rows.filter((each) => each !== own);
    show();
    frame.say(t("row_removed"));
    const next = rows[Math.min(at, rows.length - 1)];
    if (next) next.focus(0);
    else add.focus();
    typed();
  }

  return {
    part,
    cells: () => rows.flatMap((each) => each.cells()),
    /** @param {string[][]} texts */
    fill(texts) {
      const wanted = Math.max(texts.length, Math.min(rows.length || plan.rows, plan.rows));
      rows.length = Math.min(rows.length, wanted);
      rows.forEach((each, at) => each.fill(texts[at] ?? []));
      while (rows.length < wanted) put(texts[rows.length] ?? []);
      show();
    },
    /** @param {Finding[]} findings their prompts count the cells */
    mark(findings) {
      const wide = plan.columns.length;
      rows.forEach((each, at) => each.mark(findings.filter(({ prompt }) => Math.floor((prompt ?? 0) / wide) === at), at * wide));
    },
    /** @param {number} cell */
    focus: (cell) => rows[Math.floor(cell / plan.columns.length)]?.focus(cell % plan.columns.length),
  };
}

/** @param {Frame} frame @param {Plan} plan @param {number} made how many were made before
 * @param {() => void} typed @param {() => void} left @param {() => void} removed */
function row(frame, plan, made, typed, left, removed) {
  const { t } = frame;
  const fields = plan.columns.map(({ name }, at) => field(frame, name, `row-${made}-${at}`, typed, left, { rows: 1 }));
  const legend = h("legend", {});
  const drop = button("", removed, "k3-quiet");
  const part = h("fieldset", { class: "k3-agreement" }, legend, h("div", { class: "k3-cells" }, ...fields.map((each) => each.part)), drop);
  return {
    part,
    cells: () => fields.map((each) => each.area.value),
    /** @param {string[]} texts */
    fill: (texts) => fields.forEach((each, at) => each.fill(texts[at] ?? "")),
    /** @param {Finding[]} findings @param {number} first the number of the row's first cell */
    mark: (findings, first) => fields.forEach((each, at) => each.mark(findings.filter(({ prompt }) => prompt === first + at))),
    /** @param {number} n */
    number(n) {
      legend.textContent = t("row_number", { n });
      drop.textContent = t("remove_row", { n });
    },
    /** @param {number} at */
    focus: (at) => fields[at]?.area.focus(),
  };
}
