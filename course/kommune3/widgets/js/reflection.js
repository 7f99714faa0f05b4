// The reflection: written here, kept while it is written, sent, read by the trainer, and answered.
import { both } from "./both.js";
import { button, h } from "./dom.js";
import { account, frame as makeFrame, translator } from "./frame.js";
import { markdown } from "./markdown.js";
import { reading, text } from "./reading.js";
import { reflections } from "./reflection_api.js";
import { Saver } from "./saver.js";
import { sending } from "./sending.js";
import { badge, marked, unknown } from "./standing.js";
import { Refusal } from "./http.js";
import { blank, fitted, same, textDraft } from "./text_draft.js";
import { writing } from "./writing.js";

/** @import {Reflection, RenderContext, SaveState, Standing} from "./types" */

const AGAIN = 5000; // milliseconds until the stored text is asked for again
const SOON = 700; // milliseconds that the form waits for the stored text, so that it need not change under the eyes

/** @param {RenderContext} context */
function render(context) {
  const { model } = context;
  const t = translator(model);
  /** @type {Reflection} */
  const reflection = model.get("content");
  const version = model.get("version");
  const count = reflection.prompts.length;
  const frame = makeFrame(context, "reflection", t("reflection"), {
    cpr: t("not_saved_cpr"),
    conflict: t("not_saved_conflict"),
    "too-long": t("not_saved_long"),
  });
  const line = reflections(model, frame.signal);
  const drafts = textDraft(account(model), model.get("activity"), version);
  const form = writing(frame, reflection, model.get("lengths")[0] ?? 0, line.durable, {
    edit: (answers) => saver.edit(answers),
    left: () => saver.flush(),
    send: (answers, share) => void sender.send(answers, share),
    discard: () => void discard(),
  });
  const saver = new Saver(line, drafts, { status, saved, conflict, closed }, frame.signal);
  const sender = sending(frame, line, saver, form, { standing: () => standing, sent, closed, status });
  const word = badge(t);
  const place = h("div", { class: "k3-body k3-place" });
  let standing = unknown(count);
  let loaded = false;
  let choosing = false; // between two texts
  let told = "";

  /** @param {SaveState} state @param {boolean} kept */
  function status(state, kept) {
    const stopped = form.numbers().length > 0;
    const said = frame.status.show(stopped ? "cpr" : state, kept);
    if (said && said !== told) frame.say(said);
    if (state !== "saving") told = said; // the same trouble at the next try by itself is no news
  }

  /** Takes over what the service says of the reflection. @param {Standing} next */
  function follow(next) {
    standing = next;
    word.show(next);
    form.follow(next);
  }

  /** @param {Standing} next */
  function saved(next) {
    follow(next);
    form.warn(next.warnings ?? []);
  }

  /** @param {"div" | "details"} shape @param {...(Node | false | null)} parts */
  function show(shape, ...parts) {
    const asked = markdown(reflection.question, model.get("sources"));
    const question =
      shape === "div"
        ? h("div", { class: "k3-asked" }, ...asked)
        : h("details", { class: "k3-details" }, h("summary", {}, t("the_question")), h("div", { class: "k3-asked" }, ...asked));
    place.replaceChildren(...parts.filter((part) => part instanceof Node));
    frame.body.replaceChildren(word.place, question, place);
  }

  function write() {
    choosing = false;
    if (!form.part.isConnected) show("div", form.part);
  }

  /** The text as it was sent. @param {boolean} focus @param {HTMLElement | null} [beside] */
  function read(focus, beside = null) {
    const view = reading(frame, reflection, standing, { edit, withdraw: () => void withdraw() });
    show("details", view.part, beside);
    if (focus) view.focus();
  }

  /** What is on screen and what is stored become one. @param {Standing} next */
  function reconcile(next) {
    const here = form.answers();
    const focus = frame.body.contains(document.activeElement);
    const first = !loaded;
    loaded = true;
    if (next.version !== version) return closed("changed");
    if (!marked(next) && saver.pending && !blank(here) && !same(here, next.answers)) {
      if (!blank(next.answers) && !saver.goesOnFrom(next)) return conflict(next);
      follow(next);
      saver.begin(next, here);
      return write();
    }
    follow(next);
    if (marked(next)) return over(here, focus);
    form.fill(next.answers);
    form.warn(next.warnings ?? []);
    saver.begin(next, next.answers);
    frame.status.show("idle", true);
    if (next.saved_at && next.written !== version) frame.notice(t("changed_since_text"));
    else if (next.saved_at && next.sent && first) frame.notice(t("unsent_changes"));
    return next.sent && !next.saved_at ? read(focus && !first) : write();
  }

  /** The trainer has read it; what was written here since is still shown, and can be given up.
   * @param {string[]} here @param {boolean} focus */
  function over(here, focus) {
    saver.stop();
    frame.status.show("idle", true);
    const left = saver.pending && !blank(here) ? here : standing.saved_at ? standing.answers : [];
    if (blank(left) || same(left, standing.sent ?? [])) {
      drafts.forget(here);
      return read(focus);
    }
    const give = button(t("delete_text"), () => {
      drafts.clear();
      if (standing.saved_at) void line.discard().catch(() => undefined);
      saver.begin(standing, standing.answers);
      read(true);
    });
    const head = h("h5", { class: "k3-subtitle" }, t("never_sent"));
    return read(focus, h("div", { class: "k3-side" }, head, text(reflection, left), h("div", { class: "k3-buttons" }, give)));
  }

  /** @param {Standing} next */
  function conflict(next) {
    saver.stop();
    choosing = true;
    follow(next);
    status("conflict", true);
    frame.notice(t("changed_elsewhere"), { label: t("see_both"), press: choose });
    if (!form.part.isConnected) show("div", form.part);
  }

  function choose() {
    frame.notice("");
    const view = both(frame, (answers) => text(reflection, answers), form.answers(), standing.answers, (answers) => {
      drafts.clear();
      form.fill(answers);
      saver.begin(standing, answers);
      if (!saver.pending) frame.status.show("idle", true);
      write();
      form.focus();
    });
    show("details", view.part);
    view.focus();
  }

  /** @param {"changed" | "marked"} why */
  function closed(why) {
    if (why === "marked") return void load();
    saver.stop();
    frame.status.show("changed", true);
    frame.notice(t("exercise_changed"), { label: t("load_again"), press: () => location.reload() });
    return write();
  }

  /** @param {Standing} next @param {string[]} answers as they were sent */
  function sent(next, answers) {
    const here = form.answers();
    follow(next);
    frame.notice("");
    frame.tell({ outcome: { passed: next.passed }, completed: next.completed });
    if (!same(here, answers)) return saver.begin(next, here); // gone on writing meanwhile
    form.fill(next.answers);
    saver.begin(next, next.answers);
    frame.status.show("idle", true);
    return read(true);
  }

  function edit() {
    form.fill(standing.answers);
    saver.begin(standing, standing.answers);
    frame.notice(standing.written === version ? "" : t("changed_since_text"));
    write();
    form.focus();
  }

  async function withdraw() {
    try {
      const next = await line.withdraw();
      follow(next);
      edit();
      frame.say(t("taken_back"));
    } catch (error) {
      if (error instanceof Refusal && error.status === 409) return void load();
      read(true);
      frame.notice(t("not_done_no_connection"));
    }
    return undefined;
  }

  /** Gives the draft up: what was sent comes back, or an empty form. */
  async function discard() {
    saver.stop();
    try {
      const next = await line.discard();
      drafts.clear();
      follow(next);
      form.fill(next.answers);
      saver.begin(next, next.answers);
      frame.status.show("idle", true);
      frame.notice("");
      if (next.sent) read(true);
      else form.focus();
    } catch {
      form.fill(form.answers());
      saver.begin(standing, form.answers());
      frame.notice(t("not_done_no_connection"));
      form.focus();
    }
  }

  /** Asks for what is stored, until there is an answer. */
  async function load() {
    try {
      reconcile(await line.mine());
    } catch (error) {
      write();
      if (frame.signal.aborted) return;
      const refused = error instanceof Refusal && error.status < 500 ? error.status : 0;
      if (refused === 404) return closed("changed");
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
    const changed = next.status !== standing.status || next.revision !== standing.revision || !same(next.answers, form.answers());
    if (changed) reconcile(next);
  }

  /** What this browser kept, at once; then what the service has. */
  function open() {
    const kept = drafts.open();
    form.follow(standing);
    form.fill(kept ? fitted(kept.answers, count) : standing.answers);
    if (kept) saver.hold({ ...kept, answers: form.answers() });
    if (kept) frame.notice(kept.version === version ? t("resumed_text") : t("changed_since_text"));
    if (kept || !line.durable) write();
    else show("div");
    frame.status.onRetry(() => {
      told = "";
      if (loaded) saver.flush();
      else void load();
    });
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
