// One person at a time: name and text, and a button for every arena; pressing one is an answer, so that no radio button
// moved by an arrow key sends anybody on.
import { button, h, heading, icon, paragraphs, s } from "./dom.js";
import { draggable } from "./drag.js";

/** @import {Bucket, Person} from "./types" */
/** @import {Frame} from "./frame.js" */

/** What the card asks its map to do.
 * @typedef {object} Hands
 * @property {(arena: string) => void} put
 * @property {() => void} previous
 * @property {() => void} onwards without an answer
 *
 * Who is asked about: where they are now, "" without a place; how many have none; which ways lead on.
 * @typedef {{one: Person, place: string, left: number, before: boolean, after: boolean}} Asked */

/** @param {Frame} frame @param {Bucket[]} arenas innermost first @param {HTMLElement[]} boxes where the card can be
 * dropped @param {Hands} hands */
export function person(frame, arenas, boxes, hands) {
  const { t } = frame;
  const dots = s("svg", { viewBox: "0 0 12 20" }, ...[3, 9].flatMap((x) => [4, 10, 16].map((y) => s("circle", { cx: x, cy: y, r: 1.6 }))));
  const grip = h("span", { class: "k3-grip", "aria-hidden": "true" }, dots);
  const inside = h("div", {});
  const part = h("div", { class: "k3-card k3-person" }, grip, inside);
  const drop = (/** @type {number} */ which) => hands.put(arenas[which]?.id ?? "");
  draggable(part, grip, boxes, drop, frame.signal);
  let told = false; // whether what the places mean is told where there is little room
  let head = heading("h4", "");

  /** @param {Bucket} arena @param {string} place */
  function choice(arena, place) {
    const press = button("", () => hands.put(arena.id), "k3-arena");
    const here = arena.id === place;
    if (here) press.setAttribute("aria-current", "true");
    press.append(h("span", { class: "k3-arena-name" }, arena.name, here && icon("yes")), " ", h("span", { class: "k3-small" }, arena.meaning));
    return h("li", {}, press);
  }

  function meanings() {
    const tell = button(t("places_mean"), () => {
      told = !told;
      follow();
    }, "k3-quiet k3-tell");
    const follow = () => {
      part.classList.toggle("k3-told-places", told);
      tell.setAttribute("aria-expanded", String(told));
    };
    follow();
    return tell;
  }

  return {
    part,
    /** @param {Asked} asked */
    ask({ one, place, left, before, after }) {
      const said = place ? t("stands_in", { place: arenas.find((each) => each.id === place)?.name ?? "" }) : t("n_left", { n: left });
      head = heading("h4", one.name, { class: "k3-scene-title", id: frame.id("name") });
      const about = h("div", { class: "k3-about", id: frame.id("about") }, ...paragraphs(one.text));
      const ways = h(
        "div",
        { class: "k3-buttons k3-ways" },
        before && button(t("previous"), hands.previous, "k3-quiet"),
        after && button(place ? t("leave") : t("skip"), hands.onwards, "k3-quiet"),
        meanings(),
      );
      const list = h("ul", { class: "k3-arena-list" }, ...arenas.map((arena) => choice(arena, place)));
      const who = h("div", { class: "k3-who-is-it" }, h("p", { class: "k3-small" }, said), head, about);
      grip.hidden = false;
      inside.replaceChildren(h("div", { role: "group", "aria-labelledby": head.id, "aria-describedby": about.id }, who, list), ways);
    },
    /** Nobody is left. */
    rest() {
      head = heading("h4", t("all_placed"), { class: "k3-scene-title" });
      grip.hidden = true;
      inside.replaceChildren(head, h("p", {}, t("move_or_see")), h("div", { class: "k3-buttons k3-ways" }, button(t("previous"), hands.previous, "k3-quiet")));
    },
    /** Moves focus to the name, and as much of the card into sight as there is room for. */
    focus() {
      head.focus({ preventScroll: true });
      part.scrollIntoView({ block: "nearest" });
      head.scrollIntoView({ block: "nearest" });
    },
  };
}
