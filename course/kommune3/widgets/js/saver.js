// Getting a text stored while it is written: a second after the last key, on leaving, and again after trouble.
import { cprPlaces } from "./cpr.js";
import { Refusal } from "./http.js";
import { same } from "./text_draft.js";

/** @import {SaveState, Stored, TextDraft, TextLine} from "./types" */
/** @import {Drafts} from "./text_draft.js" */

/** What the saver tells its widget.
 * @template {Stored} S
 * @typedef {object} Listener
 * @property {(state: SaveState, kept: boolean) => void} status `kept`: the browser holds what is unsent
 * @property {(standing: S) => void} saved
 * @property {(standing: S) => void} conflict somebody saved another text since
 * @property {(why: "changed" | "marked", detail: string) => void} closed nothing can be saved here any more */

const QUIET = 1000; // milliseconds after the last key
const DOUBTS = 4; // unanswered texts that are remembered
const LONGEST = 60000; // milliseconds between two tries
/** States in which nothing new was written since, so that the next word changes what is said. @type {Set<SaveState>} */
const SETTLED = new Set(["idle", "saved", "cpr"]);

/** @template {Stored} S */
export class Saver {
  /** @type {string[]} */
  #answers = [];
  /** @type {string[]} */
  #stored = [];
  #revision = 0;
  /** @type {string[][]} */
  #unsure = []; // sent, and not heard of since
  #busy = false;
  #tries = 0;
  #stopped = true; // until it is known what the service has
  #kept = true;
  /** @type {SaveState} */
  #told = "idle";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {TextLine<S>} line @param {Drafts} drafts @param {Listener<S>} listener @param {AbortSignal} signal */
  constructor(line, drafts, listener, signal) {
    this.line = line;
    this.drafts = drafts;
    this.listener = listener;
    addEventListener("online", () => this.flush(), { signal });
    addEventListener("offline", () => this.pending && this.#tell("offline"), { signal });
    addEventListener("pagehide", () => this.leave(), { signal });
    signal.addEventListener("abort", () => this.#end());
  }

  /** Whether something is not stored yet. */
  get pending() {
    return !same(this.#answers, this.#stored);
  }

  /** The service's revision that the text goes on from. */
  get revision() {
    return this.#revision;
  }

  /** Whether the browser holds what is unsent. */
  get kept() {
    return this.#kept;
  }

  /** What was left in this browser, until the service says what it has. @param {Omit<TextDraft, "version">} left */
  hold({ answers, revision, unsure }) {
    [this.#answers, this.#revision, this.#unsure] = [answers, revision, unsure];
  }

  /** Whether the text on screen goes on from what the service has. @param {Stored} standing */
  goesOnFrom(standing) {
    return standing.revision === this.#revision || this.#unsure.some((mine) => same(standing.answers, mine));
  }

  /** Goes on from what the service has, with the text that is on screen.
   * @param {Pick<Stored, "answers" | "revision">} stored @param {string[]} answers */
  begin(stored, answers) {
    this.#stopped = false;
    this.#tries = 0;
    [this.#stored, this.#revision, this.#answers] = [stored.answers, stored.revision, answers];
    this.#keep();
    if (this.pending && this.line.durable) this.flush();
    else if (this.pending) this.#tell(this.#kept ? "local" : "unsaved");
  }

  /** @param {string[]} answers what is on screen now */
  edit(answers) {
    this.#answers = answers;
    this.#keep();
    if (this.#forbidden()) this.#tell("cpr");
    else if (this.#stopped) return;
    else if (this.pending || this.#busy || !this.line.durable) {
      if (this.line.durable && SETTLED.has(this.#told)) this.#tell("saving"); // "saved" is no longer true
      this.#later(QUIET);
    } else this.#tell("saved"); // written back to what is stored
  }

  /** Stores now what is unsent. */
  flush() {
    clearTimeout(this.#timer);
    void this.#pump();
  }

  /** Settles once nothing is under way; whether everything is stored. @returns {Promise<boolean>} */
  async settled() {
    clearTimeout(this.#timer);
    while (this.#busy) await new Promise((resolve) => setTimeout(resolve, 30));
    await this.#pump();
    return !this.pending;
  }

  /** The page goes: what is unsent is sent without waiting for an answer. */
  leave() {
    if (this.#stopped || !this.line.durable || !this.pending || this.#forbidden()) return;
    this.#doubt(this.#answers);
    this.line.leave(this.#answers, this.#revision);
  }

  /** Saves nothing until it begins again; the browser's copy stays. */
  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #end() {
    this.leave();
    this.stop();
  }

  /** @param {string[]} answers sent now */
  #doubt(answers) {
    this.#unsure = [...this.#unsure, answers].slice(-DOUBTS);
    this.#keep();
  }

  #forbidden() {
    return cprPlaces(this.#answers).length > 0;
  }

  /** @param {number} pause milliseconds */
  #later(pause) {
    clearTimeout(this.#timer);
    if (!this.line.durable) return this.#tell(this.#kept ? "local" : "unsaved");
    this.#timer = setTimeout(() => void this.#pump(), pause);
    return undefined;
  }

  async #pump() {
    if (this.#busy || this.#stopped || !this.line.durable) return;
    this.#busy = true;
    while (this.pending && !this.#stopped && !this.#forbidden() && (await this.#send([...this.#answers])));
    this.#busy = false;
  }

  /** @param {string[]} answers @returns {Promise<boolean>} whether to look for more */
  async #send(answers) {
    this.#tell("saving");
    this.#doubt(answers);
    try {
      this.#took(answers, await this.line.save(answers, this.#revision));
      return true;
    } catch (error) {
      return !this.#stopped && this.#failed(error, answers);
    }
  }

  /** @param {string[]} answers @param {S} standing */
  #took(answers, standing) {
    [this.#stored, this.#revision, this.#unsure, this.#tries] = [answers, standing.revision, [], 0];
    this.#keep();
    if (!this.pending) this.#tell("saved");
    this.listener.saved(standing);
  }

  /** @param {unknown} error @param {string[]} answers @returns {boolean} whether to look for more at once */
  #failed(error, answers) {
    if (!(error instanceof Refusal) || error.status >= 500) {
      const status = error instanceof Refusal ? error.status : 0;
      this.#tell(navigator.onLine ? (status === 503 ? "full" : "waiting") : "offline");
      this.#later(Math.min(LONGEST, QUIET * 2 ** this.#tries++) * (0.75 + Math.random() / 2));
      return false;
    }
    this.#unsure.pop(); // this one is not stored, for certain
    if (error.type.endsWith(":draft-changed")) return this.#overtaken(error.problem["state"], answers);
    this.#refused(error);
    return false;
  }

  /** Somebody saved since; it may have been this page, whose answer was lost.
   * @param {S} standing @param {string[]} answers */
  #overtaken(standing, answers) {
    if (same(standing.answers, answers)) {
      this.#took(answers, standing);
      return true;
    }
    if ([this.#stored, ...this.#unsure].some((mine) => same(standing.answers, mine))) {
      this.#revision = standing.revision;
      return true;
    }
    this.stop();
    this.#tell("conflict");
    this.listener.conflict(standing);
    return false;
  }

  /** @param {Refusal} refusal */
  #refused({ status, type, message }) {
    if (status === 401) return this.#tell("signed-out");
    if (status === 403) return this.#tell("forbidden");
    if (type.endsWith(":cpr") || type.endsWith(":holds-cpr")) return this.#tell("cpr");
    if (status === 413 || type.endsWith(":too-long")) return this.#tell("too-long");
    this.stop();
    const marked = type.endsWith(":already-marked");
    this.#tell(marked ? "idle" : "changed");
    return this.listener.closed(marked ? "marked" : "changed", message);
  }

  #keep() {
    if (this.#forbidden()) return;
    if (!this.pending) this.drafts.forget(this.#stored);
    else this.#kept = this.drafts.write({ revision: this.#revision, answers: this.#answers, unsure: this.#unsure });
  }

  /** @param {SaveState} state */
  #tell(state) {
    this.#told = state;
    this.listener.status(state, this.#kept);
  }
}
