// How it ended: what happened, three voices that look back, the whole way.
import { cited } from "./cited.js";
import { button, h, heading, paragraphs } from "./dom.js";

/** @import {Ending, Source, Voice} from "./types" */
/** @import {Frame} from "./frame.js" */

/** @param {Frame} frame @param {Ending} ending @param {Record<string, Source>} sources
 * @param {HTMLElement[]} way the path and the chart @param {() => void} again @returns {import("./scenes.js").Scene} */
export function endingScene(frame, ending, sources, way, again) {
  const { t } = frame;
  const head = heading("h4", ending.title, { class: "k3-scene-title" });
  const voices = ending.debrief.map((each) => voice(frame, each, sources));
  return {
    head,
    parts: [
      h("p", { class: "k3-label" }, t("how_it_ended")),
      head,
      h("div", { class: "k3-situation" }, ...paragraphs(ending.text)),
      h("h5", { class: "k3-subtitle" }, t("three_look_back")),
      h("div", { class: "k3-voices" }, ...voices),
      h("h5", { class: "k3-subtitle" }, t("your_way")),
      ...way,
      h("div", { class: "k3-buttons" }, button(t("try_another_way"), again, "k3-primary")),
    ],
  };
}

/** @param {Frame} frame @param {Voice} said @param {Record<string, Source>} sources */
function voice({ t }, said, sources) {
  const who = { citizen: t("citizen"), colleague: t("colleague"), law: t("law") }[said.who];
  const named = said.name.toLowerCase() !== who.toLowerCase();
  return h(
    "figure",
    { class: "k3-voice" },
    h("figcaption", {}, named && h("span", { class: "k3-label" }, who), h("strong", {}, said.name)),
    h("blockquote", {}, ...paragraphs(said.text)),
    said.sources.length > 0 && h("p", { class: "k3-small" }, `${t("source")} `, ...cited(said.sources, sources)),
  );
}
