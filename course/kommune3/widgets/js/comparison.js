// Sources side by side, between a stand before and one after. A stand is an opinion: it never leaves the browser, and
// only which steps were taken is recorded.
import { button, h, heading, paragraphs, stepper } from "./dom.js";
import { fold } from "./fold.js";
import { account, frame as makeFrame, translator } from "./frame.js";
import { openOwn } from "./own.js";
import { session as makeSession } from "./session.js";
import { scale, stand } from "./stand.js";
import { topicParts } from "./topic.js";

/** @import {Comparison, RenderContext} from "./types" */

const [BEFORE, AFTER] = ["before", "after"]; // as in engine/open_ended.py

/** @param {RenderContext} context */
function render(context) {
  const { model } = context;
  /** @type {Comparison} */
  const comparison = model.get("content");
  const total = comparison.topics.length;
  const steps = [BEFORE, ...comparison.topics.map((topic) => topic.id), AFTER];
  const frame = makeFrame(context, "comparison", translator(model)("comparison_of", { total }));
  const { t } = frame;
  const own = openOwn(account(model), model.get("activity"));
  /** @type {string[]} */
  let made = [];
  let at = 0; // the step on screen: 0 the stand before, then the topics, then the stand after, then the look back

  const session = makeSession(model, frame, {
    needsAnswer: false,
    choices: () => made,
    goTo(choices) {
      const focus = frame.body.contains(document.activeElement);
      if (choices.some((choice) => !steps.includes(choice))) throw new RangeError("a step that is not there");
      made = choices;
      const open = steps.findIndex((step) => !made.includes(step));
      show(open < 0 ? steps.length : open, focus);
    },
    replied() {},
  });

  /** @param {number} next @param {boolean} [focus] */
  function show(next, focus = true) {
    at = next;
    const topic = comparison.topics[at - 1];
    const head = at === 0 ? start() : topic ? topicPage(at) : at === total + 1 ? second() : lookBack();
    if (focus) head.focus();
  }

  /** Takes the step on screen, and goes on. */
  function on() {
    const step = steps[at] ?? AFTER;
    if (!made.includes(step)) session.record((made = [...made, step]));
    show(at + 1);
  }

  /** @param {HTMLElement} head @param {...(Node | false)} parts */
  function page(head, ...parts) {
    const intro = at === 0 ? paragraphs(comparison.intro, "k3-opening") : [];
    frame.body.replaceChildren(...intro, h("div", { class: "k3-scene" }, head, ...parts));
    return head;
  }

  /** @param {string} title */
  const title = (title) => heading("h4", title, { class: "k3-scene-title" });

  /** What is picked is kept here, and said to be kept nowhere where the browser does not let us.
   * @param {string} which @param {string} step */
  function keep(which, step) {
    session.touch();
    if (!own.set(which, step)) frame.notice(t("not_kept"));
  }

  /** @param {string} which @param {string} question */
  function asked(which, question) {
    return stand(frame, comparison, question, own.read()[which], (step) => keep(which, step));
  }

  function privacy() {
    return h("p", { class: "k3-small k3-readers" }, t("stays_here"));
  }

  function start() {
    const question = asked(BEFORE, t("where_before"));
    const go = button(t("to_the_sources"), () => question.ready() && on(), "k3-primary");
    return page(title(t("first_a_stand")), ...question.parts, privacy(), h("div", { class: "k3-buttons" }, go));
  }

  /** @param {number} which */
  function topicPage(which) {
    const topic = comparison.topics[which - 1];
    if (!topic) return title("");
    const place = h("p", { class: "k3-label" }, t("topic_n", { n: which, total }));
    const head = title(topic.question);
    const go = stepper(which === total ? t("to_own_voice") : t("next_topic"), on, "k3-primary");
    page(head, ...topicParts(t, model, topic), h("div", { class: "k3-buttons" }, back(), go));
    head.before(place);
    return head;
  }

  function back() {
    return stepper(t("previous"), () => show(at - 1));
  }

  function second() {
    const question = asked(AFTER, t("where_after"));
    const go = button(t("see_before_and_now"), () => question.ready() && on(), "k3-primary");
    const voice = h("div", { class: "k3-situation" }, ...paragraphs(comparison.own_voice));
    return page(title(t("not_shown")), voice, ...question.parts, privacy(), h("div", { class: "k3-buttons" }, back(), go));
  }

  function lookBack() {
    const kept = own.read();
    const [before, now] = [BEFORE, AFTER].map((which) => comparison.scale.findIndex((step) => step.id === kept[which]));
    const again = fold(t("topics_again"), ...comparison.topics.map((topic) => h("div", { class: "k3-again" }, h("h5", { class: "k3-subtitle" }, topic.question), ...topicParts(t, model, topic))));
    const voice = fold(t("not_shown"), ...paragraphs(comparison.own_voice));
    const buttons = h("div", { class: "k3-buttons" }, button(t("change_now"), () => show(total + 1)), button(t("over_and_delete"), restart, "k3-quiet"));
    const statement = h("p", { class: "k3-statement" }, comparison.statement);
    return page(title(t("before_and_now")), statement, ...said(before ?? -1, now ?? -1), h("div", { class: "k3-folds" }, again, voice), privacy(), buttons);
  }

  /** Where the learner stood and stands, as far as this browser knows. @param {number} before @param {number} now */
  function said(before, now) {
    const [was, is] = [before, now].map((step) => comparison.scale[step]?.name ?? "");
    if (now < 0) return [h("p", {}, t("no_stands"))];
    if (before < 0) return [scale(t, comparison.scale, before, now), h("p", {}, t("no_before", { now: is ?? "" }))];
    const words = h("p", {}, t("before_then_now", { before: was ?? "", now: is ?? "" }));
    return [scale(t, comparison.scale, before, now), words, h("p", {}, before === now ? t("same_stand") : t("moved_stand"))];
  }

  function restart() {
    own.clear();
    made = [];
    session.record([]);
    show(0);
    frame.say(t("started_over"));
  }

  session.open();
  return frame.close;
}

export default { render };
