// The sorter's piles and the cards with the statements.
import { verdict } from "./asking.js";
import { h, heading, s } from "./dom.js";
import { draggable } from "./drag.js";

/** @import {Item, Result, Sorter} from "./types" */
/** @import {Frame} from "./frame.js" */

/** @param {Frame} frame @param {Sorter} sorter @param {() => void} moved */
export function cards(frame, sorter, moved) {
  const { t } = frame;
  const piles = sorter.buckets.map((bucket) => {
    const count = h("span", { class: "k3-held" });
    const box = h("li", { class: "k3-pile" }, h("strong", {}, bucket.name), h("span", { class: "k3-small" }, bucket.meaning), count);
    return { bucket, box, count };
  });
  const all = sorter.items.map((item, at) => card(item, at));

  /** @param {Item} item @param {number} at */
  function card(item, at) {
    const name = frame.id(`item-${at}`);
    const radios = sorter.buckets.map((bucket) => h("input", { type: "radio", name, value: bucket.id, onchange: () => place() }));
    const pills = sorter.buckets.map((bucket, which) => h("label", { class: "k3-pill" }, radios[which], h("span", {}, bucket.name)));
    const result = h("div", { class: "k3-result" });
    const dots = s("svg", { viewBox: "0 0 12 20" }, ...[3, 9].flatMap((x) => [4, 10, 16].map((y) => s("circle", { cx: x, cy: y, r: 1.6 }))));
    const grip = h("span", { class: "k3-grip", "aria-hidden": "true" }, dots);
    const group = h("fieldset", {}, h("legend", {}, item.text), h("div", { class: "k3-pills" }, ...pills));
    const box = h("li", { class: "k3-card" }, grip, group, result);
    function place() {
      result.replaceChildren();
      delete box.dataset["correct"];
      count();
      moved();
    }
    draggable(box, grip, piles.map((pile) => pile.box), (pile) => {
      const radio = radios[pile];
      if (!radio) return;
      radio.checked = true;
      place();
      frame.say(t("placed", { item: item.text, pile: sorter.buckets[pile]?.name ?? "" }));
    }, frame.signal);
    return { item, radios, result, box, chosen: () => radios.find((radio) => radio.checked)?.value ?? "" };
  }

  function count() {
    for (const pile of piles) {
      const n = all.filter((each) => each.chosen() === pile.bucket.id).length;
      pile.count.textContent = n === 1 ? t("one_here") : t("n_here", { n });
    }
  }

  count();
  return {
    piles: h("div", { class: "k3-piles" }, heading("h4", t("piles"), { class: "k3-hidden" }), h("ul", {}, ...piles.map((pile) => pile.box))),
    list: h("ol", { class: "k3-cards" }, ...all.map((each) => each.box)),
    /** The pile of every statement, "" where it has none. */
    places: () => all.map((each) => each.chosen()),
    /** The pile of each placed statement by its id. */
    placing: () => Object.fromEntries(all.filter((each) => each.chosen()).map((each) => [each.item.id, each.chosen()])),
    /** The first button of every statement that has no pile yet. */
    unplaced: () => all.filter((each) => !each.chosen()).map((each) => each.radios[0]),
    /** The first button of all. */
    first: () => all[0]?.radios[0],
    /** Puts every statement in its pile. @param {string[]} places */
    place(places) {
      all.forEach((each, at) => each.radios.forEach((radio) => (radio.checked = radio.value === places[at])));
      count();
    },
    /** Shows what the judge says to each. @param {Result[]} results */
    judge(results) {
      all.forEach((each, at) => {
        const said = results[at];
        each.result.replaceChildren();
        delete each.box.dataset["correct"];
        if (!said || said.choice !== each.chosen()) return; // moved while the answer was under way
        each.box.dataset["correct"] = String(said.correct);
        each.result.append(h("p", {}, verdict(said.correct, t("right_place"), t("wrong_place"))), h("p", {}, said.feedback));
      });
    },
  };
}
