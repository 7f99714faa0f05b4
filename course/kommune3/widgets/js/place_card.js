// One thing at a time to put into a place: what it is, and a button for every place; pressing one is an answer, so that
// no radio button moved by an arrow key sends anything on.
import { button, h, heading, icon, paragraphs, s } from "./dom.js";
import { draggable } from "./drag.js";

/** @import {Bucket} from "./types" */
/** @import {Frame} from "./frame.js" */

/** What the card asks its exercise to do.
 * @typedef {object} Hands
 * @property {(place: string) => void} put
 * @property {() => void} previous
 * @property {() => void} onwards without an answer
 *
 * What is asked about: where it is or how far one has come, in words; its name, and more about it; its place, "" without
 * one; which ways lead on.
 * @typedef {{said: string, title: string, about?: string, place: string, before: boolean, after: boolean}} Asked */

const FEW = 3; // places whose meanings leave the whole card on a phone's screen

/** @param {Frame} frame @param {Bucket[]} places @param {HTMLElement[]} boxes where the card can be dropped
 * @param {{title: string, about?: string}[]} all that will be asked about: there is room for the longest from the start, so
 * that the places stay under the thumb @param {Hands} hands */
export function placeCard(frame, places, boxes, all, hands) {
  const { t } = frame;
  const dots = s("svg", { viewBox: "0 0 12 20" }, ...[3, 9].flatMap((x) => [4, 10, 16].map((y) => s("circle", { cx: x, cy: y, r: 1.6 }))));
  const grip = h("span", { class: "k3-grip", "aria-hidden": "true" }, dots);
  const inside = h("div", {});
  const part = h("div", { class: "k3-card k3-one" }, grip, inside);
  const drop = (/** @type {number} */ which) => hands.put(places[which]?.id ?? "");
  draggable(part, grip, boxes, drop, frame.signal);
  let told = places.length <= FEW; // whether what the places mean is told where there is little room
  let head = heading("h4", "");

  /** @param {Bucket} place @param {string} now */
  function choice(place, now) {
    const press = button("", () => hands.put(place.id), "k3-put");
    const here = place.id === now;
    if (here) press.setAttribute("aria-current", "true");
    press.append(h("span", { class: "k3-put-name" }, place.name, here && icon("yes")), " ", h("span", { class: "k3-small" }, place.meaning));
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
    ask({ said, title, about = "", place, before, after }) {
      head = heading("h4", title, { class: "k3-scene-title", id: frame.id("name") });
      const more = about && h("div", { class: "k3-about", id: frame.id("about") }, ...paragraphs(about));
      const ways = h(
        "div",
        { class: "k3-buttons k3-ways" },
        before && button(t("previous"), hands.previous, "k3-quiet"),
        after && button(place ? t("leave") : t("skip"), hands.onwards, "k3-quiet"),
        meanings(),
      );
      const list = h("ul", { class: "k3-puts" }, ...places.map((each) => choice(each, place)));
      const room = all.map((each) => h("div", { class: "k3-unseen", "aria-hidden": "true" }, h("p", { class: "k3-scene-title" }, each.title), ...paragraphs(each.about ?? "")));
      const what = h("div", { class: "k3-asked-about" }, h("p", { class: "k3-small" }, said), h("div", { class: "k3-overlaid" }, h("div", {}, head, more), ...room));
      const described = more && more.id;
      grip.hidden = false;
      inside.replaceChildren(h("div", { role: "group", "aria-labelledby": head.id, "aria-describedby": described || null }, what, list), ways);
    },
    /** Everything has a place. @param {string} title @param {string} said what one can do now */
    rest(title, said) {
      head = heading("h4", title, { class: "k3-scene-title" });
      grip.hidden = true;
      inside.replaceChildren(head, h("p", {}, said), h("div", { class: "k3-buttons k3-ways" }, button(t("previous"), hands.previous, "k3-quiet")));
    },
    /** Moves focus to the name, and as much of the card into sight as there is room for. */
    focus() {
      head.focus({ preventScroll: true });
      part.scrollIntoView({ block: "nearest" });
      head.scrollIntoView({ block: "nearest" });
    },
  };
}
