// A story on slides: which way the room went, which choices are open to it, and how it stands.

import { holds, level, replay } from "../../widgets/js/engine.js";
import { say, word } from "./words.js";

/** @import {Scenario, State} from "../../widgets/js/types" */

/** @typedef {{ scenario: Scenario, path: string[] | null }} Story  no path: somebody came by another way */

/** @type {Map<string, Story>} */
const stories = new Map();
/** @type {string[]} the ids of the slides that the room came by, within a story */
let trail = [];

/** Whether the slide belongs to a story. @param {Element} slide */
export function isPlay(slide) {
  return slide instanceof HTMLElement && "play" in slide.dataset;
}

/** @param {Element} slide @returns {Story | null} */
function storyOf(slide) {
  const place = slide.closest(".k3-story");
  if (!(place instanceof HTMLElement)) return null;
  const name = place.dataset["activity"] ?? "";
  if (!stories.has(name)) {
    const content = place.querySelector('script[type="application/json"]')?.textContent ?? "{}";
    stories.set(name, { scenario: JSON.parse(content), path: null });
  }
  return stories.get(name) ?? null;
}

/** The slide is on the screen: work out where the room stands, and show what is open. @param {HTMLElement} slide */
export function show(slide) {
  if (!isPlay(slide)) {
    trail = [];
    return;
  }
  if (trail.at(-1) !== slide.id) trail.push(slide.id);
  const story = storyOf(slide);
  if (!story) return;
  story.path = pathTo(story, slide);
  const states = story.path === null ? null : replay(story.scenario, story.path);
  if (slide.dataset["play"] === "situation") openChoices(story.scenario, slide, states?.at(-1) ?? null);
  else standing(story.scenario, slide, states?.at(-1) ?? null);
}

/** The choices that led to the slide; null where they are not known. @param {Story} story @param {HTMLElement} slide */
function pathTo({ scenario, path }, slide) {
  const { play, node = "", choice } = slide.dataset;
  if (play === "begin") return [];
  const known = path ?? (node === scenario.nodes[0]?.id ? [] : null);
  if (known === null) return null;
  const at = replay(scenario, known).findIndex((state) => state.node === node);
  if (at < 0) return null;
  const before = known.slice(0, at);
  if (play !== "consequence" || choice === undefined) return before;
  const state = replay(scenario, before).at(-1);
  const wanted = scenario.nodes.find((each) => each.id === node)?.choices.find((each) => each.id === choice);
  return state && wanted && holds(wanted.when, state) ? [...before, choice] : null;
}

/** Show the open choices alone, numbered anew; all where it is not known which are. @param {Scenario} scenario
 * @param {HTMLElement} slide @param {State | null} state */
function openChoices(scenario, slide, state) {
  const node = scenario.nodes.find((each) => each.id === slide.dataset["node"]);
  let number = 0;
  for (const item of slide.querySelectorAll("li[data-choice]")) {
    if (!(item instanceof HTMLElement)) continue;
    const choice = node?.choices.find((each) => each.id === item.dataset["choice"]);
    const open = !state || !choice || holds(choice.when, state);
    item.hidden = !open;
    const letter = item.querySelector(".k3-letter");
    if (open && letter) letter.textContent = String(++number);
    const needs = item.querySelector(".k3-needs");
    if (needs instanceof HTMLElement) needs.hidden = Boolean(state);
  }
}

/** Show all that a story's slides may come to hold, the longest words everywhere; call what it returns to empty them.
 * @returns {() => void} */
export function fullest() {
  const filled = [...document.querySelectorAll(".k3-story [data-indicator] .k3-now")];
  for (const place of filled) {
    const item = place.closest("[data-indicator]");
    const indicator = storyOf(place)?.scenario.indicators.find((each) => each.id === item?.getAttribute("data-indicator"));
    const longest = indicator?.levels.reduce((one, other) => (other.length > one.length ? other : one)) ?? "";
    place.textContent = word("now", { value: 100, level: longest });
  }
  const lists = [...document.querySelectorAll(".k3-standing")];
  for (const list of lists) list.removeAttribute("hidden");
  return () => {
    for (const place of filled) place.textContent = "";
    for (const list of lists) list.setAttribute("hidden", "");
  };
}

/** How the room stands now, beside what the choice did. @param {Scenario} scenario @param {HTMLElement} slide
 * @param {State | null} state */
function standing(scenario, slide, state) {
  for (const item of slide.querySelectorAll("[data-indicator]")) {
    const indicator = scenario.indicators.find((each) => each.id === item.getAttribute("data-indicator"));
    const place = item.querySelector(".k3-now");
    if (!indicator || !place) continue;
    const value = state?.values[indicator.id];
    const told = value === undefined ? "" : word("now", { value, level: level(indicator.levels, value) });
    place.textContent = told;
  }
  const list = slide.querySelector(".k3-standing");
  if (list instanceof HTMLElement) list.hidden = !state;
}

/** @param {HTMLElement} slide */
const openLinks = (slide) =>
  [...slide.querySelectorAll(".k3-choices li")].flatMap((item) =>
    item instanceof HTMLElement && !item.hidden ? [item.querySelector("a")] : [],
  );

/** Go where a choice leads, by its number. @param {HTMLElement} slide @param {number} number */
export function choose(slide, number) {
  const link = openLinks(slide)[number - 1];
  if (link) follow(link);
  else hint(slide);
}

/** Go on, where there is one way to go; say what is awaited where the room must choose. @param {HTMLElement} slide */
export function forward(slide) {
  if (Reveal.nextFragment()) return;
  const link = slide.querySelector("a.k3-on");
  if (slide.dataset["play"] === "last") leave();
  else if (link instanceof HTMLAnchorElement) follow(link);
  else hint(slide);
}

/** Back the way the room came; out of the story where it began. */
export function backward() {
  if (Reveal.prevFragment()) return;
  trail.pop();
  const id = trail.at(-1);
  const before = id === undefined ? null : document.getElementById(id);
  if (before) go(before);
  else Reveal.slide(Math.max(0, Reveal.getIndices().h - 1));
}

/** Out of the story, on with the module. */
export function leave() {
  const { h } = Reveal.getIndices();
  if (h + 1 < Reveal.getHorizontalSlides().length) Reveal.slide(h + 1, 0);
  else say(word("end"));
}

/** @param {HTMLElement} slide */
function hint(slide) {
  const numbers = openLinks(slide).map((_link, at) => at + 1);
  if (numbers.length) say(word("choose", { numbers: numbers.join(", ") }));
}

/** @param {HTMLAnchorElement} link */
function follow(link) {
  const slide = document.getElementById(decodeURIComponent(link.hash.slice(2)));
  if (slide) go(slide);
}

/** @param {HTMLElement} slide */
function go(slide) {
  const { h, v } = Reveal.getIndices(slide);
  Reveal.slide(h, v);
}
