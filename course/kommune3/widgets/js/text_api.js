// Where a text that is written here is stored: the service keeps it as its author's draft.
import { asker } from "./http.js";

/** @import {Model, Stored, TextLine} from "./types" */

const KEEPALIVE = 50_000; // bytes that a closing page may still send, with room below the browsers' 64 kB

/** The address of the learner's own text. @param {Model} model @param {"reflections" | "plans"} kind */
export function addressOf(model, kind) {
  return `${model.get("api")}/${kind}/${encodeURIComponent(model.get("activity"))}`;
}

/** @template {Stored} S @param {Model} model @param {"reflections" | "plans"} kind @param {AbortSignal} signal
 * @returns {TextLine<S>} */
export function textLine(model, kind, signal) {
  const mine = addressOf(model, kind);
  const version = model.get("version");
  const ask = asker(signal);
  const leaving = asker(new AbortController().signal); // what is sent while the widget closes

  /** @param {string[]} answers @param {number} revision @returns {RequestInit & {json: unknown}} */
  function draft(answers, revision) {
    const json = { version, revision, answers };
    const size = new TextEncoder().encode(JSON.stringify(json)).length;
    return { method: "PUT", keepalive: size < KEEPALIVE, json };
  }

  return {
    durable: Boolean(model.get("api")),
    mine: () => ask(mine, { cache: "no-store" }),
    save: (answers, revision) => ask(`${mine}/draft`, draft(answers, revision)),
    leave: (answers, revision) => void leaving(`${mine}/draft`, draft(answers, revision)).catch(() => undefined),
    discard: () => ask(`${mine}/draft`, { method: "DELETE" }),
  };
}
