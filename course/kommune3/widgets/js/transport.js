// Handing a path to whoever judges it: the service by fetch, or the notebook's kernel by messages.
import { asker, kernelAsker } from "./http.js";

/** @import {Model, Transport} from "./types" */

/** @param {Model} model @param {AbortSignal} signal @returns {Transport} */
export function transport(model, signal) {
  return model.get("api") ? service(model, signal) : kernel(model, signal);
}

/** @param {Model} model @param {AbortSignal} signal @returns {Transport} */
function service(model, signal) {
  const attempts = `${model.get("api")}/attempts`;
  const [activity, version] = [model.get("activity"), model.get("version")];
  const ask = asker(signal);
  return {
    durable: true,
    // keepalive: a step that is made while the page closes still arrives
    send: (entry) => ask(attempts, { method: "POST", keepalive: true, json: { activity, version, ...entry } }),
    newest: async () =>
      (await ask(`${attempts}/${encodeURIComponent(activity)}`, { cache: "no-store" })).attempt,
  };
}

/** @param {Model} model @param {AbortSignal} signal @returns {Transport} */
function kernel(model, signal) {
  const ask = kernelAsker(model, signal);
  return {
    durable: false,
    newest: async () => null,
    send: (entry) => ask({ ask: "attempt", choices: entry.choices }),
  };
}
