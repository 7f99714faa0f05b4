// Asking the service: patience, refusals, and the token that Jupyter wants to see.

const PATIENCE = 15000; // milliseconds

/** The service understood, and said no. `status` is HTTP's, `type` the problem's, `problem` all that it says. */
export class Refusal extends Error {
  /** @param {number} status @param {Record<string, any>} problem */
  constructor(status, problem) {
    super(problem["detail"] ?? problem["title"] ?? "");
    this.status = status;
    this.type = String(problem["type"] ?? "");
    this.problem = problem;
  }
}

/** Whether the service itself says no. A proxy in front of it answers too, with 404 while the service starts again,
 * and no step may be given up for that. @param {number} status @param {{type?: string} | null} problem */
function refuses(status, problem) {
  return status === 401 || status === 403 || status >= 500 || String(problem?.type).startsWith("urn:kommune3:");
}

/** A signal that gives up with the widget or after a while; older tablets have no AbortSignal.any.
 * @param {AbortSignal} signal @param {number} after milliseconds */
export function patience(signal, after = PATIENCE) {
  const limit = new AbortController();
  const stop = () => limit.abort();
  const timer = setTimeout(stop, after);
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  function end() {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
  return { signal: limit.signal, end };
}

/** The headers of a request that changes something. Jupyter, which forwards it, wants its cookie said again; the service
 * wants to know whose page it is: somebody else may have signed in since, and a text must not become theirs. */
function changing() {
  const token = /(?:^|;\s*)_xsrf=([^;]*)/.exec(document.cookie)?.[1];
  const { account } = document.documentElement.dataset;
  return {
    accept: "application/json",
    ...(token ? { "X-XSRFToken": decodeURIComponent(token) } : {}),
    ...(account ? { "X-Kommune3-Account": encodeURIComponent(account) } : {}),
  };
}

/** Asks the service for JSON; throws a Refusal where it says no, another error where nothing is known.
 * @param {AbortSignal} signal
 * @returns {(url: string, init?: RequestInit & {json?: unknown, after?: number}) => Promise<any>} */
export function asker(signal) {
  return async (url, { json, after, ...init } = {}) => {
    const limit = patience(signal, after);
    const headers = {
      ...(init.method ? changing() : {}),
      ...(json === undefined ? {} : { "content-type": "application/json" }),
      ...init.headers,
    };
    const body = json === undefined ? {} : { body: JSON.stringify(json) };
    try {
      const response = await fetch(url, { credentials: "same-origin", ...init, headers, ...body, signal: limit.signal });
      if (response.ok) return await response.json();
      const problem = await response.json().catch(() => null);
      if (refuses(response.status, problem)) throw new Refusal(response.status, problem ?? {});
      throw new Error(`${response.status}, and not from the service`);
    } finally {
      limit.end();
    }
  };
}

/** Asks the kernel that a widget came from. @param {import("./types").Model} model @param {AbortSignal} signal
 * @returns {(question: Record<string, unknown>) => Promise<any>} */
export function kernelAsker(model, signal) {
  let count = 0;
  return (question) =>
    new Promise((resolve, reject) => {
      const id = (count += 1);
      const end = (/** @type {() => void} */ settle) => {
        clearTimeout(timer);
        model.off("msg:custom", listen);
        settle();
      };
      /** @param {{answer?: number, ok?: boolean, reply?: unknown, problem?: {status: number, detail?: string}}} message */
      function listen(message) {
        if (message.answer !== id) return;
        const { reply, problem } = message;
        if (reply) end(() => resolve(reply));
        else end(() => reject(new Refusal(problem?.status ?? 422, problem ?? {})));
      }
      const timer = setTimeout(() => end(() => reject(new Error("no answer"))), PATIENCE);
      signal.addEventListener("abort", () => end(() => reject(signal.reason)), { once: true });
      model.on("msg:custom", listen);
      model.send({ ...question, id });
    });
}
