// Text as large as its slide holds, and never smaller than can be read from the back row.

import { fullest } from "./play.js";

const SIZES = [44, 40, 37, 34, 32, 30, 28, 27, 26, 25, 24];

/** A slide, and between which of the sizes its own must lie: `most` is `SIZES.length` where none may fit.
 * @typedef {{slide: HTMLElement, body: HTMLElement, least: number, most: number}} Room */

/** Give every slide the largest size at which nothing of it is cut off. reveal.js has not begun yet: all are laid out. */
export function fit() {
  const root = document.documentElement;
  root.classList.add("k3-measuring");
  const empty = fullest();
  const all = rooms();
  sized(all);
  for (const { slide } of all.filter(few)) slide.classList.add("k3-few");
  empty();
  root.classList.remove("k3-measuring");
}

/** @returns {Room[]} */
function rooms() {
  return [...document.querySelectorAll(".k3-slide")].flatMap((slide) => {
    const body = slide.querySelector(".k3-body");
    const found = slide instanceof HTMLElement && body instanceof HTMLElement;
    return found ? [{ slide, body, least: 0, most: SIZES.length }] : [];
  });
}

/** Halves what is left between a size that is too large and one that fits, for all slides at once: the browser
 * lays the deck out four times, not once for each slide and size. @param {Room[]} all */
function sized(all) {
  for (let open = all; open.length; open = open.filter(({ least, most }) => least < most)) {
    for (const room of open) put(room, (room.least + room.most) >> 1);
    const fitting = open.map(fits);
    open.forEach((room, at) => {
      const tried = (room.least + room.most) >> 1;
      if (fitting[at]) room.most = tried;
      else room.least = tried + 1;
    });
  }
  for (const room of all) put(room, Math.min(room.most, SIZES.length - 1));
  // More than the smallest size holds: nothing is lost, it can be scrolled.
  for (const { body } of all.filter(({ most }) => most === SIZES.length)) {
    body.classList.add("k3-overfull");
    body.tabIndex = 0;
  }
}

/** @param {Room} room @param {number} at */
function put({ slide }, at) {
  slide.style.setProperty("--k3-size", `${SIZES[at]}px`);
}

/** Whether the text takes less than half of its room. @param {Room} room */
function few({ body }) {
  const last = body.lastElementChild?.getBoundingClientRect().bottom ?? 0;
  const { top, height } = body.getBoundingClientRect();
  return last - top < height / 2;
}

/** @param {Room} room */
function fits({ slide, body }) {
  return (
    body.scrollHeight <= body.clientHeight + 1 &&
    body.scrollWidth <= body.clientWidth + 1 &&
    slide.scrollHeight <= slide.clientHeight + 1
  );
}
