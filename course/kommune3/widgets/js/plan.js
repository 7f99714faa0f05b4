// The plan: written here for its author alone, kept while it is written, finished, and taken along.
import { paragraphs } from "./dom.js";
import { frame as makeFrame, translator } from "./frame.js";
import { planForm } from "./plan_form.js";
import { sheet } from "./plan_sheet.js";
import { finishing } from "./plan_finish.js";
import { fitted, joining } from "./plan_text.js";
import { textLine } from "./text_api.js";
import { TextSession } from "./text_session.js";

/** @import {Plan, PlanStanding, RenderContext, TextLine} from "./types" */

/** A plan of which nothing is known yet. @param {Plan} plan @returns {PlanStanding} */
function unknown(plan) {
  return {
    version: "", answers: fitted(plan, []), written: "", revision: 0, saved_at: null, warnings: [], completed: [],
    finished_at: null, current: false,
  };
}

/** @param {RenderContext} context */
function render(context) {
  const { model } = context;
  const t = translator(model);
  /** @type {Plan} */
  const plan = model.get("content");
  const frame = makeFrame(context, "plan", t("plan"), {
    cpr: t("not_saved_cpr"),
    conflict: t("not_saved_conflict"),
    "too-long": t("not_saved_long"),
  });
  /** @type {TextLine<PlanStanding>} */
  const line = textLine(model, "plans", frame.signal);
  const form = planForm(frame, plan, line.durable, {
    edit: (answers) => text.saver.edit(answers),
    left: () => text.saver.flush(),
    finish: () => void finish(),
    discard: () => void text.discard(),
  });
  /** @type {TextSession<PlanStanding>} */
  const text = new TextSession(model, frame, line, form, {
    unknown: unknown(plan),
    changed: t("changed_plan"),
    fitted: (answers) => fitted(plan, answers),
    look: (answers) => sheet(frame, plan, answers),
    join: joining(plan),
    show(part) {
      const intro = part === form.part || !part ? paragraphs(plan.intro) : [];
      frame.body.replaceChildren(...intro, ...(part ? [part] : []));
    },
    follow: (next) => form.follow(next),
    arrived: () => text.write(),
    discarded() {
      frame.say(t("plan_deleted"));
      form.focus();
    },
    news: (next) => next.finished_at !== text.standing.finished_at,
  });
  const finish = finishing(model, frame, form, {
    stored: () => text.stored(),
    finished(next) {
      text.follow(next);
      frame.tell({ outcome: { passed: true }, completed: next.completed });
    },
    closed: () => text.closed("changed"),
    status: (state, kept) => text.status(state, kept),
  });

  text.open();
  return frame.close;
}

export default { render };
