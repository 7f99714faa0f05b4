// The trainer's notes in a window of their own, which follows the slides. Pages in a folder may not look into each
// other, so they send messages.

import { say, word } from "./words.js";

/** @type {Window | null} */
let notes = null;

/** What the window shows of a slide. */
function told() {
  const slide = Reveal.getCurrentSlide();
  const { h } = Reveal.getIndices();
  const all = Reveal.getHorizontalSlides();
  const next = "play" in slide.dataset ? null : all[h + 1];
  return {
    kommune3: "slide",
    heading: slide.querySelector("h2")?.textContent ?? "",
    notes: Reveal.getSlideNotes(slide) ?? "",
    module: Reveal.getSlideNotes(all[0] ?? slide) ?? "",
    next: next?.querySelector("h2")?.textContent ?? "",
    place: word("slide", { number: h + 1, total: all.length }),
  };
}

function send() {
  if (notes && !notes.closed) notes.postMessage(told(), "*");
}

/** Open the window, or bring it to the front. */
export function openNotes() {
  notes = window.open("notes.html", "kommune3-notes", "width=1000,height=760");
  say(notes ? "" : word("blocked"));
}

addEventListener("message", (event) => {
  if (!notes || event.source !== notes) return;
  if (event.data === "kommune3:ready") send();
  else if (event.data === "kommune3:after") press("ArrowRight");
  else if (event.data === "kommune3:before") press("ArrowLeft");
});

/** The same as pressing the key here, so that a story is played from there too. @param {string} key */
function press(key) {
  const code = key === "ArrowRight" ? 39 : 37;
  document.dispatchEvent(new KeyboardEvent("keydown", { key, keyCode: code, bubbles: true, cancelable: true }));
}

for (const type of ["slidechanged", "fragmentshown", "fragmenthidden"]) Reveal.on(type, send);
