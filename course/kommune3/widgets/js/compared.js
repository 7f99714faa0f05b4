// Two maps that need not be alike: what the authors thought of each person, and both maps as a table.
import { h, paragraphs } from "./dom.js";

/** @import {CitizenMap, Result} from "./types" */
/** @import {Translate} from "./frame.js" */

/** @param {CitizenMap} map @param {string | null} id */
function arena(map, id) {
  return map.arenas.find((each) => each.id === id)?.name ?? "";
}

/** @param {CitizenMap} map @param {Result} said */
function who(map, said) {
  return map.people.find((each) => each.id === said.id);
}

/** Where the authors put each person, and why; alike or not is told in the same voice.
 * @param {Translate} t @param {CitizenMap} map @param {Result[]} results */
export function reasons(t, map, results) {
  const all = results.map((said) => {
    const same = said.ours === said.choice ? t("placed_alike") : t("placed_apart", { place: arena(map, said.ours) });
    const one = who(map, said);
    return h(
      "li",
      { class: "k3-bid" },
      h("p", {}, h("strong", {}, one?.name ?? "")),
      h("p", { class: "k3-small" }, one?.text ?? ""),
      h("p", { class: "k3-ours" }, same),
      ...paragraphs(said.feedback),
    );
  });
  return h("ul", { class: "k3-bids" }, ...all);
}

/** Both maps as a table. @param {Translate} t @param {CitizenMap} map @param {Result[]} results */
export function table(t, map, results) {
  const rows = results.map((said) =>
    h("tr", {}, h("th", { scope: "row" }, who(map, said)?.name ?? ""), h("td", {}, arena(map, said.choice)), h("td", {}, arena(map, said.ours))),
  );
  const head = [t("person"), t("your_map"), t("our_map")].map((name) => h("th", { scope: "col" }, name));
  return h(
    "div",
    { class: "k3-scroll", tabindex: "0", role: "region", "aria-label": t("maps_as_table") },
    h("table", {}, h("caption", {}, map.title), h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows)),
  );
}
