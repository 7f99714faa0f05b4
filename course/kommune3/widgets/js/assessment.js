// A self-assessment: statements to place oneself on, in any order. What is picked never leaves the browser; only which
// statements are answered is recorded.
import { confirm } from "./confirm.js";
import { button, h, icon, paragraphs } from "./dom.js";
import { account, frame as makeFrame, translator } from "./frame.js";
import { openOwn } from "./own.js";
import { profile } from "./profile.js";
import { session as makeSession } from "./session.js";

/** @import {Assessment, RenderContext, Statement} from "./types" */

/** @param {RenderContext} context */
function render(context) {
  const { model } = context;
  /** @type {Assessment} */
  const assessment = model.get("content");
  const order = assessment.statements.map((statement) => statement.id);
  const frame = makeFrame(context, "assessment", translator(model)("assessment_of", { total: order.length }));
  const { t } = frame;
  const own = openOwn(account(model), model.get("activity"));
  /** @type {string[]} */
  let made = []; // what is recorded as answered, here or on another device
  let seen = false; // whether the profile is on screen
  const elsewhere = h("p", { class: "k3-notice", hidden: true });
  const left = h("p", { class: "k3-small" });
  const missing = h("p", { class: "k3-error", hidden: true });
  const place = h("div", {});
  const toolbar = h("div", { class: "k3-toolbar" });
  const cards = assessment.statements.map((statement, at) => card(statement, at));
  const press = button(t("see_profile"), see, "k3-primary");

  const session = makeSession(model, frame, {
    needsAnswer: false,
    choices: () => made,
    goTo(choices) {
      if (choices.some((choice) => !order.includes(choice))) throw new RangeError("a statement that is not there");
      made = choices;
      seen = ratings().length === order.length;
      draw();
    },
    replied() {},
    settled: () => record(session.recorder), // what the session has just said stays on screen
  });

  /** The statements answered in this browser, in their order. */
  function ratings() {
    const kept = own.read();
    return order.filter((id) => assessment.levels.some((level) => level.id === kept[id]));
  }

  /** Records which are answered, wherever that was, where it is not known yet.
   * @param {{record: (choices: string[]) => void}} by */
  function record(by) {
    const here = ratings();
    const all = order.filter((id) => here.includes(id) || made.includes(id));
    if (all.length > made.length) by.record((made = all));
  }

  /** @param {Statement} statement @param {number} at */
  function card(statement, at) {
    const about = h("p", { id: frame.id(`about-${at}`), class: "k3-about" }, statement.text);
    const radios = assessment.levels.map((level) => {
      const onchange = () => rate(statement.id, level.id);
      return h("input", { type: "radio", name: frame.id(`level-${at}`), value: level.id, onchange });
    });
    const pills = assessment.levels.map((level, which) => h("label", { class: "k3-pill" }, radios[which], h("span", {}, level.name)));
    const group = h("fieldset", { "aria-describedby": about.id }, h("legend", {}, h("strong", {}, statement.name)), about, h("div", { class: "k3-pills" }, ...pills));
    return { statement, radios, box: h("li", { class: "k3-card" }, group) };
  }

  /** @param {string} statement @param {string} level */
  function rate(statement, level) {
    session.touch();
    missing.hidden = true;
    if (!own.set(statement, level)) frame.notice(t("not_kept"));
    record(session);
    draw();
  }

  /** Shows what is answered here, what is left, and the profile where it was asked for. */
  function draw() {
    const kept = own.read();
    const here = ratings();
    for (const { statement, radios } of cards) for (const each of radios) each.checked = each.value === kept[statement.id];
    const away = made.filter((id) => !here.includes(id)).length;
    elsewhere.hidden = !away;
    elsewhere.textContent = t("answered_elsewhere", { n: away, total: order.length });
    const rest = order.length - here.length;
    left.hidden = false;
    left.textContent = rest ? t("still_to_answer", { n: rest }) : t("all_answered");
    place.replaceChildren(...(seen && !rest ? [profile(t, assessment, kept).part] : []));
    press.hidden = seen && !rest;
    toolbar.replaceChildren(...(here.length || away ? [remove] : []));
  }

  function see() {
    const here = ratings();
    const open = cards.find((each) => !here.includes(each.statement.id));
    missing.hidden = !open;
    if (open) {
      const said = t("still_to_answer", { n: order.length - here.length });
      missing.replaceChildren(icon("note"), said);
      left.hidden = true; // it says the same
      open.radios[0]?.focus();
      return frame.say(said);
    }
    seen = true;
    draw();
    return place.querySelector("h4")?.focus();
  }

  const remove = button(t("delete_answers"), ask, "k3-quiet");

  function ask() {
    const words = { question: t("delete_question"), yes: t("yes_delete"), no: t("no_keep") };
    confirm(toolbar, words, forget, () => {
      toolbar.replaceChildren(remove);
      remove.focus();
    });
  }

  function forget() {
    own.clear();
    made = [];
    seen = false;
    session.record([]);
    draw();
    cards[0]?.radios[0]?.focus();
    frame.say(t("deleted_answers"));
  }

  const privacy = h("p", { class: "k3-small k3-readers" }, t("stays_here"));
  const list = h("ol", { class: "k3-cards k3-rated" }, ...cards.map((each) => each.box));
  frame.body.replaceChildren(...paragraphs(assessment.intro, "k3-opening"), privacy, elsewhere, list, missing, left, h("div", { class: "k3-buttons" }, press), place, toolbar);
  session.open();
  return frame.close;
}

export default { render };
