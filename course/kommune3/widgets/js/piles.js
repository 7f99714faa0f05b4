// The piles that statements are sorted into, with what lies in each.
import { h, heading } from "./dom.js";

/** @import {Bucket} from "./types" */
/** @import {Translate} from "./frame.js" */

/** @template {{place: string}} Card @param {Translate} t @param {Bucket[]} buckets @param {(card: Card) => Node} sign
 * what stands for a card */
export function piles(t, buckets, sign) {
  const all = buckets.map((bucket) => {
    const count = h("span", { class: "k3-held" });
    const cards = h("ul", { class: "k3-lain", hidden: true });
    const head = h("p", {}, h("strong", {}, bucket.name), " ", count);
    return { id: bucket.id, box: h("li", { class: "k3-pile" }, head, cards), count, cards };
  });
  return {
    part: h("div", { class: "k3-piles" }, heading("h4", t("piles"), { class: "k3-hidden" }), h("ul", {}, ...all.map((pile) => pile.box))),
    boxes: all.map((pile) => pile.box),
    /** @param {Card[]} placing */
    show(placing) {
      for (const pile of all) {
        const here = placing.filter((card) => card.place === pile.id);
        pile.cards.replaceChildren(...here.map((card) => h("li", {}, sign(card))));
        pile.cards.hidden = !here.length;
        pile.count.textContent = here.length === 1 ? t("one_here") : t("n_here", { n: here.length });
      }
    },
  };
}
