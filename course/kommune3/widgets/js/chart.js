// The indicators along the way: lines told apart by dash, marker and name, never by colour alone; and the same as a table.
import { h, s } from "./dom.js";
import { level } from "./engine.js";
import { fold } from "./fold.js";

/** @import {Scenario, State} from "./types" */
/** @import {Translate} from "./frame.js" */

const DASHES = ["none", "8 5", "2 5", "12 4 2 4", "16 6", "4 3"];
const HEIGHT = 260;
const PAD = { top: 14, bottom: 34, left: 40, right: 18 };
const NAMES = 190; // pixels for the names at the lines' ends
const WIDE = 560; // pixels from which the names fit there
const APART = 19; // pixels between two lines of names
const LETTERS = 18; // that fit beside the chart

/** @param {Translate} t @param {Scenario} scenario @param {State[]} states @param {AbortSignal} signal */
export function chart(t, scenario, states, signal) {
  const drawing = h("div", { class: "k3-plot-drawing" });
  const figure = h(
    "figure",
    { class: "k3-plot" },
    h("figcaption", {}, t("chart_caption")),
    drawing,
    legend(scenario, states),
    fold(t("chart_as_table"), table(t, scenario, states)),
  );
  let drawn = 0;
  const watch = new ResizeObserver(() => {
    const width = Math.floor(drawing.clientWidth);
    if (!width || width === drawn) return;
    drawn = width;
    drawing.replaceChildren(draw(t, scenario, states, width));
  });
  watch.observe(drawing);
  signal.addEventListener("abort", () => watch.disconnect());
  return figure;
}

/** @param {Scenario} scenario @param {State[]} states */
function legend(scenario, states) {
  const last = states.at(-1);
  const items = scenario.indicators.map((each, at) => {
    const value = last?.values[each.id] ?? 0;
    return h("li", {}, sample(at), h("span", {}, `${each.name}: ${each.start} → ${value} (${level(each.levels, value)})`));
  });
  return h("ul", { class: "k3-legend" }, ...items);
}

/** @param {number} at */
function sample(at) {
  return s(
    "svg",
    { class: `k3-sample k3-series-${at}`, viewBox: "0 0 44 16", "aria-hidden": "true" },
    s("path", { class: "k3-line", d: "M2 8H42", "stroke-dasharray": DASHES[at] }),
    marker(at, 22, 8),
  );
}

/** A sign of its own for each line. @param {number} at @param {number} x @param {number} y */
function marker(at, x, y) {
  const shapes = [
    `M${x - 5} ${y}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0`,
    `M${x - 5} ${y - 5}h10v10h-10z`,
    `M${x} ${y - 6}l6 11h-12z`,
    `M${x} ${y - 6}l6 6l-6 6l-6 -6z`,
    `M${x - 6} ${y - 5}h12l-6 11z`,
    `M${x - 2} ${y - 6}h4v4h4v4h-4v4h-4v-4h-4v-4h4z`,
  ];
  return s("path", { class: "k3-marker", d: shapes[at % shapes.length] });
}

/** @param {Translate} t @param {Scenario} scenario @param {State[]} states @param {number} width */
function draw(t, scenario, states, width) {
  const right = width >= WIDE ? NAMES : PAD.right;
  const span = width - PAD.left - right;
  const steps = Math.max(1, states.length - 1);
  const x = (/** @type {number} */ step) => PAD.left + (span * step) / steps;
  const y = (/** @type {number} */ value) => PAD.top + ((100 - value) * (HEIGHT - PAD.top - PAD.bottom)) / 100;
  const lines = scenario.indicators.map((each, at) => {
    const points = states.map((state, step) => ({ x: x(step), y: y(state.values[each.id] ?? 0) }));
    const d = points.map((p, step) => `${step ? "L" : "M"}${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join("");
    return s(
      "g",
      { class: `k3-series-${at}` },
      s("path", { class: "k3-line", d, "stroke-dasharray": DASHES[at % DASHES.length] }),
      ...points.map((p) => marker(at, p.x, p.y)),
    );
  });
  const said = `${t("chart_caption")} ${t("chart_told_below")}`;
  return s(
    "svg",
    { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: "img", "aria-label": said },
    ...grid(width - right, x, y, states.length),
    ...lines,
    ...(right === NAMES ? names(scenario, states, x(steps) + 14, y) : []),
  );
}

/** @param {number} end @param {(step: number) => number} x @param {(value: number) => number} y @param {number} count */
function grid(end, x, y, count) {
  const rules = [0, 50, 100].flatMap((value) => [
    s("path", { class: "k3-grid", d: `M${PAD.left} ${y(value)}H${end}` }),
    s("text", { class: "k3-axis", x: PAD.left - 8, y: y(value) + 5, "text-anchor": "end" }, value),
  ]);
  const ticks = Array.from({ length: count }, (_, step) =>
    s("text", { class: "k3-axis", x: x(step), y: HEIGHT - 8, "text-anchor": "middle" }, step),
  );
  return [...rules, ...ticks];
}

/** The names at the lines' ends, moved apart where lines meet.
 * @param {Scenario} scenario @param {State[]} states @param {number} x @param {(value: number) => number} y */
function names(scenario, states, x, y) {
  const values = states.at(-1)?.values ?? {};
  const at = scenario.indicators
    .map((each, index) => ({ lines: wrapped(each.name), index, y: y(values[each.id] ?? 0) }))
    .sort((a, b) => a.y - b.y);
  const lowest = HEIGHT - PAD.bottom;
  at.forEach((each, i) => {
    const above = at[i - 1];
    each.y = Math.max(each.y, above ? above.y + APART * above.lines.length : PAD.top);
  });
  const lowestName = at.at(-1);
  const over = lowestName ? lowestName.y + APART * (lowestName.lines.length - 1) - lowest : 0;
  if (over > 0) for (const each of at) each.y -= over;
  return at.flatMap((each) =>
    each.lines.map((line, n) => s("text", { class: "k3-name", x, y: each.y + 5 + n * APART }, line)),
  );
}

/** A name in lines that fit beside the chart. @param {string} name */
function wrapped(name) {
  /** @type {string[]} */
  const lines = [];
  for (const word of name.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + word.length < LETTERS) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** @param {Translate} t @param {Scenario} scenario @param {State[]} states */
function table(t, scenario, states) {
  const head = scenario.indicators.map((each) => h("th", { scope: "col" }, each.name));
  const rows = states.map((state, step) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, step ? t("after_choice", { n: step }) : t("at_start")),
      ...scenario.indicators.map((each) => h("td", {}, state.values[each.id] ?? 0)),
    ),
  );
  return h(
    "div",
    { class: "k3-scroll", tabindex: "0", role: "region", "aria-label": t("chart_as_table") },
    h("table", {}, h("caption", {}, t("chart_caption")), h("thead", {}, h("tr", {}, h("td", {}), ...head)), h("tbody", {}, ...rows)),
  );
}
