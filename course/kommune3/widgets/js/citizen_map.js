// The map of active citizenship: one person at a time is put where the learner thinks they take part. Nothing is right
// or wrong: when enough are placed, the authors' own map is shown beside the learner's for whoever asks.
import { bands, explained } from "./bands.js";
import { reasons, table } from "./compared.js";
import { button, h, heading } from "./dom.js";
import { frame as makeFrame, translator } from "./frame.js";
import { fold } from "./fold.js";
import { Placing } from "./placing.js";

/** @import {CitizenMap, RenderContext, Result} from "./types" */
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
  const mine = bands(t("your_map"), map.arenas, chip);
  const ours = bands(t("our_map"), map.arenas);
  const hint = h("p", { class: "k3-small" });
  const waiting = h("ul", { class: "k3-inhabitants" });
  const unplaced = h("div", { class: "k3-unplaced" }, h("h5", { class: "k3-subtitle" }, t("not_placed")), waiting);
  /** @type {Placing} */
  const row = new Placing(model, frame, {
    things: map.people,
    words: map.people.map(({ name, text }) => ({ title: name, about: text })),
    places: map.arenas,
    boxes: mine.boxes,
    nowhere: UNPLACED,
    waits: (who) => !row.where[who],
    label: () => (row.outcome ? t("compare_again") : row.left ? t("see_ours_for_some") : t("see_ours")),
    told,
    draw,
  });

  /** Somebody's name, to press. @param {Placed} one */
  function chip({ label, who }) {
    const press = button(label, () => row.turn(who), "k3-inhabitant");
    const name = map.people[who]?.name ?? "";
    if (name !== label) press.setAttribute("aria-label", name);
    if (!row.seen && who === row.at) press.setAttribute("aria-current", "true");
    return press;
  }

  /** @param {number} who @param {string} place @param {boolean} fresh */
  function told(who, place, fresh) {
    const [n, item] = [row.left, map.people[who]?.name ?? ""];
    const news = fresh && n && total - n === enough ? ` ${t("may_see_ours")}` : "";
    return n ? t("placed_left", { item, place, n }) + news : t("placed_last", { item, place });
  }

  /** Everybody, with the place they have. */
  function people() {
    return names.map((label, who) => ({ label, who, place: row.where[who] ?? "" }));
  }

  function draw() {
    mine.show(people());
    waiting.replaceChildren(...people().filter((one) => !one.place).map((one) => h("li", {}, chip(one))));
    row.desk.classList.toggle("k3-both-maps", row.seen);
    if (row.seen) side(row.outcome?.results ?? []);
    else ask();
  }

  function ask() {
    const [n, one] = [row.left, map.people[row.at]];
    const place = map.arenas.find((each) => each.id === row.where[row.at]);
    const said = place ? t("stands_in", { place: place.name }) : t("n_left", { n });
    row.ask(one ? { said, title: one.name, about: one.text } : null, t("all_placed"), t("move_or_see"));
    const open = total - n >= enough;
    row.offer.hidden = !open;
    hint.hidden = open;
    hint.textContent = enough < total ? t("ours_from", { n: enough }) : t("ours_from_all");
    unplaced.hidden = !n;
    row.desk.replaceChildren(h("div", { class: "k3-asking" }, row.card.part, hint, row.offer), h("div", { class: "k3-so-far" }, mine.part, unplaced));
  }

  /** @param {Result[]} results */
  function side(results) {
    ours.show(people().flatMap((one) => results.filter((said) => said.id === map.people[one.who]?.id).map((said) => ({ ...one, place: said.ours ?? "" }))));
    row.desk.replaceChildren(mine.part, ours.part);
    const n = row.left;
    const some = n ? [t("only_placed", { n: total - n })] : [];
    row.outcomeBox.replaceChildren(heading("h4", t("side_by_side"), { class: "k3-scene-title" }), h("p", {}, [...some, t("no_right_map")].join(" ")));
    const rest = button(n === 1 ? t("place_last") : t("place_rest", { n }), () => row.turn(row.next(total - 1)));
    row.below.replaceChildren(
      h("h4", { class: "k3-subtitle" }, t("why_there")),
      reasons(t, map, results),
      fold(t("maps_as_table"), table(t, map, results)),
      h("div", { class: "k3-buttons" }, n > 0 && rest, button(t("start_over"), () => row.restart(), "k3-quiet")),
    );
  }

  const about = map.people.map((each) => h("div", {}, h("dt", {}, each.name), h("dd", {}, each.text)));
  row.open(map.intro, h("div", { class: "k3-on-paper" }, explained(map.arenas), h("dl", { class: "k3-arenas" }, ...about)));
  return frame.close;
}

/** Names short enough for a drawing: what comes before a comma, where no two would be alike. @param {string[]} names */
function signs(names) {
  const short = names.map((name) => name.split(",")[0]?.trim() || name);
  return new Set(short).size === names.length ? short : names;
}

export default { render };
