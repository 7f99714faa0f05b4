// What the service does with a reflection; the notebook's kernel can only check its form.
import { asker, kernelAsker } from "./http.js";
import { addressOf, textLine } from "./text_api.js";

/** @import {Finding, Model, Standing, TextLine} from "./types" */

const PATIENT = 60_000; // milliseconds until a submission is given up: it is checked while one waits

/** @param {Model} model @param {AbortSignal} signal */
export function reflections(model, signal) {
  const sent = `${addressOf(model, "reflections")}/submissions`;
  const version = model.get("version");
  const ask = asker(signal);
  const kernel = kernelAsker(model, signal);
  /** @type {TextLine<Standing>} */
  const line = textLine(model, "reflections", signal);

  return {
    ...line,
    /** @param {{key: string, answers: string[], share: boolean, revision: number}} text `revision` is that of
     * the draft that is sent, so that a newer one is kept @returns {Promise<Standing>} */
    submit: (text) => ask(sent, { method: "POST", json: { version, ...text }, after: PATIENT }),
    /** @returns {Promise<Standing>} */
    withdraw: () => ask(sent, { method: "DELETE" }),
    /** What the kernel says about the form. @param {string[]} answers @returns {Promise<{findings: Finding[]}>} */
    check: (answers) => kernel({ ask: "reflection", answers }),
  };
}

/** @typedef {ReturnType<typeof reflections>} Reflections */
