// A deck of slides: text as large as fits, reveal.js, stories that the room plays, notes for the trainer.

import { fit } from "./fit.js";
import { openNotes } from "./presenter.js";
import { backward, choose, forward, isPlay, leave, show } from "./play.js";
import { say, word } from "./words.js";

const root = document.documentElement;
const FORWARD = new Set(["ArrowRight", "ArrowDown", "PageDown", " ", "n", "N", "l", "j", "Enter"]);
const BACKWARD = new Set(["ArrowLeft", "ArrowUp", "PageUp", "p", "P", "h", "k"]);

/** Dark slides or light ones, remembered where the browser lets a page do so. @param {boolean} dark */
function colours(dark) {
  root.dataset["colorScheme"] = dark ? "dark" : "light";
  try {
    localStorage.setItem("kommune3:slides", root.dataset["colorScheme"]);
  } catch {
    // A page in a folder may have no storage.
  }
}

function switchColours() {
  colours(root.dataset["colorScheme"] !== "dark");
}

/** @returns {boolean} whether the slides were dark the last time, or are asked for */
function wasDark() {
  if (new URLSearchParams(location.search).has("dark")) return true;
  try {
    return localStorage.getItem("kommune3:slides") === "dark";
  } catch {
    return false;
  }
}

/** In a story the keys do what the room chose, so that nobody clicks past a choice. @param {KeyboardEvent} event */
function inStory(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || Reveal.isOverview()) return false;
  const slide = Reveal.getCurrentSlide();
  if (!slide || !isPlay(slide)) return false;
  if (event.key === " " && event.shiftKey) backward();
  else if (/^[1-9]$/.test(event.key)) choose(slide, Number(event.key));
  else if (event.key === "e" || event.key === "E") leave();
  else if (BACKWARD.has(event.key)) backward();
  else if (FORWARD.has(event.key)) {
    // A link that has the focus is followed by Enter as any link is.
    if (event.key === "Enter" && document.activeElement instanceof HTMLAnchorElement) return false;
    forward(slide);
  } else return false;
  event.preventDefault();
  return true;
}

/** The buttons' names are reveal.js's own, in English. */
function names() {
  for (const [name, text] of /** @type {const} */ ([["left", "before"], ["up", "before"], ["right", "after"], ["down", "after"]])) {
    document.querySelector(`.navigate-${name}`)?.setAttribute("aria-label", word(text));
  }
}

function shown() {
  const slide = Reveal.getCurrentSlide();
  document.body.classList.toggle("k3-playing", Boolean(slide) && isPlay(slide));
  say("");
  if (slide) show(slide);
}

/** On paper a link leads nowhere: say on which page it goes on. */
function pages() {
  const slides = [...document.querySelectorAll(".slides section[id]")];
  for (const link of document.querySelectorAll(".slides section[id] a[href^='#/']")) {
    if (!(link instanceof HTMLAnchorElement) || link.classList.contains("k3-cite")) continue;
    const at = slides.findIndex((slide) => slide.id === decodeURIComponent(link.hash.slice(2)));
    const place = link.closest(".k3-choices") ? link.lastElementChild : link;
    if (at >= 0) place?.setAttribute("data-page", word("page", { number: at + 1 }));
  }
}

async function begin() {
  colours(wasDark());
  const printing = /print-pdf/i.test(location.search);
  if (printing) root.classList.add("k3-printing");
  pages();
  await document.fonts.load("400 1em Figtree");
  fit();
  addEventListener("keydown", inStory, true);
  await Reveal.initialize({
    width: 1280,
    height: 720,
    margin: 0,
    minScale: 0.1,
    maxScale: 4,
    center: false,
    hash: true,
    help: false,
    jumpToSlide: false,
    transition: "none",
    backgroundTransition: "none",
    autoAnimate: false,
    progress: true,
    controlsTutorial: false,
    scrollActivationWidth: null,
    pdfSeparateFragments: false,
    pdfMaxPagesPerSlide: 1,
    slideNumber: () => [Reveal.getIndices().h + 1, "/", Reveal.getHorizontalSlides().length],
    keyboardCondition: (/** @type {KeyboardEvent} */ event) => !event.defaultPrevented,
    keyboard: { 68: switchColours, 83: openNotes },
  });
  if (printing) return;
  names();
  Reveal.on("slidechanged", shown);
  shown();
}

begin();
