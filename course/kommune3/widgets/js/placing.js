// Things that are put into places one at a time and handed in together: where each of them is, which one is asked about,
// and what was said to those that were handed in.
import { handIn } from "./asking.js";
import { h, paragraphs } from "./dom.js";
import { placeCard } from "./place_card.js";
import { session as makeSession } from "./session.js";

/** @import {Attempt, Bucket, Model, Outcome} from "./types" */
/** @import {Frame} from "./frame.js" */

/** What an exercise says of its things and its places.
 * @typedef {object} Exercise
 * @property {{id: string}[]} things
 * @property {{title: string, about?: string}[]} words what the card says of each
 * @property {Bucket[]} places
 * @property {HTMLElement[]} boxes where a card can be dropped, in the order of the places
 * @property {string} nowhere the choice for a thing without a place
 * @property {(who: number) => boolean} waits whether it is to be asked about, when one goes on from another
 * @property {() => string} label what the button says that hands in
 * @property {(who: number, place: string, fresh: boolean) => string} told what is said when a thing was put into a place;
 *   `fresh`: it had none
 * @property {() => void} draw the card on the desk, or the answer where that is `seen` */

export class Placing {
  at = 0; // which thing is asked about; as many as there are when none waits
  /** @type {string[]} */
  handed = []; // the choices that were handed in
  /** @type {Outcome | null} */
  outcome = null; // what came of them
  seen = false; // whether that is on screen
  warned = false; // whether it was said that nothing can be kept here
  outcomeBox = h("div", { class: "k3-outcome" });
  desk = h("div", { class: "k3-desk" });
  below = h("div", { class: "k3-below" });

  /** @param {Model} model @param {Frame} frame @param {Exercise} exercise */
  constructor(model, frame, exercise) {
    this.frame = frame;
    this.exercise = exercise;
    this.total = exercise.things.length;
    /** Where each thing is, in their order; "" without a place. @type {string[]} */
    this.where = exercise.things.map(() => "");
    this.send = handIn(frame.t, "", () => this.#hand(), () => this.session.retry());
    this.offer = h("div", { class: "k3-offer" }, ...this.send.parts);
    this.card = placeCard(frame, exercise.places, exercise.boxes, exercise.words, {
      put: (place) => this.#put(place),
      previous: () => this.turn(this.at - 1),
      onwards: () => this.turn(this.next(this.at)),
    });
    this.session = makeSession(model, frame, {
      needsAnswer: true,
      choices: () => this.handed,
      busy: () => this.changed && this.where.some(Boolean),
      status: (state) => this.send.follow(state),
      goTo: (choices, outcome) => this.#goTo(choices, outcome),
      replied: (reply) => this.#replied(reply),
    });
  }

  /** How many things have no place. */
  get left() {
    return this.where.filter((place) => !place).length;
  }

  /** Whether something was moved since all was handed in. */
  get changed() {
    return JSON.stringify(this.#choices()) !== JSON.stringify(this.handed);
  }

  /** What waits after a thing, round the table; as many as there are when nothing does. @param {number} who */
  next(who) {
    const order = this.where.map((_, step) => (who + 1 + step) % this.total);
    return order.find((each) => this.exercise.waits(each)) ?? this.total;
  }

  /** Asks about a thing, wherever it is. @param {number} who */
  turn(who) {
    [this.at, this.seen] = [who, false];
    this.#draw();
    this.card.focus();
  }

  /** Shows the card: what is asked about in its words, or that everything has a place.
   * @param {{said: string, title: string, about?: string} | null} asked @param {string} title @param {string} said */
  ask(asked, title, said) {
    const ways = { before: this.at > 0, after: this.next(this.at) !== this.at };
    if (asked) this.card.ask({ ...asked, ...ways, place: this.where[this.at] ?? "" });
    else this.card.rest(title, said);
  }

  /** Nothing has a place any more. */
  restart() {
    [this.handed, this.outcome] = [[], null];
    this.session.recorder.keepPlacing({});
    this.session.record([]);
    this.#settle([], false, true);
    this.frame.say(this.frame.t("started_over"));
  }

  /** Puts everything on screen and goes where the learner was. @param {string} intro @param {...Node} after */
  open(intro, ...after) {
    this.frame.body.replaceChildren(...paragraphs(intro, "k3-opening"), this.outcomeBox, this.desk, this.below, ...after);
    const { placing } = this.session.open();
    if (!Object.keys(placing).length) return;
    this.session.touch();
    this.#settle(this.exercise.things.map(({ id }) => placing[id] ?? ""), false, false);
  }

  #choices() {
    return this.where.map((place) => place || this.exercise.nowhere);
  }

  /** @param {string} place */
  #put(place) {
    const who = this.at;
    const fresh = !this.where[who];
    const name = this.exercise.places.find((each) => each.id === place)?.name ?? "";
    this.where[who] = place;
    this.session.touch();
    const kept = this.exercise.things.flatMap(({ id }, each) => (this.where[each] ? [[id, this.where[each]]] : []));
    if (!this.session.recorder.keepPlacing(Object.fromEntries(kept))) this.#unkept();
    this.turn(this.next(who));
    this.frame.say(this.exercise.told(who, name, fresh));
  }

  /** Says once that this browser cannot keep what is moved. */
  #unkept() {
    if (this.warned) return;
    this.warned = true;
    this.frame.notice(this.frame.t("moves_not_kept"));
  }

  #hand() {
    if (this.outcome && !this.changed) return this.#settle(this.handed, true, true);
    this.handed = this.#choices();
    this.outcome = null;
    this.session.recorder.keepPlacing({});
    this.send.wait();
    return this.session.record(this.handed);
  }

  /** @param {string[]} choices @param {Outcome | null} known */
  #goTo(choices, known) {
    if (choices.length && choices.length !== this.total) throw new RangeError("not as many places as things");
    const focus = this.#focused();
    [this.handed, this.outcome] = [choices, known];
    if (choices.length && !known) this.send.wait();
    this.#settle(choices, Boolean(known?.finished), focus);
  }

  /** @param {Attempt} reply */
  #replied(reply) {
    if (JSON.stringify(reply.choices) !== JSON.stringify(this.handed) || !this.handed.length) return;
    this.outcome = reply.outcome;
    if (this.changed) this.#ready(); // gone on meanwhile: nothing is pulled away
    else this.#settle(this.handed, reply.outcome.finished, this.#focused());
  }

  #focused() {
    return this.frame.body.contains(document.activeElement);
  }

  /** The button as it stands; one that waits for an answer goes on waiting. */
  #ready() {
    if (this.send.busy() && !this.outcome && this.handed.length) return;
    this.send.ready(this.exercise.label());
  }

  /** Shows things in their places, with what was said to them where it is known.
   * @param {string[]} chosen @param {boolean} answered @param {boolean} focus */
  #settle(chosen, answered, focus) {
    const known = this.exercise.places.map((each) => each.id);
    this.where = this.where.map((_, who) => known.find((id) => id === chosen[who]) ?? "");
    [this.at, this.seen] = [this.next(this.total - 1), answered];
    this.#draw();
    if (focus && this.seen) this.outcomeBox.querySelector("h4")?.focus();
    else if (focus) this.card.focus();
  }

  #draw() {
    this.outcomeBox.replaceChildren();
    this.below.replaceChildren();
    this.#ready();
    this.exercise.draw();
  }
}
