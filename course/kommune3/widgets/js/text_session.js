// A learner's own text, across reloads, devices, tabs and trouble. Each exercise says how it is shown.
import { both } from "./both.js";
import { account } from "./frame.js";
import { Refusal } from "./http.js";
import { Saver } from "./saver.js";
import { blank, same, textDraft } from "./text_draft.js";

/** @import {Finding, Model, SaveState, Stored, TextLine} from "./types" */
/** @import {Frame} from "./frame.js" */

/** The form that a text is written in.
 * @typedef {object} TextForm
 * @property {HTMLElement} part
 * @property {() => string[]} answers as they stand on screen
 * @property {(answers: string[]) => void} fill
 * @property {() => Finding[]} numbers where a CPR number stands
 * @property {() => void} focus */

/** What an exercise offers its text.
 * @template {Stored} S
 * @typedef {object} TextExercise
 * @property {S} unknown the text of which nothing is known yet
 * @property {string} changed what is said to a text from before the exercise was changed
 * @property {(answers: string[]) => string[]} fitted a text from another version as this one asks for it
 * @property {(answers: string[]) => Node} look a text to read
 * @property {(here: string[], there: string[]) => string[]} join two texts, so that nothing is lost
 * @property {(part: HTMLElement | null) => void} show the form, or what stands in its place; nothing while one waits
 * @property {(standing: S) => void} follow what the service says of the text
 * @property {(standing: S) => void} [warn] what it says of a draft that stands on screen
 * @property {(standing: S) => boolean} [over] whether nothing can be written any more
 * @property {(standing: S, was: Moment) => void} arrived what is stored is on screen, unless it is over
 * @property {(standing: S) => void} discarded
 * @property {(standing: S) => boolean} news whether it differs, but for its revision, from what is on screen */

/** How it was when the stored text came: what was on screen, whether focus was there, and that nothing came before.
 * @typedef {{here: string[], focus: boolean, first: boolean}} Moment */

const AGAIN = 5000; // milliseconds until the stored text is asked for again
const SOON = 700; // milliseconds that the form waits for the stored text, so that it need not change under the eyes

/** @template {Stored} S */
export class TextSession {
  #loaded = false;
  #choosing = false; // between two texts
  /** @type {Promise<void>} */
  #asking = Promise.resolve(); // for what is stored
  #told = "";

  /** @param {Model} model @param {Frame} frame @param {TextLine<S>} line @param {TextForm} form
   * @param {TextExercise<S>} exercise */
  constructor(model, frame, line, form, exercise) {
    this.frame = frame;
    this.line = line;
    this.form = form;
    this.exercise = exercise;
    this.version = model.get("version");
    /** What the service said last. */
    this.standing = exercise.unknown;
    this.drafts = textDraft(account(model), model.get("activity"), this.version);
    this.saver = new Saver(
      line,
      this.drafts,
      {
        status: (state, kept) => this.status(state, kept),
        saved: (next) => this.#saved(next),
        conflict: (next) => this.#conflict(next),
        closed: (why) => this.closed(why),
      },
      frame.signal,
    );
  }

  /** Says whether the text is stored. @param {SaveState} state @param {boolean} kept */
  status(state, kept) {
    const said = this.frame.status.show(this.form.numbers().length ? "cpr" : state, kept);
    if (said && said !== this.#told) this.frame.say(said);
    if (state !== "saving") this.#told = said; // the same trouble at the next try by itself is no news
  }

  /** Takes over what the service says of the text. @param {S} next */
  follow(next) {
    this.standing = next;
    this.exercise.follow(next);
  }

  /** Goes on with a text, from what the service has. @param {string[]} answers */
  begin(answers) {
    this.form.fill(answers);
    this.saver.begin(this.standing, this.form.answers());
    if (!this.saver.pending) this.frame.status.show("idle", true);
  }

  /** Shows the form. */
  write() {
    this.#choosing = false;
    this.#shown();
  }

  /** Nothing can be saved here any more. @param {"changed" | "marked"} why */
  closed(why) {
    if (why === "marked") return void this.load();
    const { t } = this.frame;
    this.saver.stop();
    this.frame.status.show("changed", true);
    this.frame.notice(t("exercise_changed"), { label: t("load_again"), press: () => location.reload() });
    return this.write();
  }

  /** Gives up what is written, here and where it is stored. */
  async discard() {
    const before = this.form.answers();
    this.saver.stop();
    try {
      const next = this.line.durable ? await this.line.discard() : { ...this.standing, answers: [], revision: 0 };
      this.drafts.clear();
      this.follow(next);
      const here = this.form.answers();
      const left = same(before, here);
      this.begin(left ? next.answers : here); // what is written while the answer is awaited is no part of what was given up
      this.frame.notice("");
      if (left) this.exercise.discarded(next);
    } catch {
      this.begin(this.form.answers());
      this.frame.notice(this.frame.t("not_done_no_connection"));
      this.form.focus();
    }
  }

  /** Stores what is on screen, once it is known what it goes on from; "" or what keeps it from that.
   * @returns {Promise<"" | "choose" | "trouble">} */
  async stored() {
    await this.#asking;
    if (await this.saver.settled()) return "";
    return this.#choosing ? "choose" : "trouble";
  }

  /** Asks for what is stored, until there is an answer. */
  load() {
    this.#asking = this.#ask();
    return this.#asking;
  }

  async #ask() {
    try {
      this.#reconcile(await this.line.mine());
    } catch (error) {
      this.write();
      if (this.frame.signal.aborted) return;
      const refused = error instanceof Refusal && error.status < 500 ? error.status : 0;
      if (refused === 404) return this.closed("changed");
      const trouble = navigator.onLine ? "waiting" : "offline";
      this.status(refused ? (refused === 401 ? "signed-out" : "forbidden") : trouble, this.saver.kept);
      if (!refused) setTimeout(() => void this.load(), AGAIN);
    }
  }

  /** What this browser kept, at once; then what the service has. */
  open() {
    this.frame.status.onRetry(() => this.#retry());
    this.#takeUp();
    if (!this.line.durable) return this.saver.begin({ answers: [], revision: 0 }, this.form.answers());
    const { body, signal } = this.frame;
    body.setAttribute("aria-busy", "true");
    const wait = setTimeout(() => this.write(), SOON);
    void this.load().finally(() => {
      clearTimeout(wait);
      body.removeAttribute("aria-busy");
    });
    document.addEventListener("visibilitychange", () => void this.#back(), { signal });
    return undefined;
  }

  /** The text that was left in this browser. */
  #takeUp() {
    const { fitted, join } = this.exercise;
    const kept = this.drafts.open((texts) => texts.map(fitted).reduce(join));
    this.follow(this.standing);
    this.form.fill(kept?.answers ?? this.standing.answers);
    if (kept || !this.line.durable) this.write();
    else this.exercise.show(null);
    if (!kept) return;
    this.saver.hold({ ...kept, answers: this.form.answers() });
    const { t } = this.frame;
    const said = kept.tabs > 1 ? t("both_tabs") : t("resumed_text");
    this.frame.notice(kept.version === this.version ? said : this.exercise.changed);
  }

  /** A try that the learner asked for, who then hears what came of it. */
  #retry() {
    this.#told = "";
    if (this.#loaded) this.saver.flush();
    else void this.load();
  }

  #shown() {
    if (!this.form.part.isConnected) this.exercise.show(this.form.part);
  }

  /** @param {S} next */
  #saved(next) {
    this.follow(next);
    this.exercise.warn?.(next);
  }

  /** What is on screen and what is stored become one. @param {S} next */
  #reconcile(next) {
    const here = this.form.answers();
    const focus = this.frame.body.contains(document.activeElement);
    const first = !this.#loaded;
    this.#loaded = true;
    if (next.version !== this.version) return this.closed("changed");
    const over = Boolean(this.exercise.over?.(next));
    if (!over && this.saver.pending && !blank(here) && !same(here, next.answers)) return this.#goOn(next, here);
    this.follow(next);
    if (!over) this.#restore(next);
    return this.exercise.arrived(next, { here, focus, first });
  }

  /** The text on screen goes on from what is stored, unless that has gone on too. @param {S} next @param {string[]} here */
  #goOn(next, here) {
    if (!blank(next.answers) && !this.saver.goesOnFrom(next)) return this.#conflict(next);
    this.follow(next);
    this.saver.begin(next, here);
    return this.write();
  }

  /** What is stored comes on screen. @param {S} next */
  #restore(next) {
    this.form.fill(next.answers);
    this.exercise.warn?.(next);
    this.saver.begin(next, next.answers);
    this.frame.status.show("idle", true);
    if (next.saved_at && next.written !== this.version) this.frame.notice(this.exercise.changed);
  }

  /** @param {S} next */
  #conflict(next) {
    const { t } = this.frame;
    this.saver.stop();
    this.#choosing = true;
    this.follow(next);
    this.status("conflict", true);
    this.frame.notice(t("changed_elsewhere"), { label: t("see_both"), press: () => this.#choose() });
    this.#shown();
  }

  #choose() {
    const { look, join, show } = this.exercise;
    const keep = (/** @type {string[]} */ answers) => {
      this.drafts.clear();
      this.begin(answers);
      this.write();
      this.form.focus();
    };
    this.frame.notice("");
    const view = both(this.frame, look, this.form.answers(), this.standing.answers, keep, join);
    show(view.part);
    view.focus();
  }

  /** A tab that comes back into view follows what another tab or device did. */
  async #back() {
    if (document.visibilityState !== "visible" || !this.#loaded || this.#choosing) return;
    if (this.saver.pending) return this.saver.flush();
    const next = await this.line.mine().catch(() => null);
    if (!next || this.saver.pending || this.#choosing) return;
    if (next.revision !== this.standing.revision || this.exercise.news(next)) this.#reconcile(next);
  }
}
