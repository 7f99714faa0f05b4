// What every widget has around it: a named section, one voice for screen readers, messages, the line that says "saved".
import { button, h, heading, hex, icon } from "./dom.js";
import { taken } from "./first_scene.js";
import { statusLine } from "./status.js";

/** @import {Model, RenderContext, SaveState} from "./types" */
/** @typedef {(key: string, words?: Record<string, string | number>) => string} Translate */
/** @typedef {ReturnType<typeof frame>} Frame */

/** The interface strings of the model, with {names} filled in. @param {Model} model @returns {Translate} */
export function translator(model) {
  const strings = model.get("strings");
  return (key, words = {}) =>
    String(strings[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(words[name] ?? whole));
}

/** Whose drafts this browser keeps here: the page says so; in Jupyter the address differs from learner to learner.
 * @param {Model} model @returns {string} */
export function account(model) {
  return document.documentElement.dataset["account"] ?? model.get("api");
}

/** Says what language a notebook around the widget is in: JupyterLab calls all of itself English.
 * @param {HTMLElement} el @param {string} language */
function speak(el, language) {
  requestAnimationFrame(() => el.closest(".jp-Notebook")?.setAttribute("lang", language)); // it is hung up by then
}

/** @param {HTMLElement} el @param {Model} model @param {string} kind @param {string} eyebrow @param {string} id of the title */
function built(el, model, kind, eyebrow, id) {
  const title = heading("h3", model.get("content").title, { class: "k3-title", id });
  const notices = h("div", { class: "k3-notices" });
  const body = h("div", { class: "k3-body" });
  const root = h(
    "section",
    {
      class: `k3 k3-${kind}`,
      "aria-labelledby": id,
      lang: model.get("language"),
      "data-lm-suppress-shortcuts": "true", // keys pressed here are ours, not the notebook's
    },
    h("header", { class: "k3-header" }, h("p", { class: "k3-label" }, eyebrow), title),
    notices,
    body,
  );
  el.replaceChildren(root);
  return { root, title, notices, body, choices: [] };
}

/** Draws the frame into the host's element, or takes over what the page has there. The caller fills `body`.
 * @param {RenderContext} context @param {string} kind @param {string} eyebrow
 * @param {Partial<Record<SaveState, string>>} [words] the kind's own states of being stored */
export function frame({ model, el }, kind, eyebrow, words) {
  const t = translator(model);
  const ids = `k3-${hex(4)}`;
  const live = h("p", { class: "k3-hidden", "aria-live": "polite" });
  const status = statusLine(t, words);
  const { root, title, notices, body, choices } = taken(el) ?? built(el, model, kind, eyebrow, `${ids}-title`);
  root.append(status.line, live);
  speak(el, model.get("language"));
  const stop = new AbortController();
  let said = 0;

  /** @param {string} text */
  function say(text) {
    live.textContent = !text || said++ % 2 ? text : `${text}\u00a0`; // the same text twice is said twice
  }

  return {
    root,
    body,
    title,
    /** The choices of the first scene, where the page has it. */
    choices,
    t,
    say,
    status,
    signal: stop.signal,
    /** Whether the learner is busy in another part of the page, so that focus must not be pulled here. */
    elsewhere() {
      const at = document.activeElement;
      return Boolean(at?.closest(".k3, a, button, input, select, summary, textarea")) && !root.contains(at);
    },
    /** An id that no other widget on the page has. @param {string} name */
    id: (name) => `${ids}-${name}`,
    /** Shows a message, with a button where something can be done; an empty text takes it away.
     * @param {string} text @param {{label: string, press: () => void}} [action] */
    notice(text, action) {
      if (!text) return notices.replaceChildren();
      notices.replaceChildren(
        h("div", { class: "k3-notice" }, icon("note"), h("p", {}, text), action && button(action.label, action.press)),
      );
      return say(text);
    },
    /** Tells the page what came of an attempt: the exercise is passed, modules are completed.
     * @param {{outcome: {passed: boolean}, completed: string[]}} attempt */
    tell({ outcome, completed }) {
      const tell = (/** @type {string} */ name, /** @type {object} */ detail) =>
        el.dispatchEvent(new CustomEvent(`kommune3:${name}`, { bubbles: true, detail }));
      if (outcome.passed) tell("passed", { activity: model.get("activity") });
      if (completed.length) tell("completed", { modules: completed });
    },
    /** Undoes everything the widget hung up outside its element. */
    close: () => stop.abort(new Error("closed")),
  };
}
