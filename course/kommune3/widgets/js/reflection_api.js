// What the service does with a reflection; the notebook's kernel can only check its form.
import { asker, kernelAsker } from "./http.js";

/** @import {Finding, Model, Standing} from "./types" */

const KEEPALIVE = 50_000; // bytes that a closing page may still send, with room below the browsers' 64 kB
const PATIENT = 60_000; // milliseconds until a submission is given up: it is checked while one waits

/** @param {Model} model @param {AbortSignal} signal */
export function reflections(model, signal) {
  const mine = `${model.get("api")}/reflections/${encodeURIComponent(model.get("activity"))}`;
  const version = model.get("version");
  const ask = asker(signal);
  const leaving = asker(new AbortController().signal); // what is sent while the widget closes
  const kernel = kernelAsker(model, signal);

  /** @param {string[]} answers @param {number} revision @returns {RequestInit & {json: unknown}} */
  function draft(answers, revision) {
    const json = { version, revision, answers };
    const size = new TextEncoder().encode(JSON.stringify(json)).length;
    return { method: "PUT", keepalive: size < KEEPALIVE, json };
  }

  return {
    /** Whether a service stores the text. */
    durable: Boolean(model.get("api")),
    /** @returns {Promise<Standing>} */
    mine: () => ask(mine, { cache: "no-store" }),
    /** @param {string[]} answers @param {number} revision @returns {Promise<Standing>} */
    save: (answers, revision) => ask(`${mine}/draft`, draft(answers, revision)),
    /** The last chance, while the page closes. @param {string[]} answers @param {number} revision */
    leave: (answers, revision) => void leaving(`${mine}/draft`, draft(answers, revision)).catch(() => undefined),
    /** @returns {Promise<Standing>} */
    discard: () => ask(`${mine}/draft`, { method: "DELETE" }),
    /** @param {{key: string, answers: string[], share: boolean, revision: number}} sent `revision` is that of
     * the draft that is sent, so that a newer one is kept @returns {Promise<Standing>} */
    submit: (sent) => ask(`${mine}/submissions`, { method: "POST", json: { version, ...sent }, after: PATIENT }),
    /** @returns {Promise<Standing>} */
    withdraw: () => ask(`${mine}/submissions`, { method: "DELETE" }),
    /** What the kernel says about the form. @param {string[]} answers @returns {Promise<{findings: Finding[]}>} */
    check: (answers) => kernel({ ask: "reflection", answers }),
  };
}

/** @typedef {ReturnType<typeof reflections>} Reflections */
