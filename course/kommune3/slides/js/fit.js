// Text as large as its slide holds, and never smaller than can be read from the back row.

import { fullest } from "./play.js";

const SIZES = [44, 40, 37, 34, 32, 30, 28, 27, 26, 25, 24];

/** Give every slide the largest size at which nothing of it is cut off. reveal.js has not begun yet: all are laid out. */
export function fit() {
  const root = document.documentElement;
  root.classList.add("k3-measuring");
  const empty = fullest();
  for (const slide of document.querySelectorAll(".k3-slide")) {
    if (slide instanceof HTMLElement) sized(slide);
  }
  empty();
  root.classList.remove("k3-measuring");
}

/** @param {HTMLElement} slide */
function sized(slide) {
  const body = slide.querySelector(".k3-body");
  if (!(body instanceof HTMLElement)) return;
  for (const size of SIZES) {
    slide.style.setProperty("--k3-size", `${size}px`);
    if (fits(slide, body)) {
      slide.classList.toggle("k3-few", few(body));
      return;
    }
  }
  // More than the smallest size holds: nothing is lost, it can be scrolled.
  body.classList.add("k3-overfull");
  body.tabIndex = 0;
}

/** Whether the text takes less than half of its room. @param {HTMLElement} body */
function few(body) {
  const last = body.lastElementChild?.getBoundingClientRect().bottom ?? 0;
  const { top, height } = body.getBoundingClientRect();
  return last - top < height / 2;
}

/** @param {HTMLElement} slide @param {HTMLElement} body */
function fits(slide, body) {
  return (
    body.scrollHeight <= body.clientHeight + 1 &&
    body.scrollWidth <= body.clientWidth + 1 &&
    slide.scrollHeight <= slide.clientHeight + 1
  );
}
