// The sorter: statements into piles, by radio buttons or by dragging; checked by the judge, moved, checked again.
import { handIn } from "./asking.js";
import { button, h, heading, icon, paragraphs } from "./dom.js";
import { frame as makeFrame, translator } from "./frame.js";
import { cards as makeCards } from "./cards.js";
import { piles as makePiles } from "./piles.js";
import { session as makeSession } from "./session.js";
import { passing, verdict } from "./verdict.js";

/** @import {Outcome, RenderContext, Result, Sorter} from "./types" */

/** @param {RenderContext} context */
function render(context) {
  const { model } = context;
  /** @type {Sorter} */
  const sorter = model.get("content");
  const total = sorter.items.length;
  const frame = makeFrame(context, "sorter", translator(model)("sorter_of", { total }));
  const { t } = frame;
  /** @type {string[]} */
  let checked = [];
  const send = handIn(t, t("check"), check, () => session.retry());
  const outcomeBox = h("div", { class: "k3-outcome" });
  const missing = h("p", { class: "k3-error", id: frame.id("missing"), hidden: true });
  const piles = makePiles(t, sorter.buckets);
  const cards = makeCards(frame, sorter.items, piles, { moved, told });
  const session = makeSession(model, frame, {
    needsAnswer: true,
    choices: () => checked,
    status: (state) => send.follow(state),
    goTo(choices, outcome) {
      const fits = !choices.length || choices.length === total;
      if (!fits) throw new RangeError("not as many places as statements");
      checked = choices;
      cards.place(choices);
      if (choices.length && !outcome) send.wait();
      else show(outcome, false);
    },
    replied(reply) {
      if (JSON.stringify(reply.choices) !== JSON.stringify(checked) || !checked.length) return;
      show(reply.outcome, frame.body.contains(document.activeElement));
    },
  });

  /** @param {Result} said */
  function told(said) {
    return [h("p", {}, verdict(Boolean(said.correct), t("right_place"), t("wrong_place"))), h("p", {}, said.feedback)];
  }

  function moved() {
    session.touch();
    missing.hidden = true;
    session.recorder.keepPlacing(cards.placing());
  }

  function check() {
    const open = cards.unplaced();
    missing.hidden = !open.length;
    if (open.length) {
      const said = t("still_to_place", { n: open.length });
      missing.replaceChildren(icon("note"), said);
      open[0]?.focus();
      return frame.say(said);
    }
    checked = cards.places();
    session.recorder.keepPlacing({});
    send.wait();
    return session.record(checked);
  }

  /** @param {Outcome | null} outcome @param {boolean} focus */
  function show(outcome, focus) {
    const done = Boolean(outcome?.finished);
    send.ready(done ? t("check_again") : t("check"));
    cards.judge(outcome?.results ?? []);
    if (!outcome || !done) return outcomeBox.replaceChildren();
    const right = outcome.results.filter((each) => each.correct).length;
    const head = heading("h4", t("placed_right", { right, total }), { class: "k3-scene-title" });
    const parts = [head, passing(t, outcome.score ?? 0, model.get("pass_mark"), outcome.passed)];
    if (right < total) parts.push(h("p", {}, t("move_and_check")));
    outcomeBox.replaceChildren(...parts, h("div", { class: "k3-buttons" }, button(t("start_over"), restart, "k3-quiet")));
    if (focus) head.focus();
    return undefined;
  }

  function restart() {
    checked = [];
    cards.place([]);
    session.recorder.keepPlacing({});
    session.record([]);
    show(null, false);
    cards.first()?.focus();
    frame.say(t("started_over"));
  }

  frame.body.replaceChildren(...paragraphs(sorter.intro, "k3-opening"), outcomeBox, piles.part, cards.list, missing, ...send.parts);
  const { placing } = session.open();
  if (Object.keys(placing).length) {
    cards.place(sorter.items.map((item) => placing[item.id] ?? ""));
    session.touch();
  }
  return frame.close;
}

export default { render };
