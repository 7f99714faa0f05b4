// The button by which a notebook is handed in: saved first, then read by the Jupyter server and sent on.
import { button, h, heading, named } from "./dom.js";
import { frame as makeFrame, translator } from "./frame.js";
import { asker, Refusal } from "./http.js";
import { notebookPath, saveNotebook } from "./jupyter.js";
import { finding } from "./prompts.js";
import { sharing } from "./sharing.js";

/** @import {HandedIn, RenderContext} from "./types" */
/** @import {Frame} from "./frame.js" */

const PATIENT = 60_000; // milliseconds until handing in is given up

/** @param {RenderContext} context */
function render(context) {
  const { model } = context;
  const frame = makeFrame(context, "hand-in", translator(model)("exercise"));
  const { t } = frame;
  const api = model.get("api");
  const path = notebookPath(location.pathname);
  if (!api || !path) {
    frame.body.replaceChildren(h("p", {}, t("only_in_jupyter")));
    return frame.close;
  }
  const ask = asker(frame.signal);
  /** @type {Record<string, string>} */
  const titles = model.get("content").reflections;
  const share = sharing(frame);
  const outcome = h("div", { class: "k3-outcome k3-handed" });
  const send = button(t("send_notebook"), () => void hand(), "k3-primary");
  let busy = false;

  async function hand() {
    if (busy) return;
    busy = true;
    send.setAttribute("aria-disabled", "true"); // keeps focus, unlike disabled
    try {
      tell(t("saving_notebook"));
      const root = `${api.split("/kommune3/api/")[0]}/`;
      if (await saveNotebook(root, path).catch(() => false)) await deliver();
      else failed(t("not_saved_notebook"));
    } catch (error) {
      const said = error instanceof Refusal && error.status < 500 ? error.message : "";
      failed(said || t("no_connection"));
    } finally {
      busy = false;
      send.removeAttribute("aria-disabled");
    }
  }

  async function deliver() {
    tell(t("sending_notebook"));
    const url = `${api}/assignments/${encodeURIComponent(model.get("assignment"))}/notebook${share.on() ? "?share=true" : ""}`;
    /** @type {HandedIn} */
    const handed = await ask(url, { method: "POST", headers: { "X-Notebook-Path": path }, after: PATIENT });
    for (const activity of Object.keys(handed.became ?? {})) announce(activity, handed);
    const became = Object.values(handed.became ?? {});
    const answered = became.length > 0;
    const sent = became.includes("stored") ? t("notebook_sent") : t("nothing_new");
    const head = heading("h4", answered ? sent : t("notebook_not_sent"), { class: "k3-scene-title" });
    const notes = (handed.notes ?? []).map((note) => h("p", { class: "k3-small" }, note));
    const missing = answered ? null : h("p", {}, t("no_answer_found"));
    outcome.replaceChildren(head, missing ?? "", ...results(frame, titles, handed), ...notes);
    frame.say(""); // "sending" is over
    head.focus();
  }

  /** @param {string} activity @param {HandedIn} handed */
  function announce(activity, { activities, completed }) {
    const tell = (/** @type {string} */ name, /** @type {object} */ detail) =>
      context.el.dispatchEvent(new CustomEvent(`kommune3:${name}`, { bubbles: true, detail }));
    if (activities[activity] === "checked") tell("passed", { activity });
    if (completed.length) tell("completed", { modules: completed });
  }

  /** @param {string} text */
  function tell(text) {
    outcome.replaceChildren(h("p", {}, text));
    frame.say(text);
  }

  /** @param {string} text */
  function failed(text) {
    const head = heading("h4", t("notebook_not_sent"), { class: "k3-scene-title" });
    outcome.replaceChildren(head, h("p", { class: "k3-error" }, text));
    frame.say("");
    head.focus();
  }

  /** Whoever keeps texts to themselves may share them here too. */
  async function ready() {
    const [first] = Object.keys(titles);
    const standing = first && (await ask(`${api}/reflections/${encodeURIComponent(first)}`).catch(() => null));
    if (standing) share.show(standing);
  }

  frame.body.replaceChildren(h("p", {}, t("what_is_sent")), share.part, h("div", { class: "k3-buttons" }, send), outcome);
  void ready();
  return frame.close;
}

/** What became of each reflection. @param {Frame} frame @param {Record<string, string>} titles @param {HandedIn} handed */
function results({ t }, titles, { activities, became, findings }) {
  /** @type {Record<string, string>} */
  const skipped = { unchanged: t("answer_unchanged"), marked: t("answer_marked"), older: t("answer_unchanged"), withdrawn: t("answer_unchanged") };
  /** @type {Record<string, string>} */
  const states = {
    checked: t("answer_sent"),
    not_passed: t("answer_not_passed"),
    not_submitted: t("answer_empty"),
    could_not_check: t("answer_unreadable"),
  };
  return Object.entries(activities).map(([id, state]) => {
    const what = became?.[id] ?? "";
    const word = (what !== "stored" && skipped[what]) || states[state] || state;
    const found = what === "marked" ? [] : (findings?.[id] ?? []);
    return h("div", { class: "k3-result-of" }, h("p", {}, h("strong", {}, named(titles[id] ?? id), " "), word), ...found.map(finding));
  });
}

export default { render };
