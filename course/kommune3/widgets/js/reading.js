// A reflection that was sent: where it is, what the trainer answers, and the text as it was sent.
import { confirm } from "./confirm.js";
import { button, h, heading, paragraphs } from "./dom.js";
import { finding } from "./prompts.js";
import { who } from "./writing.js";

/** @import {Criterion, Feedback, Reflection, Standing} from "./types" */
/** @import {Frame} from "./frame.js" */

/** @param {Frame} frame @param {Reflection} reflection @param {Standing} standing
 * @param {{edit: () => void, withdraw: () => void}} reader */
export function reading(frame, reflection, standing, reader) {
  const { t } = frame;
  const open = standing.status === "sent";
  const head = heading("h4", open ? t("your_text_is_sent") : t("your_text"), { class: "k3-scene-title" });
  const sent = h("p", { class: "k3-small" }, when(frame, standing), " ", open ? readers(frame, standing) : t("cannot_be_changed"));
  const missing = open ? standing.findings.filter((each) => each.stops).map(finding) : [];
  const bar = h("div", { class: "k3-buttons" });
  const edit = button(t("edit_and_send_again"), reader.edit);
  const back = button(t("withdraw"), ask, "k3-quiet");
  function ask() {
    const words = { question: t("withdraw_question"), yes: t("yes_withdraw"), no: t("no_leave_it") };
    confirm(bar, words, reader.withdraw, () => {
      bar.replaceChildren(edit, back);
      back.focus();
    });
  }
  if (open) bar.append(edit, back);
  const part = h(
    "div",
    { class: "k3-reading" },
    standing.feedback && feedback(frame, standing.feedback, standing.trainer_names.join(", ")),
    h("div", { class: "k3-sent-text" }, head, sent, ...missing, text(reflection, standing.sent ?? standing.answers)),
    open && bar,
  );
  return { part, focus: () => head.focus() };
}

/** The prompts with what was written to each; line breaks stay. @param {Reflection} reflection @param {string[]} answers */
export function text(reflection, answers) {
  const parts = answers.flatMap((answer, at) => [
    h("dt", { class: "k3-question" }, reflection.prompts[at]?.title ?? ""),
    h("dd", { class: "k3-own-words" }, ...paragraphs(answer)),
  ]);
  return h("dl", { class: "k3-texts" }, ...parts);
}

/** @param {Frame} frame @param {Standing} standing */
function readers(frame, standing) {
  if (!standing.private) return who(frame, standing);
  return standing.shared ? frame.t("shared_with_trainer") : frame.t("only_you_read_it");
}

/** @param {Frame} frame @param {Standing} standing */
function when({ t, root }, { submitted_at: at, late }) {
  if (!at) return "";
  const moment = new Intl.DateTimeFormat(root.lang, { dateStyle: "long", timeStyle: "short" }).format(new Date(at));
  return late ? t("sent_late", { when: moment }) : t("sent_on", { when: moment });
}

/** @param {Frame} frame @param {Feedback} said @param {string} names the trainers', for whoever is asked to talk with one */
function feedback({ t }, { verdict, comment, rubric }, names) {
  const head = heading("h4", t("trainers_answer"), { class: "k3-scene-title" });
  const talk = `${t("talk_means")} ${names && t("trainer_is", { names })}`.trim();
  const meaning = h("p", {}, verdict === "done" ? t("done_means") : talk);
  return h(
    "div",
    { class: "k3-answer" },
    head,
    meaning,
    comment && h("blockquote", { class: "k3-own-words" }, ...paragraphs(comment)),
    rubric.length > 0 && criteria(t("what_is_looked_for"), rubric),
  );
}

/** What the trainer looked for, from the lowest level to the highest. @param {string} title @param {Criterion[]} rubric */
function criteria(title, rubric) {
  const parts = rubric.flatMap(({ name, levels }) => [
    h("dt", {}, name),
    h("dd", {}, h("ol", { class: "k3-points" }, ...levels.map((level) => h("li", {}, level)))),
  ]);
  return h("details", { class: "k3-details" }, h("summary", {}, title), h("dl", {}, ...parts));
}
