// Handing a path to whoever judges it: the service by fetch, or the notebook's kernel by messages.

/** @import {Attempt, Model, Transport} from "./types" */

const PATIENCE = 15000; // milliseconds

/** The service understood, and said no. `status` is HTTP's, `type` the problem's. */
export class Refusal extends Error {
  /** @param {number} status @param {{type?: string, title?: string, detail?: string}} problem */
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? "");
    this.status = status;
    this.type = problem.type ?? "";
  }
}

/** Whether the service itself says no. A proxy in front of it answers too, with 404 while the service starts again,
 * and no step may be given up for that. @param {number} status @param {{type?: string} | null} problem */
function refuses(status, problem) {
  return status === 401 || status === 403 || status >= 500 || String(problem?.type).startsWith("urn:kommune3:");
}

/** @param {Model} model @param {AbortSignal} signal @returns {Transport} */
export function transport(model, signal) {
  return model.get("api") ? service(model, signal) : kernel(model, signal);
}

/** A signal that gives up with the widget or after a while; older tablets have no AbortSignal.any.
 * @param {AbortSignal} signal */
function patience(signal) {
  const limit = new AbortController();
  const stop = () => limit.abort();
  const timer = setTimeout(stop, PATIENCE);
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  function end() {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
  return { signal: limit.signal, end };
}

/** @param {Model} model @param {AbortSignal} signal @returns {Transport} */
function service(model, signal) {
  const attempts = `${model.get("api")}/attempts`;
  const [activity, version] = [model.get("activity"), model.get("version")];

  /** @param {string} url @param {RequestInit} init @returns {Promise<any>} */
  async function ask(url, init) {
    const limit = patience(signal);
    try {
      const response = await fetch(url, { credentials: "same-origin", ...init, signal: limit.signal });
      if (response.ok) return await response.json();
      const problem = await response.json().catch(() => null);
      if (refuses(response.status, problem)) throw new Refusal(response.status, problem ?? {});
      throw new Error(`${response.status}, and not from the service`);
    } finally {
      limit.end();
    }
  }

  return {
    durable: true,
    send: (entry) =>
      ask(attempts, {
        method: "POST",
        keepalive: true, // a step that is made while the page closes still arrives
        headers: { "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify({ activity, version, ...entry }),
      }),
    newest: async () =>
      (await ask(`${attempts}/${encodeURIComponent(activity)}`, { cache: "no-store" })).attempt,
  };
}

/** @param {Model} model @param {AbortSignal} signal @returns {Transport} */
function kernel(model, signal) {
  let count = 0;
  return {
    durable: false,
    newest: async () => null,
    send: (entry) =>
      new Promise((resolve, reject) => {
        const id = (count += 1);
        const end = (/** @type {() => void} */ settle) => {
          clearTimeout(timer);
          model.off("msg:custom", listen);
          settle();
        };
        /** @param {{answer?: number, ok?: boolean, reply?: Attempt, problem?: {status: number, detail?: string}}} message */
        function listen(message) {
          if (message.answer !== id) return;
          const { reply, problem } = message;
          if (reply) end(() => resolve(reply));
          else end(() => reject(new Refusal(problem?.status ?? 422, { detail: problem?.detail ?? "" })));
        }
        const timer = setTimeout(() => end(() => reject(new Error("no answer"))), PATIENCE);
        signal.addEventListener("abort", () => end(() => reject(signal.reason)), { once: true });
        model.on("msg:custom", listen);
        model.send({ ask: "attempt", id, choices: entry.choices });
      }),
  };
}
