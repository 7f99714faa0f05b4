// The reflection: written here, kept while it is written, sent, read by the trainer, and answered.
import { together } from "./both.js";
import { button, h } from "./dom.js";
import { fold } from "./fold.js";
import { frame as makeFrame, translator } from "./frame.js";
import { markdown } from "./markdown.js";
import { reading, text as asText } from "./reading.js";
import { reflections } from "./reflection_api.js";
import { sending } from "./sending.js";
import { badge, marked, unknown } from "./standing.js";
import { Refusal } from "./http.js";
import { blank, fitted, same } from "./text_draft.js";
import { TextSession } from "./text_session.js";
import { writing } from "./writing.js";

/** @import {Reflection, RenderContext, Standing} from "./types" */
/** @import {Moment} from "./text_session.js" */

/** @param {RenderContext} context */
function render(context) {
  const { model } = context;
  const t = translator(model);
  /** @type {Reflection} */
  const reflection = model.get("content");
  const count = reflection.prompts.length;
  const frame = makeFrame(context, "reflection", t("reflection"), {
    cpr: t("not_saved_cpr"),
    conflict: t("not_saved_conflict"),
    "too-long": t("not_saved_long"),
  });
  const line = reflections(model, frame.signal);
  const form = writing(frame, reflection, model.get("lengths")[0] ?? 0, line.durable, {
    edit: (answers) => text.saver.edit(answers),
    left: () => text.saver.flush(),
    send: (answers, share) => void sender.send(answers, share),
    discard: () => void text.discard(),
  });
  const word = badge(t);
  const place = h("div", { class: "k3-body k3-place" });
  /** @type {TextSession<Standing>} */
  const text = new TextSession(model, frame, line, form, {
    unknown: unknown(count),
    changed: t("changed_since_text"),
    fitted: (answers) => fitted(answers, count),
    look: (answers) => asText(reflection, answers),
    join: together,
    show: (part) => show(!part || part === form.part, part),
    follow(next) {
      word.show(next);
      form.follow(next);
    },
    warn: (next) => form.warn(next.warnings ?? []),
    over: marked,
    arrived,
    discarded(next) {
      if (next.sent) read(true);
      else form.focus();
    },
    news: (next) => next.status !== text.standing.status || !same(next.answers, form.answers()),
  });
  const sender = sending(frame, line, text.saver, form, {
    standing: () => text.standing,
    stored: () => text.stored(),
    sent,
    closed: (why) => text.closed(why),
    status: (state, kept) => text.status(state, kept),
  });

  /** The question stands open above the form, and folded above what is only read.
   * @param {boolean} open @param {...(Node | null)} parts */
  function show(open, ...parts) {
    const asked = h("div", { class: "k3-asked" }, ...markdown(reflection.question, model.get("sources")));
    place.replaceChildren(...parts.filter((part) => part instanceof Node));
    frame.body.replaceChildren(word.place, open ? asked : fold(t("the_question"), asked), place);
  }

  /** The text as it was sent. @param {boolean} focus @param {HTMLElement | null} [beside] */
  function read(focus, beside = null) {
    const view = reading(frame, reflection, text.standing, { edit, withdraw: () => void withdraw() });
    show(false, view.part, beside);
    if (focus) view.focus();
  }

  /** @param {Standing} next @param {Moment} was */
  function arrived(next, { here, focus, first }) {
    if (marked(next)) return over(here, focus);
    const asWritten = next.written === text.version;
    if (next.saved_at && next.sent && first && asWritten) frame.notice(t("unsent_changes"));
    return next.sent && !next.saved_at ? read(focus && !first) : text.write();
  }

  /** The trainer has read it; what was written here since is still shown, and can be given up.
   * @param {string[]} here @param {boolean} focus */
  function over(here, focus) {
    const { drafts, saver, standing } = text;
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
    return read(focus, h("div", { class: "k3-side" }, head, asText(reflection, left), h("div", { class: "k3-buttons" }, give)));
  }

  /** @param {Standing} next @param {string[]} answers as they were sent */
  function sent(next, answers) {
    const here = form.answers();
    text.follow(next);
    frame.notice("");
    frame.tell({ outcome: { passed: next.passed }, completed: next.completed });
    if (!same(here, answers)) return text.saver.begin(next, here); // gone on writing meanwhile
    text.begin(next.answers);
    return read(true);
  }

  function edit() {
    text.begin(text.standing.answers);
    frame.notice(text.standing.written === text.version ? "" : t("changed_since_text"));
    text.write();
    form.focus();
  }

  async function withdraw() {
    try {
      text.follow(await line.withdraw());
      edit();
      frame.say(t("taken_back"));
    } catch (error) {
      if (error instanceof Refusal && error.status === 409) return void text.load();
      read(true);
      frame.notice(t("not_done_no_connection"));
    }
    return undefined;
  }

  text.open();
  return frame.close;
}

export default { render };
