// The quiz: one question at a time, feedback on the answer picked, the result at the end. The key stays with the judge.
import { handIn } from "./asking.js";
import { button, h, heading, icon, paragraphs, radio } from "./dom.js";
import { frame as makeFrame, translator } from "./frame.js";
import { session as makeSession } from "./session.js";
import { passing, verdict } from "./verdict.js";

/** @import {Outcome, Question, Quiz, RenderContext, Result} from "./types" */

/** @param {RenderContext} context */
function render(context) {
  const { model } = context;
  /** @type {Quiz} */
  const quiz = model.get("content");
  const total = quiz.questions.length;
  const frame = makeFrame(context, "quiz", translator(model)("quiz_of", { total }));
  const { t } = frame;
  /** @type {string[]} */
  let answers = [];
  /** @type {Outcome | null} */
  let outcome = null;
  /** @type {ReturnType<typeof handIn> | null} */
  let sender = null;
  let unheard = false; // the last answer waited unsent since another day: nobody has seen what came of it

  const session = makeSession(model, frame, {
    needsAnswer: true,
    choices: () => answers,
    status: (state) => sender?.follow(state),
    goTo(choices, known) {
      const focus = frame.body.contains(document.activeElement);
      if (choices.length > total) throw new RangeError("more answers than questions");
      [answers, outcome] = [choices, known];
      unheard = session.recorder.holds(choices);
      if (choices.length && !known) return waiting();
      return next(focus);
    },
    replied(reply) {
      if (JSON.stringify(reply.choices) !== JSON.stringify(answers) || !answers.length) return;
      const first = !outcome && sender === null;
      outcome = reply.outcome;
      if (!first) feedback(!frame.elsewhere());
      else if (unheard) feedback(false);
      else next(false);
    },
  });

  /** @param {HTMLElement | null} head @param {boolean} focus @param {...(Node | false)} parts */
  function show(head, focus, ...parts) {
    const intro = answers.length ? [] : paragraphs(quiz.intro, "k3-opening");
    frame.body.replaceChildren(...intro, h("div", { class: "k3-scene" }, head, ...parts));
    if (focus) head?.focus();
  }

  /** A stored answer whose verdict is not here yet. */
  function waiting() {
    sender = null;
    show(null, false, h("p", { class: "k3-small" }, t("fetching_answers")));
  }

  /** The next unanswered question, or the result. @param {boolean} focus */
  function next(focus) {
    const question = quiz.questions[answers.length];
    if (question) ask(question, focus);
    else result(focus);
  }

  /** @param {Question} question @param {boolean} focus */
  function ask(question, focus) {
    const radios = question.options.map((each) => radio(frame.id("answer"), each.id, each.text));
    const head = heading("h4", t("question_n", { n: answers.length + 1, total }), { class: "k3-scene-title" });
    const missing = h("p", { class: "k3-error", id: frame.id("missing"), hidden: true }, icon("note"), t("pick_an_answer"));
    const send = handIn(t, t("answer"), hand, () => session.retry());
    const group = h("fieldset", { class: "k3-options" }, h("legend", {}, question.text), ...radios.map((each) => each.label));
    function hand() {
      const picked = radios.find((each) => each.input.checked)?.input;
      missing.hidden = Boolean(picked);
      if (!picked) {
        radios[0]?.input.setAttribute("aria-describedby", missing.id);
        radios[0]?.input.focus();
        return frame.say(t("pick_an_answer"));
      }
      for (const each of radios) each.input.disabled = each.input !== picked;
      answers = [...answers, picked.value];
      send.wait();
      return session.record(answers);
    }
    sender = send;
    show(head, focus, group, missing, ...send.parts);
  }

  /** What the judge says to the last answer. @param {boolean} focus */
  function feedback(focus) {
    const at = answers.length - 1;
    const [question, said] = [quiz.questions[at], outcome?.results[at]];
    if (!question || !said) return next(focus);
    sender = null;
    const head = h("h4", { class: "k3-scene-title", tabindex: "-1" }, mark(said));
    const last = answers.length === total;
    show(
      head,
      focus,
      h("p", { class: "k3-question" }, question.text),
      picked(question, said),
      h("div", { class: "k3-situation" }, ...paragraphs(said.feedback)),
      h("div", { class: "k3-buttons" }, button(last ? t("see_the_result") : t("next_question"), () => next(true), "k3-primary")),
    );
    return frame.say(said.feedback);
  }

  /** @param {Result} said */
  function mark(said) {
    return verdict(Boolean(said.correct), t("right"), t("not_right"));
  }

  /** @param {Question} question @param {Result} said */
  function picked(question, said) {
    const text = question.options.find((each) => each.id === said.choice)?.text ?? "";
    return h("p", { class: "k3-chosen" }, h("span", { class: "k3-small" }, t("your_answer")), " ", text);
  }

  /** @param {boolean} focus */
  function result(focus) {
    sender = null;
    if (!outcome) return waiting();
    const right = outcome.results.filter((each) => each.correct).length;
    const head = heading("h4", t("right_of", { right, total }), { class: "k3-scene-title" });
    const review = quiz.questions.map((question, at) => {
      const said = outcome?.results[at];
      return said && h("li", {}, h("p", { class: "k3-question" }, question.text), picked(question, said), h("p", {}, mark(said)), ...paragraphs(said.feedback));
    });
    const again = button(t("take_it_again"), restart, outcome.passed ? "" : "k3-primary");
    return show(
      head,
      focus,
      passing(t, outcome.score ?? 0, model.get("pass_mark"), outcome.passed),
      h("h5", { class: "k3-subtitle" }, t("your_answers")),
      h("ol", { class: "k3-review" }, ...review),
      h("div", { class: "k3-buttons" }, again),
    );
  }

  function restart() {
    [answers, outcome] = [[], null];
    session.record([]);
    next(true);
  }

  session.open();
  return frame.close;
}

export default { render };
