// The piles that statements are sorted into, side by side, with how many each holds.
import { h, heading } from "./dom.js";

/** @import {Bucket} from "./types" */
/** @import {Translate} from "./frame.js" */
/** Where cards can be put: the places with their boxes, and how it shows what lies where.
 * @typedef {{places: Bucket[], boxes: HTMLElement[], show: (placing: {label: string, place: string}[]) => void}} Places */

/** @param {Translate} t @param {Bucket[]} buckets */
export function piles(t, buckets) {
  const all = buckets.map((bucket) => {
    const count = h("span", { class: "k3-held" });
    const box = h("li", { class: "k3-pile" }, h("strong", {}, bucket.name), h("span", { class: "k3-small" }, bucket.meaning), count);
    return { id: bucket.id, box, count };
  });
  return {
    part: h("div", { class: "k3-piles" }, heading("h4", t("piles"), { class: "k3-hidden" }), h("ul", {}, ...all.map((pile) => pile.box))),
    places: buckets,
    boxes: all.map((pile) => pile.box),
    /** @param {{place: string}[]} placing */
    show(placing) {
      for (const pile of all) {
        const n = placing.filter((each) => each.place === pile.id).length;
        pile.count.textContent = n === 1 ? t("one_here") : t("n_here", { n });
      }
    },
  };
}
