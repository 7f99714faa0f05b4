// Which way did I go, and what else was there.
import { h } from "./dom.js";
import { nodeOf, openChoices } from "./engine.js";

/** @import {Scenario, State} from "./types" */
/** @import {Translate} from "./frame.js" */

/** An ordered list: each situation, what was chosen, what else was open.
 * @param {Translate} t @param {Scenario} scenario @param {State[]} states */
export function pathList(t, scenario, states) {
  const steps = states.slice(0, -1).map((state, at) => {
    const taken = states[at + 1]?.path.at(-1);
    const open = openChoices(scenario, state);
    const others = open.filter((choice) => choice.id !== taken);
    return h(
      "li",
      {},
      h("p", { class: "k3-small" }, nodeOf(scenario, state)?.text ?? ""),
      h("p", {}, h("span", { class: "k3-small" }, t("you_chose")), " ", h("strong", {}, open.find((c) => c.id === taken)?.text ?? "")),
      others.length > 0 && h("p", { class: "k3-small" }, t("also_possible")),
      others.length > 0 && h("ul", { class: "k3-others" }, ...others.map((each) => h("li", {}, each.text))),
    );
  });
  return h("ol", { class: "k3-path" }, ...steps);
}
