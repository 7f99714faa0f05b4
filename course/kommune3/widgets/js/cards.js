// The cards with what is to be placed, each with a radio button for every place and a grip to drag it by.
import { h, s } from "./dom.js";
import { draggable } from "./drag.js";

/** @import {Item, Result} from "./types" */
/** @import {Frame} from "./frame.js" */
/** @import {Places} from "./piles.js" */

/** @param {Frame} frame @param {Item[]} items @param {Places} places
 * @param {{moved: () => void, told: (said: Result) => Node[]}} hands what happens when a card was moved, and what a
 * card shows of the judge's answer */
export function cards(frame, items, places, { moved, told }) {
  const { t } = frame;
  const all = items.map((item, at) => card(item, at));

  /** @param {Item} item @param {number} at */
  function card(item, at) {
    const name = frame.id(`item-${at}`);
    const radios = places.places.map((place) => h("input", { type: "radio", name, value: place.id, onchange: () => put() }));
    const pills = places.places.map((place, which) => h("label", { class: "k3-pill" }, radios[which], h("span", {}, place.name)));
    const result = h("div", { class: "k3-result" });
    const dots = s("svg", { viewBox: "0 0 12 20" }, ...[3, 9].flatMap((x) => [4, 10, 16].map((y) => s("circle", { cx: x, cy: y, r: 1.6 }))));
    const grip = h("span", { class: "k3-grip", "aria-hidden": "true" }, dots);
    const group = h("fieldset", {}, h("legend", {}, item.text), h("div", { class: "k3-pills" }, ...pills));
    const box = h("li", { class: "k3-card" }, grip, group, result);
    function put() {
      result.replaceChildren();
      delete box.dataset["correct"];
      shown();
      moved();
    }
    draggable(box, grip, places.boxes, (which) => {
      const radio = radios[which];
      if (!radio) return;
      radio.checked = true;
      put();
      frame.say(t("placed", { item: item.text, pile: places.places[which]?.name ?? "" }));
    }, frame.signal);
    return { item, radios, result, box, chosen: () => radios.find((radio) => radio.checked)?.value ?? "" };
  }

  function shown() {
    places.show(all.map((each) => ({ label: each.item.text, place: each.chosen() })));
  }

  shown();
  return {
    list: h("ol", { class: "k3-cards" }, ...all.map((each) => each.box)),
    /** The place of every item, "" where it has none. */
    places: () => all.map((each) => each.chosen()),
    /** The place of each placed item by its id. */
    placing: () => Object.fromEntries(all.filter((each) => each.chosen()).map((each) => [each.item.id, each.chosen()])),
    /** The first button of every item that has no place yet. */
    unplaced: () => all.filter((each) => !each.chosen()).map((each) => each.radios[0]),
    /** The first button of all. */
    first: () => all[0]?.radios[0],
    /** Puts every item in its place. @param {string[]} chosen */
    place(chosen) {
      all.forEach((each, at) => each.radios.forEach((radio) => (radio.checked = radio.value === chosen[at])));
      shown();
    },
    /** Shows what the judge says to each. @param {Result[]} results */
    judge(results) {
      all.forEach((each, at) => {
        const said = results[at];
        each.result.replaceChildren();
        delete each.box.dataset["correct"];
        if (!said || said.choice !== each.chosen()) return; // moved while the answer was under way
        if (said.correct !== null) each.box.dataset["correct"] = String(said.correct);
        each.result.append(...told(said));
      });
    },
  };
}
