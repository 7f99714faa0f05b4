// The map of active citizenship: people into arenas, by radio buttons or by dragging. Nothing is right or wrong: when
// all are placed, the authors' own map is shown beside the learner's.
import { handIn } from "./asking.js";
import { bands, explained } from "./bands.js";
import { cards as makeCards } from "./cards.js";
import { button, h, heading, icon, paragraphs } from "./dom.js";
import { frame as makeFrame, translator } from "./frame.js";
import { fold } from "./fold.js";
import { session as makeSession } from "./session.js";

/** @import {CitizenMap, Outcome, RenderContext, Result} from "./types" */
/** @import {Translate} from "./frame.js" */

/** @param {RenderContext} context */
function render(context) {
  const { model } = context;
  /** @type {CitizenMap} */
  const map = model.get("content");
  const total = map.people.length;
  const frame = makeFrame(context, "map", translator(model)("map_of", { total }));
  const { t } = frame;
  /** @type {string[]} */
  let placed = [];
  const send = handIn(t, t("see_ours"), compare, () => session.retry());
  const mine = bands(t("your_map"), map.arenas);
  const ours = bands(t("our_map"), map.arenas);
  const outcomeBox = h("div", { class: "k3-outcome" });
  const below = h("div", {});
  const missing = h("p", { class: "k3-error", hidden: true });
  const left = h("p", { class: "k3-small" });
  const cards = makeCards(frame, map.people, mine, { moved, told: (said) => told(t, map, said) });
  const desk = h("div", { class: "k3-desk" }, mine.part, cards.list);
  const session = makeSession(model, frame, {
    needsAnswer: true,
    choices: () => placed,
    status: (state) => send.follow(state),
    goTo(choices, outcome) {
      if (choices.length && choices.length !== total) throw new RangeError("not as many places as people");
      placed = choices;
      cards.place(choices);
      if (choices.length && !outcome) send.wait();
      else show(outcome, false);
    },
    replied(reply) {
      if (JSON.stringify(reply.choices) !== JSON.stringify(placed) || !placed.length) return;
      show(reply.outcome, frame.body.contains(document.activeElement));
    },
  });

  function moved() {
    session.touch();
    missing.hidden = true;
    count();
    session.recorder.keepPlacing(cards.placing());
  }

  /** How many have no place yet. */
  function count() {
    const n = cards.unplaced().length;
    left.hidden = !n;
    left.textContent = t("still_to_place", { n });
  }

  function compare() {
    const open = cards.unplaced();
    missing.hidden = !open.length;
    if (open.length) {
      const said = t("still_to_place", { n: open.length });
      missing.replaceChildren(icon("note"), said);
      left.hidden = true; // it says the same
      open[0]?.focus();
      return frame.say(said);
    }
    placed = cards.places();
    session.recorder.keepPlacing({});
    send.wait();
    return session.record(placed);
  }

  /** @param {Outcome | null} outcome @param {boolean} focus */
  function show(outcome, focus) {
    const results = outcome?.finished ? outcome.results : [];
    send.ready(results.length ? t("compare_again") : t("see_ours"));
    cards.judge(results);
    count();
    desk.classList.toggle("k3-both-maps", results.length > 0);
    ours.part.remove();
    outcomeBox.replaceChildren();
    below.replaceChildren();
    if (!results.length) return;
    ours.show(results.map((each, at) => ({ label: map.people[at]?.name ?? "", place: each.ours ?? "" })));
    mine.part.after(ours.part);
    const head = heading("h4", t("side_by_side"), { class: "k3-scene-title" });
    outcomeBox.replaceChildren(head, h("p", {}, t("no_right_map")));
    below.replaceChildren(fold(t("maps_as_table"), table(t, map, results)), h("div", { class: "k3-buttons" }, button(t("start_over"), restart, "k3-quiet")));
    if (focus) head.focus();
  }

  function restart() {
    placed = [];
    cards.place([]);
    session.recorder.keepPlacing({});
    session.record([]);
    show(null, false);
    cards.first()?.focus();
    frame.say(t("started_over"));
  }

  frame.body.replaceChildren(...paragraphs(map.intro, "k3-opening"), explained(map.arenas), outcomeBox, desk, missing, left, ...send.parts, below);
  const { placing } = session.open();
  if (Object.keys(placing).length) {
    cards.place(map.people.map((person) => placing[person.id] ?? ""));
    session.touch();
    count();
  }
  return frame.close;
}

/** @param {CitizenMap} map @param {string | null} id */
function nameOf(map, id) {
  return map.arenas.find((arena) => arena.id === id)?.name ?? "";
}

/** What a card says of the authors' placing: where, and why. @param {Translate} t @param {CitizenMap} map @param {Result} said */
function told(t, map, said) {
  const same = said.ours === said.choice ? t("placed_alike") : t("placed_apart", { place: nameOf(map, said.ours) });
  return [h("p", {}, h("strong", {}, same)), ...paragraphs(said.feedback)];
}

/** Both maps as a table. @param {Translate} t @param {CitizenMap} map @param {Result[]} results */
function table(t, map, results) {
  const rows = results.map((each, at) =>
    h("tr", {}, h("th", { scope: "row" }, map.people[at]?.name ?? ""), h("td", {}, nameOf(map, each.choice)), h("td", {}, nameOf(map, each.ours))),
  );
  const head = [t("person"), t("your_map"), t("our_map")].map((name) => h("th", { scope: "col" }, name));
  return h(
    "div",
    { class: "k3-scroll", tabindex: "0", role: "region", "aria-label": t("maps_as_table") },
    h("table", {}, h("caption", {}, map.title), h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows)),
  );
}

export default { render };
