// The form of a reflection: who reads it, its fields, how much is written, what was found, and the buttons.
import { confirm } from "./confirm.js";
import { counter } from "./counting.js";
import { cprPlaces } from "./cpr.js";
import { button, h, heading, named } from "./dom.js";
import { finding, prompts } from "./prompts.js";
import { sharing } from "./sharing.js";

/** @import {Finding, Reflection, Standing} from "./types" */
/** @import {Frame} from "./frame.js" */

/** What the form asks its widget to do.
 * @typedef {object} Writer
 * @property {(answers: string[]) => void} edit
 * @property {() => void} left a field was left
 * @property {(answers: string[], share: boolean) => void} send
 * @property {() => void} discard gives the draft up */

/** @param {Frame} frame @param {Reflection} reflection @param {number} least words @param {boolean} durable
 * whether there is somebody to send to @param {Writer} writer */
export function writing(frame, reflection, least, durable, writer) {
  const { t } = frame;
  const titles = reflection.prompts.map((each) => each.title);
  const fields = prompts(frame, reflection.prompts, () => edited(), writer.left);
  const count = counter(frame, least);
  const readers = h("p", { class: "k3-readers" });
  const share = sharing(frame);
  const summary = h("div", { class: "k3-refused" });
  const send = button("", () => press(), "k3-primary");
  const told = h("p", { class: "k3-told", hidden: true });
  const bar = h("div", { class: "k3-buttons" });
  const drop = button("", () => ask(), "k3-quiet");
  let busy = false;
  /** @type {Finding[]} */
  let found = [];
  /** @type {string[]} */
  let judged = []; // the answers that `found` is about
  let sentBefore = false;

  function press() {
    if (!busy) writer.send(fields.answers(), share.on());
  }

  function edited() {
    const answers = fields.answers();
    count.show(answers, true);
    const numbers = cpr(answers);
    const known = found.filter((each) => each.code === "cpr").map((each) => each.prompt);
    if (numbers.some((each) => !known.includes(each.prompt))) frame.say(t("looks_like_cpr"));
    const stays = (/** @type {Finding} */ each) => each.prompt !== null && answers[each.prompt] === judged[each.prompt];
    const left = found.filter((each) => each.code !== "cpr" && stays(each)); // what was written anew is not judged yet
    if (numbers.length + left.length !== found.length || numbers.length !== known.length) mark([...numbers, ...left]);
    if (!found.some((each) => each.stops)) summary.replaceChildren();
    drop.hidden = !answers.some((text) => text.trim()) && !sentBefore;
    told.hidden = true;
    writer.edit(answers);
  }

  /** @param {string[]} answers @returns {Finding[]} */
  function cpr(answers) {
    return cprPlaces(answers).map((prompt) => ({ code: "cpr", prompt, text: t("looks_like_cpr"), stops: true }));
  }

  /** @param {Finding[]} findings */
  function mark(findings) {
    found = findings;
    judged = fields.answers();
    fields.mark(findings);
  }

  function ask() {
    const words = sentBefore
      ? { question: t("drop_changes_question"), yes: t("yes_drop_changes"), no: t("no_go_on_writing") }
      : { question: t("delete_draft_question"), yes: t("yes_delete_draft"), no: t("no_go_on_writing") };
    confirm(bar, words, writer.discard, () => {
      buttons();
      drop.focus();
    });
  }

  function buttons() {
    bar.replaceChildren(send, ...(durable ? [drop] : []));
  }

  buttons();
  const part = h("div", { class: "k3-writing" }, readers, ...fields.parts, count.line, share.part, summary, told, bar);
  return {
    part,
    answers: fields.answers,
    /** Puts a text in, as it is stored. @param {string[]} answers */
    fill(answers) {
      fields.fill(answers);
      count.show(answers, false);
      mark(cpr(answers));
      summary.replaceChildren();
      drop.hidden = !answers.some((text) => text.trim()) && !sentBefore;
      buttons();
    },
    /** Follows what the service says of the reflection. @param {Standing} standing */
    follow(standing) {
      sentBefore = standing.status === "sent";
      readers.textContent = durable ? who(frame, standing) : t("only_here");
      share.show(standing);
      send.textContent = durable ? (sentBefore ? t("send_again") : t("send_it")) : t("check_text");
      drop.textContent = sentBefore ? t("drop_changes") : t("delete_draft");
      drop.hidden = !fields.answers().some((text) => text.trim()) && !sentBefore;
    },
    /** What keeps the text from being sent: at its fields, and together above the button, with focus.
     * @param {Finding[]} findings */
    refuse(findings) {
      mark(findings);
      const stops = findings.filter((each) => each.stops);
      if (!stops.length) return summary.replaceChildren();
      const head = heading("h4", t("cannot_send_yet"), { class: "k3-subtitle" });
      const jump = (/** @type {Finding} */ each) =>
        each.prompt === null
          ? finding(each)
          : h("p", {}, button(place(titles[each.prompt] ?? "", each), () => fields.focus(each.prompt ?? 0), "k3-quiet"));
      summary.replaceChildren(h("div", { class: "k3-refusal" }, head, ...stops.map(jump)));
      head.focus();
      return undefined;
    },
    /** @param {boolean} on whether the text is under way */
    wait(on) {
      busy = on;
      send.setAttribute("aria-disabled", String(on)); // keeps focus, unlike disabled
      if (on) told.hidden = true;
    },
    /** Says beside the button what came of it. @param {string} text */
    tell(text) {
      told.textContent = text;
      told.hidden = !text;
      frame.say(text);
    },
    /** What its author may look at, at its fields. @param {Finding[]} findings */
    warn(findings) {
      const stops = found.filter((each) => each.stops);
      if (stops.length + found.length + findings.length) mark([...stops, ...findings.filter((each) => !each.stops)]);
    },
    /** Asks whether to send what may hold a name. @param {() => void} anyway */
    doubt(anyway) {
      const words = { question: t("names_question"), yes: t("send_anyway"), no: t("change_it") };
      confirm(bar, words, () => (buttons(), send.focus(), anyway()), () => {
        buttons();
        fields.focus(found.find((each) => !each.stops)?.prompt ?? 0);
      });
    },
    numbers: () => cpr(fields.answers()),
    focus: () => fields.focus(0),
  };
}

/** A finding that says which prompt it is about. @param {string} title @param {Finding} found */
function place(title, { text }) {
  return text.includes(title) ? text : `${named(title)} ${text}`;
}

/** Who reads the text once it is sent. @param {Frame} frame @param {Standing} standing */
export function who({ t }, { private: own, status, trainer_names: names }) {
  const all = names.join(", ");
  if (own) return `${t("yours_alone")} ${all && t("trainer_is", { names: all })}`.trim();
  const trainer = status === "sent" ? t("trainer_can_read", { names: all }) : t("trainer_reads", { names: all });
  return `${all ? trainer : t("no_trainer_yet")} ${t("hr_reads_nothing")}`;
}

/** @typedef {ReturnType<typeof writing>} Writing */
