// Something to unfold.
import { h } from "./dom.js";

/** @param {string} summary @param {...Node} parts */
export function fold(summary, ...parts) {
  return h("details", { class: "k3-details" }, h("summary", {}, summary), ...parts);
}
