// The map: arenas as bands inside one another, one's own life innermost, with the names of those who are there.
import { h, heading } from "./dom.js";

/** @import {Bucket} from "./types" */
/** Somebody on the map: the name as it is shown, the arena's id, and which of the people it is.
 * @typedef {{label: string, place: string, who: number}} Placed */

/** What each arena is, innermost first. @param {Bucket[]} arenas */
export function explained(arenas) {
  return h("dl", { class: "k3-arenas" }, ...arenas.map((arena) => h("div", {}, h("dt", {}, arena.name), h("dd", {}, arena.meaning))));
}

/** @param {string} title @param {Bucket[]} arenas innermost first
 * @param {(one: Placed) => Node | string} [sign] what stands for somebody; the name, unless told */
export function bands(title, arenas, sign = (one) => one.label) {
  const all = arenas.map((arena) => {
    const people = h("ul", { class: "k3-inhabitants", hidden: true });
    const box = h("div", { class: "k3-band" }, h("p", { class: "k3-band-name" }, arena.name), people);
    return { id: arena.id, box, people };
  });
  all.forEach((each, at) => all[at + 1]?.box.append(each.box));
  const head = heading("h4", title, { class: "k3-subtitle" });
  const part = h("div", { class: "k3-map-drawing" }, head, all.at(-1)?.box);
  return {
    part,
    boxes: all.map((each) => each.box), // the inner one is found first, though the outer ones are under it too
    /** @param {Placed[]} placing */
    show(placing) {
      for (const each of all) {
        const here = placing.filter((one) => one.place === each.id);
        each.people.replaceChildren(...here.map((one) => h("li", {}, sign(one))));
        each.people.hidden = !here.length;
      }
    },
  };
}
