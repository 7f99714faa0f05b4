// The table to explore: whole on a wide screen, a row at a time on a phone. Nothing is recorded.
import { h, heading, paragraphs, stepper } from "./dom.js";
import { frame as makeFrame, translator } from "./frame.js";

/** @import {RenderContext, Row, Table} from "./types" */
/** @import {Frame} from "./frame.js" */

/** @param {RenderContext} context */
function render(context) {
  /** @type {Table} */
  const table = context.model.get("content");
  const frame = makeFrame(context, "table", translator(context.model)("table_of", { total: table.rows.length }));
  frame.body.replaceChildren(...paragraphs(table.intro, "k3-opening"), whole(frame, table), oneByOne(frame, table));
  return frame.close;
}

/** The table; a row's button shows and hides its question. @param {Frame} frame @param {Table} table */
function whole(frame, table) {
  const head = table.columns.map((each) =>
    h("th", { scope: "col" }, each.name, h("span", { class: "k3-small" }, each.meaning)),
  );
  return h(
    "div",
    { class: "k3-whole" },
    h(
      "table",
      { class: "k3-table" },
      h("caption", { class: "k3-hidden" }, table.title),
      h("thead", {}, h("tr", {}, h("td", {}), ...head)),
      h("tbody", {}, ...table.rows.flatMap((row, at) => wideRow(frame, table, row, at))),
    ),
  );
}

/** @param {Frame} frame @param {Table} table @param {Row} row @param {number} at */
function wideRow(frame, table, row, at) {
  const note = h("tr", { class: "k3-note-row", id: frame.id(`note-${at}`), hidden: true }, h("td", { colspan: table.columns.length + 1 }, ...paragraphs(row.note)));
  const open = h("button", { type: "button", class: "k3-row-button", "aria-expanded": "false", "aria-controls": note.id, onclick: toggle }, row.name);
  function toggle() {
    note.hidden = !note.hidden;
    open.setAttribute("aria-expanded", String(!note.hidden));
  }
  return [h("tr", {}, h("th", { scope: "row" }, open), ...row.cells.map((cell) => h("td", {}, cell))), note];
}

/** One row with previous and next. @param {Frame} frame @param {Table} table */
function oneByOne(frame, table) {
  const { t } = frame;
  let at = 0;
  const page = h("div", { class: "k3-scene" });
  const back = stepper(t("previous"), () => go(-1));
  const forth = stepper(t("next"), () => go(1));
  /** @param {number} by */
  function go(by) {
    if (!table.rows[at + by]) return;
    at += by;
    show()?.focus();
  }
  function show() {
    const row = table.rows[at];
    if (!row) return undefined;
    const head = heading("h4", row.name, { class: "k3-scene-title" });
    const cells = table.columns.flatMap((column, each) => [h("dt", {}, column.name), h("dd", {}, row.cells[each])]);
    const place = h("p", { class: "k3-label" }, t("row_n", { n: at + 1, total: table.rows.length }));
    page.replaceChildren(place, head, h("dl", {}, ...cells), h("div", { class: "k3-chosen" }, ...paragraphs(row.note)));
    back.setAttribute("aria-disabled", String(at === 0));
    forth.setAttribute("aria-disabled", String(at === table.rows.length - 1));
    return head;
  }
  show();
  return h("div", { class: "k3-row-view" }, page, h("div", { class: "k3-buttons" }, back, forth));
}

export default { render };
