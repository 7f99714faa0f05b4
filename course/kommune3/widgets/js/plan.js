// The plan: written here for its author alone, kept while it is written, finished, and taken along.
import { both } from "./both.js";
import { account, frame as makeFrame, translator } from "./frame.js";
import { Refusal } from "./http.js";
import { paragraphs } from "./dom.js";
import { planForm } from "./plan_form.js";
import { sheet } from "./plan_sheet.js";
import { finishing } from "./plan_finish.js";
import { fitted, joining } from "./plan_text.js";
import { Saver } from "./saver.js";
import { textLine } from "./text_api.js";
import { blank, same, textDraft } from "./text_draft.js";

/** @import {Plan, PlanStanding, RenderContext, SaveState, TextLine} from "./types" */

const AGAIN = 5000; // milliseconds until the stored text is asked for again
const SOON = 700; // milliseconds that the form waits for the stored text, so that it need not change under the eyes

/** @param {RenderContext} context */
function render(context) {
  const { model } = context;
  const t = translator(model);
  /** @type {Plan} */
  const plan = model.get("content");
  const version = model.get("version");
  const frame = makeFrame(context, "plan", t("plan"), {
    cpr: t("not_saved_cpr"),
    conflict: t("not_saved_conflict"),
    "too-long": t("not_saved_long"),
  });
  /** @type {TextLine<PlanStanding>} */
  const line = textLine(model, "plans", frame.signal);
  const drafts = textDraft(account(model), model.get("activity"), version);
  const form = planForm(frame, plan, line.durable, {
    edit: (answers) => saver.edit(answers),
    left: () => saver.flush(),
    finish: () => void finish(),
    discard: () => void discard(),
  });
  const saver = new Saver(line, drafts, { status, saved, conflict, closed }, frame.signal);
  const finish = finishing(model, frame, saver, form, { finished, closed, status });
  /** @type {PlanStanding} */
  let standing = {
    version: "", answers: fitted(plan, []), written: "", revision: 0, saved_at: null, warnings: [], completed: [],
    finished_at: null, current: false,
  };
  let loaded = false;
  let choosing = false; // between two texts
  let told = "";

  /** @param {SaveState} state @param {boolean} kept */
  function status(state, kept) {
    const said = frame.status.show(form.numbers().length ? "cpr" : state, kept);
    if (said && said !== told) frame.say(said);
    if (state !== "saving") told = said; // the same trouble at the next try by itself is no news
  }

  /** @param {PlanStanding} next */
  function saved(next) {
    standing = next;
    form.follow(next);
  }

  /** @param {PlanStanding} next */
  function finished(next) {
    saved(next);
    frame.tell({ outcome: { passed: true }, completed: next.completed });
  }

  function write() {
    choosing = false;
    if (!form.part.isConnected) frame.body.replaceChildren(...paragraphs(plan.intro), form.part);
  }

  /** What is on screen and what is stored become one. @param {PlanStanding} next */
  function reconcile(next) {
    const here = form.answers();
    loaded = true;
    if (next.version !== version) return closed();
    saved(next);
    if (saver.pending && !blank(here) && !same(here, next.answers)) {
      if (!blank(next.answers) && !saver.goesOnFrom(next)) return conflict(next);
      saver.begin(next, here);
      return write();
    }
    form.fill(next.answers);
    saver.begin(next, next.answers);
    frame.status.show("idle", true);
    if (next.saved_at && next.written !== version) frame.notice(t("changed_plan"));
    return write();
  }

  /** @param {PlanStanding} next */
  function conflict(next) {
    saver.stop();
    choosing = true;
    saved(next);
    status("conflict", true);
    frame.notice(t("changed_elsewhere"), { label: t("see_both"), press: choose });
    if (!form.part.isConnected) frame.body.replaceChildren(form.part);
  }

  function choose() {
    frame.notice("");
    const text = (/** @type {string[]} */ answers) => sheet(frame, plan, answers);
    const keep = (/** @type {string[]} */ answers) => {
      drafts.clear();
      form.fill(answers);
      saver.begin(standing, form.answers());
      if (!saver.pending) frame.status.show("idle", true);
      write();
      form.focus();
    };
    const view = both(frame, text, form.answers(), standing.answers, keep, joining(plan));
    frame.body.replaceChildren(view.part);
    view.focus();
  }

  function closed() {
    saver.stop();
    frame.status.show("changed", true);
    frame.notice(t("exercise_changed"), { label: t("load_again"), press: () => location.reload() });
    return write();
  }

  /** Deletes what is written, here and where it is stored. */
  async function discard() {
    saver.stop();
    try {
      const next = line.durable ? await line.discard() : { ...standing, answers: [], revision: 0 };
      drafts.clear();
      saved(next);
      form.fill(next.answers);
      saver.begin(next, form.answers());
      frame.status.show("idle", true);
      frame.notice("");
      frame.say(t("plan_deleted"));
    } catch {
      form.fill(form.answers());
      saver.begin(standing, form.answers());
      frame.notice(t("not_done_no_connection"));
    }
    form.focus();
  }

  /** Asks for what is stored, until there is an answer. */
  async function load() {
    try {
      reconcile(await line.mine());
    } catch (error) {
      write();
      if (frame.signal.aborted) return;
      const refused = error instanceof Refusal && error.status < 500 ? error.status : 0;
      if (refused === 404) return closed();
      status(refused ? (refused === 401 ? "signed-out" : "forbidden") : navigator.onLine ? "waiting" : "offline", saver.kept);
      if (!refused) setTimeout(() => void load(), AGAIN);
    }
  }

  /** A tab that comes back into view follows what another tab or device did. */
  async function back() {
    if (document.visibilityState !== "visible" || !loaded || choosing) return;
    if (saver.pending) return saver.flush();
    const next = await line.mine().catch(() => null);
    if (!next || saver.pending || choosing) return;
    if (next.revision !== standing.revision || next.finished_at !== standing.finished_at) reconcile(next);
  }

  /** What this browser kept, at once; then what the service has. */
  function open() {
    const kept = drafts.open();
    form.fill(kept?.answers ?? []);
    form.follow(standing);
    if (kept) saver.hold({ ...kept, answers: form.answers() });
    if (kept) frame.notice(kept.version === version ? t("resumed_text") : t("changed_plan"));
    frame.status.onRetry(() => {
      told = "";
      if (loaded) saver.flush();
      else void load();
    });
    if (kept || !line.durable) write();
    if (!line.durable) return saver.begin({ answers: [], revision: 0 }, form.answers());
    frame.body.setAttribute("aria-busy", "true");
    const wait = setTimeout(write, SOON);
    void load().finally(() => {
      clearTimeout(wait);
      frame.body.removeAttribute("aria-busy");
    });
    document.addEventListener("visibilitychange", () => void back(), { signal: frame.signal });
    return undefined;
  }

  open();
  return frame.close;
}

export default { render };
