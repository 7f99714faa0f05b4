// The map of active citizenship: one person at a time is put where the learner thinks they take part. Nothing is right
// or wrong: when enough are placed, the authors' own map is shown beside the learner's for whoever asks.
import { handIn } from "./asking.js";
import { bands, explained } from "./bands.js";
import { reasons, table } from "./compared.js";
import { button, h, heading, paragraphs } from "./dom.js";
import { frame as makeFrame, translator } from "./frame.js";
import { fold } from "./fold.js";
import { person } from "./person.js";
import { session as makeSession } from "./session.js";

/** @import {CitizenMap, Outcome, RenderContext, Result} from "./types" */
/** @import {Placed} from "./bands.js" */

const UNPLACED = "-"; // the choice for somebody who is not on the map, as in engine/open_ended.py

/** @param {RenderContext} context */
function render(context) {
  const { model } = context;
  /** @type {CitizenMap} */
  const map = model.get("content");
  const total = map.people.length;
  const enough = Number(model.get("lengths")[0] ?? total);
  const frame = makeFrame(context, "map", translator(model)("map_of", { total }));
  const { t } = frame;
  const names = signs(map.people.map((each) => each.name));
  /** Where each person is, in their order; "" without a place. @type {string[]} */
  let places = map.people.map(() => "");
  let at = 0; // who is asked about; `total` when everybody has a place
  /** @type {string[]} */
  let handed = []; // the choices of the map that was compared
  /** @type {Outcome | null} */
  let outcome = null; // what came of them
  let seen = false; // whether the two maps are on screen
  const send = handIn(t, t("see_ours"), compare, () => session.retry());
  const mine = bands(t("your_map"), map.arenas, chip);
  const ours = bands(t("our_map"), map.arenas);
  const card = person(frame, map.arenas, mine.boxes, { put, previous: () => turn(at - 1), onwards: () => turn(next(at)) });
  const outcomeBox = h("div", { class: "k3-outcome" });
  const hint = h("p", { class: "k3-small" });
  const offer = h("div", { class: "k3-offer" }, ...send.parts);
  const waiting = h("ul", { class: "k3-inhabitants" });
  const unplaced = h("div", { class: "k3-unplaced" }, h("h5", { class: "k3-subtitle" }, t("not_placed")), waiting);
  const desk = h("div", { class: "k3-desk" });
  const below = h("div", { class: "k3-below" });
  const session = makeSession(model, frame, {
    needsAnswer: true,
    choices: () => handed,
    status: (state) => send.follow(state),
    goTo(choices, known) {
      if (choices.length && choices.length !== total) throw new RangeError("not as many places as people");
      const focus = frame.body.contains(document.activeElement);
      [handed, outcome] = [choices, known];
      if (choices.length && !known) send.wait();
      settle(choices, Boolean(known?.finished), focus);
    },
    replied(reply) {
      if (JSON.stringify(reply.choices) !== JSON.stringify(handed) || !handed.length) return;
      outcome = reply.outcome;
      if (changed()) ready(); // gone on meanwhile: nothing is pulled away
      else settle(handed, outcome.finished, frame.body.contains(document.activeElement));
    },
  });

  /** Somebody's name, to press. @param {Placed} one */
  function chip({ label, who }) {
    const press = button(label, () => turn(who), "k3-inhabitant");
    const name = map.people[who]?.name ?? "";
    if (name !== label) press.setAttribute("aria-label", name);
    if (!seen && who === at) press.setAttribute("aria-current", "true");
    return press;
  }

  /** The map as choices. */
  function choices() {
    return places.map((place) => place || UNPLACED);
  }

  /** Whether somebody was moved since the map was compared. */
  function changed() {
    return JSON.stringify(choices()) !== JSON.stringify(handed);
  }

  function left() {
    return places.filter((place) => !place).length;
  }

  /** Whoever has no place and comes after somebody, round the table; `total` when nobody is left. @param {number} who */
  function next(who) {
    const order = map.people.map((_, step) => (who + 1 + step) % total);
    return order.find((each) => !places[each]) ?? total;
  }

  /** @param {string} arena */
  function put(arena) {
    const name = map.people[at]?.name ?? "";
    const place = map.arenas.find((each) => each.id === arena)?.name ?? "";
    const short = total - left() < enough;
    places[at] = arena;
    session.touch();
    session.recorder.keepPlacing(Object.fromEntries(map.people.flatMap((each, who) => (places[who] ? [[each.id, places[who]]] : []))));
    turn(next(at));
    const n = left();
    const news = short && n && total - n >= enough ? ` ${t("may_see_ours")}` : "";
    frame.say(n ? t("placed_left", { item: name, place, n }) + news : t("placed_last", { item: name, place }));
  }

  /** Asks about somebody, wherever they are. @param {number} who */
  function turn(who) {
    [at, seen] = [who, false];
    draw();
    card.focus();
  }

  function compare() {
    if (outcome && !changed()) return settle(handed, true, true);
    handed = choices();
    outcome = null;
    session.recorder.keepPlacing({});
    send.wait();
    return session.record(handed);
  }

  /** The button as it stands; one that waits for an answer goes on waiting. */
  function ready() {
    if (send.busy() && !outcome && handed.length) return;
    send.ready(outcome ? t("compare_again") : left() ? t("see_ours_for_some") : t("see_ours"));
  }

  /** Shows a map that was handed in, beside the authors' where there is one. @param {string[]} chosen
   * @param {boolean} compared @param {boolean} focus */
  function settle(chosen, compared, focus) {
    places = map.people.map((_, who) => map.arenas.find((each) => each.id === chosen[who])?.id ?? "");
    [at, seen] = [next(total - 1), compared];
    draw();
    if (focus && seen) outcomeBox.querySelector("h4")?.focus();
    else if (focus) card.focus();
  }

  /** Everybody, with the place they have. */
  function people() {
    return names.map((label, who) => ({ label, who, place: places[who] ?? "" }));
  }

  function draw() {
    mine.show(people());
    waiting.replaceChildren(...people().filter((one) => !one.place).map((one) => h("li", {}, chip(one))));
    desk.classList.toggle("k3-both-maps", seen);
    outcomeBox.replaceChildren();
    below.replaceChildren();
    ready();
    if (seen) side(outcome?.results ?? []);
    else ask();
  }

  function ask() {
    const [n, one] = [left(), map.people[at]];
    if (one) card.ask({ one, place: places[at] ?? "", left: n, before: at > 0, after: next(at) !== at });
    else card.rest();
    const open = total - n >= enough;
    offer.hidden = !open;
    hint.hidden = open;
    hint.textContent = enough < total ? t("ours_from", { n: enough }) : t("ours_from_all");
    unplaced.hidden = !n;
    desk.replaceChildren(h("div", { class: "k3-asking" }, card.part, hint, offer), h("div", { class: "k3-so-far" }, mine.part, unplaced));
  }

  /** @param {Result[]} results */
  function side(results) {
    ours.show(people().flatMap((one) => results.filter((said) => said.id === map.people[one.who]?.id).map((said) => ({ ...one, place: said.ours ?? "" }))));
    desk.replaceChildren(mine.part, ours.part);
    const n = left();
    const some = n ? [t("only_placed", { n: total - n })] : [];
    outcomeBox.replaceChildren(heading("h4", t("side_by_side"), { class: "k3-scene-title" }), h("p", {}, [...some, t("no_right_map")].join(" ")));
    const rest = button(n === 1 ? t("place_last") : t("place_rest", { n }), () => turn(next(total - 1)));
    below.replaceChildren(
      h("h4", { class: "k3-subtitle" }, t("why_there")),
      reasons(t, map, results),
      fold(t("maps_as_table"), table(t, map, results)),
      h("div", { class: "k3-buttons" }, n > 0 && rest, button(t("start_over"), restart, "k3-quiet")),
    );
  }

  function restart() {
    [handed, outcome] = [[], null];
    session.recorder.keepPlacing({});
    session.record([]);
    settle([], false, true);
    frame.say(t("started_over"));
  }

  const told = map.people.map((each) => h("div", {}, h("dt", {}, each.name), h("dd", {}, each.text)));
  const paper = h("div", { class: "k3-on-paper" }, explained(map.arenas), h("dl", { class: "k3-arenas" }, ...told));
  frame.body.replaceChildren(...paragraphs(map.intro, "k3-opening"), outcomeBox, desk, below, paper);
  const { placing } = session.open();
  if (Object.keys(placing).length) {
    session.touch();
    settle(map.people.map((each) => placing[each.id] ?? ""), false, false);
  }
  return frame.close;
}

/** Names short enough for a drawing: what comes before a comma, where no two would be alike. @param {string[]} names */
function signs(names) {
  const short = names.map((name) => name.split(",")[0]?.trim() || name);
  return new Set(short).size === names.length ? short : names;
}

export default { render };
