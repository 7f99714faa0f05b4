// The form of a plan: whose it is, its fields, what was found, and the buttons.
import { confirm } from "./confirm.js";
import { cprPlaces } from "./cpr.js";
import { button, h, heading } from "./dom.js";
import { planFields } from "./plan_fields.js";
import { taking } from "./plan_sheet.js";
import { blank } from "./text_draft.js";

/** @import {Finding, Plan, PlanStanding} from "./types" */
/** @import {Frame} from "./frame.js" */

/** What the form asks its widget to do.
 * @typedef {object} Planner
 * @property {(answers: string[]) => void} edit
 * @property {() => void} left a field was left
 * @property {() => void} finish
 * @property {() => void} discard deletes what is written */

/** @param {Frame} frame @param {Plan} plan @param {boolean} durable whether a service stores it @param {Planner} planner */
export function planForm(frame, plan, durable, planner) {
  const { t } = frame;
  const fields = planFields(frame, plan, edited, planner.left);
  const badge = h("p", { class: "k3-badge", "data-status": "done", hidden: true }, t("is_finished"));
  const summary = h("div", { class: "k3-refused" });
  const told = h("p", { class: "k3-told", hidden: true });
  const finish = button(durable ? t("plan_is_finished") : t("check_plan"), () => busy || planner.finish(), "k3-primary");
  const drop = button(t("delete_plan"), ask, "k3-quiet");
  const bar = h("div", { class: "k3-buttons" });
  const done = h("p", { class: "k3-told", hidden: true });
  let busy = false;
  /** @type {Finding[]} */
  let found = []; // by the service, about `judged`
  /** @type {string[]} */
  let judged = [];
  let heard = ""; // the numbers that were spoken of

  function edited() {
    const answers = fields.answers();
    found = found.filter(({ prompt }) => prompt !== null && answers[prompt] === judged[prompt]); // else not judged yet
    mark();
    if (!found.some((each) => each.stops)) summary.replaceChildren();
    drop.hidden = blank(answers);
    told.hidden = true;
    planner.edit(answers);
  }

  /** @returns {Finding[]} */
  function numbers() {
    return cprPlaces(fields.answers()).map((prompt) => ({ code: "cpr", prompt, text: t("looks_like_cpr"), stops: true }));
  }

  function mark() {
    const cpr = numbers();
    const now = cpr.map((each) => each.prompt).join();
    if (cpr.length && now !== heard) frame.say(t("looks_like_cpr"));
    heard = now;
    fields.mark([...cpr, ...found]);
  }

  function ask() {
    const words = { question: t("delete_plan_question"), yes: t("yes_delete_plan"), no: t("no_go_on_writing") };
    confirm(bar, words, planner.discard, () => (buttons(), drop.focus()));
  }

  function buttons() {
    bar.replaceChildren(finish, drop);
  }

  buttons();
  const whose = h("p", { class: "k3-readers" }, durable ? t("yours_alone_plan") : t("only_here_plan"));
  const part = h("div", { class: "k3-writing" }, badge, whose, ...fields.parts, summary, told, done, bar, taking(frame, plan, fields.answers));
  return {
    part,
    answers: fields.answers,
    numbers,
    focus: () => fields.focus(0),
    /** Puts a text in, as it is stored. @param {string[]} answers */
    fill(answers) {
      fields.fill(answers);
      found = [];
      mark();
      summary.replaceChildren();
      drop.hidden = blank(fields.answers());
      buttons();
    },
    /** Follows what the service says of the plan. @param {PlanStanding} standing */
    follow({ finished_at: at, current, warnings }) {
      badge.hidden = !at;
      finish.hidden = current;
      const when = at && new Intl.DateTimeFormat(frame.root.lang, { dateStyle: "long" }).format(new Date(at));
      done.textContent = when ? t("finished_on", { when }) : "";
      done.hidden = !when;
      found = [...found.filter((each) => each.stops), ...warnings];
      judged = fields.answers();
      mark();
    },
    /** What is left before the plan is finished, at its fields and together, with focus. @param {Finding[]} findings */
    refuse(findings) {
      found = findings;
      judged = fields.answers();
      mark();
      if (!findings.length) return summary.replaceChildren();
      const head = heading("h4", t("not_finished_yet"), { class: "k3-subtitle" });
      const jumps = findings.map(({ prompt, text }) => h("p", {}, button(text, () => fields.focus(prompt ?? 0), "k3-quiet")));
      summary.replaceChildren(h("div", { class: "k3-refusal" }, head, ...jumps));
      head.focus();
      return undefined;
    },
    /** @param {boolean} on whether it is being finished */
    wait(on) {
      busy = on;
      finish.setAttribute("aria-disabled", String(on)); // keeps focus, unlike disabled
    },
    /** Says beside the button what came of it. @param {string} text */
    tell(text) {
      told.textContent = text;
      told.hidden = !text;
      if (text) frame.say(text);
    },
    /** Focus goes to the words that say so, as the button is gone. */
    celebrate() {
      done.tabIndex = -1;
      done.focus();
      frame.say(done.textContent ?? "");
    },
  };
}

/** @typedef {ReturnType<typeof planForm>} PlanForm */
