// The sorter: one statement at a time into a pile, by pressing or by dragging; checked by the judge, moved, checked again.
import { explained } from "./bands.js";
import { button, h, heading } from "./dom.js";
import { frame as makeFrame, translator } from "./frame.js";
import { fold } from "./fold.js";
import { piles as makePiles } from "./piles.js";
import { Placing } from "./placing.js";
import { passing, verdict } from "./verdict.js";

/** @import {RenderContext, Result, Sorter} from "./types" */
/** A statement with its place, and which of them it is. @typedef {{text: string, who: number, place: string}} Card */

/** @param {RenderContext} context */
function render(context) {
  const { model } = context;
  /** @type {Sorter} */
  const sorter = model.get("content");
  const total = sorter.items.length;
  const frame = makeFrame(context, "sorter", translator(model)("sorter_of", { total }));
  const { t } = frame;
  const hint = h("p", { class: "k3-small" }, t("check_when_all"));
  const piles = makePiles(t, sorter.buckets, sign);
  const every = sorter.items.map((item) => h("li", {}, item.text));
  const paper = h("div", { class: "k3-on-paper" }, explained(sorter.buckets), h("ol", { class: "k3-review" }, ...every));
  /** @type {Placing} */
  const row = new Placing(model, frame, {
    things: sorter.items,
    words: sorter.items.map(({ text }) => ({ title: text })),
    places: sorter.buckets,
    boxes: piles.boxes,
    nowhere: "",
    waits,
    label: () => (row.outcome?.finished ? t("check_again") : t("check")),
    told(_, pile) {
      const n = sorter.items.filter((_, who) => waits(who)).length;
      return n ? t("placed_left", { pile, n }) : t("placed_last", { pile });
    },
    draw,
  });

  /** What the judge said to a statement that lies where it does not belong. @param {number} who */
  function misplaced(who) {
    const said = row.outcome?.results[who];
    return said && !said.correct && said.choice === row.where[who] ? said.feedback : null;
  }

  /** @param {number} who */
  function waits(who) {
    return !row.where[who] || misplaced(who) !== null;
  }

  /** A statement in its pile, to press. @param {Card} card */
  function sign({ text, who }) {
    const press = button("", () => row.turn(who), "k3-lying");
    press.append(h("span", {}, text)); // cut short where there is little room
    if (!row.seen && who === row.at) press.setAttribute("aria-current", "true");
    return press;
  }

  /** @param {number} who */
  function pileOf(who) {
    return sorter.buckets.find((bucket) => bucket.id === row.where[who])?.name ?? "";
  }

  function draw() {
    piles.show(sorter.items.map(({ text }, who) => ({ text, who, place: row.where[who] ?? "" })));
    paper.hidden = row.seen;
    if (row.seen) judged(row.outcome?.results ?? []);
    else ask();
  }

  function ask() {
    const item = sorter.items[row.at];
    const [n, pile] = [row.at + 1, pileOf(row.at)];
    const said = pile ? t("n_of_lies_in", { n, total, pile }) : t("n_of", { n, total });
    row.ask(item ? { said, title: item.text, about: misplaced(row.at) ?? "" } : null, t("all_sorted"), t("look_or_check"));
    row.offer.hidden = row.left > 0;
    hint.hidden = row.left === 0;
    row.desk.replaceChildren(h("div", { class: "k3-asking" }, row.card.part, hint, row.offer), piles.part);
  }

  /** What the judge says: first what is to be moved, then what lies right. @param {Result[]} results */
  function judged(results) {
    const right = results.filter((said) => said.correct);
    const wrong = results.filter((said) => !said.correct);
    const move = button(t("move_them"), () => row.turn(row.next(total - 1)), "k3-primary");
    const again = button(t("start_over"), () => row.restart(), "k3-quiet");
    row.outcomeBox.replaceChildren(
      heading("h4", t("placed_right", { right: right.length, total }), { class: "k3-scene-title" }),
      passing(t, row.outcome?.score ?? 0, model.get("pass_mark"), Boolean(row.outcome?.passed)),
      ...(wrong.length ? [h("p", {}, t("move_and_check"))] : []),
      h("div", { class: "k3-buttons" }, wrong.length > 0 && move, again),
    );
    row.desk.replaceChildren();
    const lie = h("ul", { class: "k3-cards k3-lie-right" }, ...right.map(answer));
    row.below.replaceChildren(
      ...(wrong.length ? [h("ul", { class: "k3-cards" }, ...wrong.map(answer))] : []),
      ...(wrong.length && right.length ? [fold(t("those_right", { n: right.length }), lie)] : right.length ? [lie] : []),
    );
  }

  /** @param {Result} said */
  function answer(said) {
    const who = sorter.items.findIndex((item) => item.id === said.id);
    const text = sorter.items[who]?.text ?? "";
    const move = button(t("move_it"), () => row.turn(who));
    move.setAttribute("aria-label", t("move_item", { item: text }));
    return h(
      "li",
      { class: "k3-card", "data-correct": String(said.correct) },
      h("p", { class: "k3-question" }, text),
      h("p", { class: "k3-small" }, t("you_put_it", { pile: pileOf(who) })),
      h("p", {}, verdict(Boolean(said.correct), t("right_place"), t("wrong_place"))),
      h("p", {}, said.feedback),
      !said.correct && h("div", { class: "k3-buttons" }, move),
    );
  }

  row.open(sorter.intro, paper);
  return frame.close;
}

export default { render };
