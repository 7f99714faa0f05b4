// Where the learner is, across reloads, devices, tabs and trouble. Each exercise says how to go to a place.
import { openDraft } from "./draft.js";
import { account } from "./frame.js";
import { Recorder } from "./recorder.js";
import { Refusal } from "./http.js";
import { transport } from "./transport.js";

/** @import {Attempt, Model, Outcome, SaveState} from "./types" */
/** @import {Frame} from "./frame.js" */

/** What an exercise offers its session.
 * @typedef {object} Exercise
 * @property {() => string[]} choices the path as the learner sees it
 * @property {(choices: string[], outcome: Outcome | null) => void} goTo shows a path; throws where it is impossible
 * @property {(reply: Attempt) => void} replied
 * @property {(state: SaveState) => void} [status]
 * @property {() => boolean} [busy] whether there is something on screen that no path holds, and that must not be pulled away
 * @property {() => void} [settled] the stored path is known, if there is any. Whoever has this always takes it over: what
 *   is on screen is added to it, so that nothing is pulled away
 * @property {boolean} needsAnswer whether it can go on only when somebody has judged the path */

/** Whoever is signed out may be let in again; another refusal is made to what is sent, too, and told then.
 * @param {unknown} error @returns {undefined} */
function refused(error) {
  const no = error instanceof Refusal ? error.status : 500;
  if (no >= 500 || no === 401 || no === 403) throw error;
}

/** @param {Model} model @param {Frame} frame @param {Exercise} exercise */
export function session(model, frame, exercise) {
  const { t } = frame;
  const line = transport(model, frame.signal);
  const draft = openDraft(account(model), model.get("activity"), model.get("version"));
  const recorder = new Recorder(line, draft, { status, reply, lost }, frame.signal);
  const version = model.get("version");
  let touched = false;
  let offered = false;
  let over = false; // a newer version is out: nothing is stored from here any more
  let told = "";

  /** @param {SaveState} state @param {boolean} kept */
  function status(state, kept) {
    const quiet = state === "kernel" && !exercise.needsAnswer;
    const said = frame.status.show(quiet ? "local" : state, kept);
    if (said && said !== told) frame.say(said);
    if (state !== "saving") told = said; // the same trouble at the next try by itself is no news
    exercise.status?.(state);
  }

  /** A try that the learner asked for, who then hears what came of it. */
  function retry() {
    told = "";
    recorder.retry();
  }

  /** @param {string} text @param {{label: string, press: () => void}} [action] */
  function notice(text, action) {
    if (over) return; // that stays said
    offered = false;
    frame.notice(text, action);
  }

  /** @param {Attempt} answer */
  function reply(answer) {
    exercise.replied(answer);
    frame.tell(answer);
  }

  /** @param {"changed" | "refused"} why @param {string} detail */
  function lost(why, detail) {
    if (why === "changed") return closed();
    notice(`${t("step_refused")} ${detail}`.trim());
    return void catchUp(true);
  }

  /** Says that a newer version is out. Whoever could go on only with an answer would wait for ever. */
  function closed() {
    const inside = frame.body.contains(document.activeElement);
    exercise.goTo([], null);
    notice(t("exercise_changed"), { label: t("load_again"), press: () => location.reload() });
    over = true;
    if (!exercise.needsAnswer) return;
    frame.body.inert = true;
    const reload = frame.root.querySelector(".k3-notice button");
    if (inside && reload instanceof HTMLElement) reload.focus();
  }

  /** Takes over a stored path; one that no longer fits begins again. @param {Attempt} attempt @param {string} said */
  function adopt(attempt, said) {
    const fits = attempt.version === version;
    if (!fits && attempt.choices.length) notice(t("changed_since"));
    if (!fits) return;
    try {
      exercise.goTo(attempt.choices, attempt.outcome);
    } catch {
      return exercise.goTo([], null); // else nothing would ever be sent after it
    }
    recorder.keepPlacing({});
    if (said && attempt.choices.length) notice(said);
  }

  /** Goes to what the service has stored, whatever is on screen. @param {boolean} orStart */
  async function catchUp(orStart) {
    const newest = await line.newest().catch(() => null);
    if (newest && newest.version === version) exercise.goTo(newest.choices, newest.outcome);
    else if (orStart) exercise.goTo([], null);
  }

  /** Offers a stored path to a learner who has begun without it. @param {Attempt} stored @param {string} said */
  function offer(stored, said) {
    const here = exercise.choices();
    const passed = stored.choices.every((choice, at) => here[at] === choice);
    if (passed || stored.version !== version) return;
    const press = () => {
      exercise.goTo(stored.choices, null); // its verdict comes with the answer to the recording
      recorder.keepPlacing({});
      recorder.record(stored.choices);
      notice(t("resumed"));
      const place = frame.body.querySelector('[tabindex="-1"]') ?? frame.body;
      if (!(place instanceof HTMLElement)) return;
      place.tabIndex = -1;
      place.focus(); // the pressed button is gone
    };
    notice(said, { label: t("go_on_there"), press });
    offered = true;
  }

  /** Asks for the stored path; a learner who has begun meanwhile, or another day, decides whether to take it. Throws
   * where nothing is known yet. */
  async function resume() {
    const newest = await line.newest().catch(refused);
    if (newest === undefined) return;
    if (newest) elsewhere(newest);
    exercise.settled?.();
    if (exercise.settled && recorder.pending) recorder.record(exercise.choices()); // it tells more than what waits
  }

  /** What is stored when a page opens; nothing, where this browser knew it when it kept what it has. @param {Attempt} newest */
  function elsewhere(newest) {
    const stored = JSON.stringify(newest.choices);
    const before = recorder.known;
    recorder.known = stored;
    if (stored === before || recorder.holds(newest.choices)) return;
    const still = !touched && !exercise.choices().length && newest.choices.length > 0; // nothing is redrawn for nothing
    if (exercise.settled || still) adopt(newest, t("resumed"));
    else offer(newest, before ? t("also_elsewhere") : t("stored_way"));
  }

  /** A tab that comes back into view follows what another tab or device did. */
  async function follow() {
    if (document.visibilityState !== "visible" || over) return;
    if (recorder.pending) return recorder.retry();
    const here = JSON.stringify(exercise.choices());
    const newest = await line.newest().catch(() => null);
    if (!newest || recorder.pending || newest.version !== version) return;
    if (here !== JSON.stringify(exercise.choices())) return; // gone on here, while the answer was under way
    const stored = JSON.stringify(newest.choices);
    if (stored === here || stored === recorder.known) return; // nobody went on elsewhere
    recorder.known = stored;
    if (exercise.busy?.()) return offer(newest, t("also_elsewhere"));
    adopt(newest, t("went_on_elsewhere"));
    if (!newest.choices.length) notice(t("went_on_elsewhere"));
  }

  /** Shows where the learner was, from the browser's draft at once, else from the service. */
  function open() {
    const { data, outdated } = recorder.open();
    const here = data.queue.at(-1)?.choices ?? data.local;
    if (outdated) notice(t("changed_since"));
    touched = recorder.pending; // starting over, too
    if (line.durable) recorder.after(resume);
    else recorder.retry();
    try {
      exercise.goTo(here, null);
      if (here.length) notice(t("resumed"));
      if (here.length && !line.durable && exercise.needsAnswer) recorder.record(here);
    } catch {
      draft.clear();
      exercise.goTo([], null);
    }
    return data;
  }

  frame.status.onRetry(retry);
  if (line.durable) {
    document.addEventListener("visibilitychange", () => void follow(), { signal: frame.signal });
  }
  return {
    open,
    recorder,
    retry,
    /** @param {string[]} choices */
    record(choices) {
      touched = true;
      if (!offered) notice(""); // a stored way may be taken up later too
      recorder.record(choices);
    },
    /** The learner has begun something that must not be pulled away. */
    touch() {
      touched = true;
    },
  };
}

/** @typedef {ReturnType<typeof session>} Session */
