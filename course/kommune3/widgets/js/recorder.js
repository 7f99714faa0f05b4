// Getting every path stored: a queue that survives a reload, a lost network and a restarted service.
import { uuid } from "./dom.js";
import { Refusal } from "./http.js";

/** @import {Attempt, DraftData, Entry, SaveState, Transport} from "./types" */
/** @import {Draft} from "./draft.js" */

/** What the recorder tells its widget.
 * @typedef {object} Listener
 * @property {(state: SaveState, kept: boolean) => void} status `kept`: the browser holds what is unsent
 * @property {(reply: Attempt) => void} reply
 * @property {(why: "changed" | "refused", detail: string) => void} lost a path that will never be stored */

const LONGEST = 60000; // milliseconds between two tries

export class Recorder {
  known = ""; // the stored path as JSON, as far as this browser had heard when something was last kept here
  /** @type {Entry[]} */
  #queue = [];
  #busy = false;
  #tries = 0;
  #stopped = false;
  #kept = true;
  /** @type {(() => Promise<void>) | null} */
  #ask = null; // what is asked before anything is sent
  #asked = false; // whether that was done since there was trouble
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Transport} transport @param {Draft} draft @param {Listener} listener @param {AbortSignal} signal */
  constructor(transport, draft, listener, signal) {
    this.transport = transport;
    this.draft = draft;
    this.listener = listener;
    addEventListener("online", () => this.retry(), { signal });
    addEventListener("offline", () => this.#trouble("offline"), { signal });
    signal.addEventListener("abort", () => this.stop());
  }

  /** The queue as it was left, to be sent again; whether an older version's draft was dropped. */
  open() {
    const { data, outdated } = this.draft.read();
    if (outdated) this.draft.clear();
    this.#queue = this.transport.durable ? data.queue : [];
    this.known = data.known;
    return { data, outdated };
  }

  /** Sends nothing before this has gone well, and tries it again as it tries to send: a step must not become the newest
   * while the one before is not known. After each trouble it is asked anew, for hours may have passed.
   * @param {() => Promise<void>} ask */
  after(ask) {
    this.#ask = ask;
    this.retry();
  }

  /** Whether something is not stored yet. */
  get pending() {
    return this.#queue.length > 0;
  }

  /** Whether a path is one of those not known to be stored: their answer may have been lost. @param {string[]} choices */
  holds(choices) {
    return this.#queue.some((entry) => JSON.stringify(entry.choices) === JSON.stringify(choices));
  }

  /** Stores a path, now or as soon as it can be. @param {string[]} choices */
  record(choices) {
    if (this.#stopped) return;
    const tail = this.#queue.at(-1);
    const sending = this.#busy && this.#queue.length === 1;
    if (tail && !sending && tail.choices.every((choice, step) => choices[step] === choice)) {
      this.#drop(tail); // the longer path tells the same story
    }
    this.#queue.push({ key: uuid(), choices: [...choices] });
    this.#keep({ local: this.transport.durable ? [] : choices });
    this.retry();
  }

  /** Keeps placings that are not checked yet; whether the browser could. @param {Record<string, string>} placing */
  keepPlacing(placing) {
    this.#keep({ placing });
    return this.#kept;
  }

  /** Tries again at once. */
  retry() {
    clearTimeout(this.#timer);
    if (this.pending && !this.#stopped) this.#tell("saving");
    void this.#pump();
  }

  /** Ends all trying. */
  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #pump() {
    if (this.#busy || this.#stopped) return;
    this.#busy = true;
    const clear = await this.#clear();
    while (clear && this.#queue[0] && !this.#stopped && (await this.#send(this.#queue[0])));
    this.#busy = false;
  }

  /** Whether it was asked what comes first. */
  async #clear() {
    if (this.#asked || !this.#ask) return true;
    try {
      await this.#ask();
      this.#asked = true;
      return true;
    } catch (error) {
      if (!this.#stopped) this.#failed(error);
      return false;
    }
  }

  /** @param {Entry} entry @returns {Promise<boolean>} whether to go on with the next */
  async #send(entry) {
    this.#tell("saving");
    try {
      const reply = await this.transport.send(entry);
      this.#tries = 0;
      this.#drop(entry);
      this.known = JSON.stringify(reply.choices);
      this.#keep();
      if (!this.#queue.length) this.#tell(reply.recorded ? "saved" : "local");
      this.listener.reply(reply);
      return true;
    } catch (error) {
      if (!this.#stopped) this.#failed(error);
      return false;
    }
  }

  /** @param {unknown} error */
  #failed(error) {
    this.#asked = false;
    const status = error instanceof Refusal ? error.status : 0;
    if (status === 401) return this.#trouble("signed-out");
    if (status === 403) return this.#trouble("forbidden");
    if (status && status < 500 && status !== 408 && status !== 429) return this.#lose(/** @type {Refusal} */ (error));
    if (!this.transport.durable) this.#trouble("kernel");
    else this.#trouble(navigator.onLine ? (status === 503 ? "full" : "waiting") : "offline");
    const pause = Math.min(LONGEST, 1000 * 2 ** this.#tries++);
    this.#timer = setTimeout(() => void this.#pump(), pause * (0.75 + Math.random() / 2));
    return undefined;
  }

  /** @param {Refusal} refusal */
  #lose(refusal) {
    for (const entry of [...this.#queue]) this.#drop(entry);
    this.#keep({ local: [] });
    const changed = refusal.status === 404 || (refusal.status === 409 && refusal.type.includes("version"));
    if (changed) this.stop();
    this.#tell(changed ? "changed" : "idle");
    this.listener.lost(changed ? "changed" : "refused", refusal.message);
  }

  /** @param {Entry} entry */
  #drop(entry) {
    this.draft.forget(entry.key);
    this.#queue = this.#queue.filter((each) => each !== entry);
  }

  /** @param {Partial<DraftData>} [more] */
  #keep(more = {}) {
    const queue = this.transport.durable ? this.#queue : [];
    this.#kept = this.draft.write({ queue, known: this.known, ...more });
  }

  /** Tells of trouble, where something waits for it to be over. @param {SaveState} state */
  #trouble(state) {
    if (this.pending) this.#tell(state);
  }

  /** @param {SaveState} state */
  #tell(state) {
    const lasting = state === "local" && !this.#kept ? "unsaved" : state;
    this.listener.status(lasting, this.#kept);
  }
}
