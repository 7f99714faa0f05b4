// Building elements. Text goes in as text nodes only, so content can never become markup.

/** @typedef {string | number | boolean | null | undefined | ((event: any) => void)} Prop */
/** @typedef {Node | string | number | null | undefined | false} Child */

/** An element. Props that start with `on` are listeners; null, undefined and false are left out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Record<string, Prop>} [props] @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]} */
export function h(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** The same for SVG. @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag @param {Record<string, Prop>} [props] @param {...Child} children
 * @returns {SVGElementTagNameMap[Tag]} */
export function s(tag, props = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), props, children);
}

/** @template {Element} E @param {E} element @param {Record<string, Prop>} props @param {Child[]} children */
function fill(element, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value != null && value !== false) element.setAttribute(name, String(value));
  }
  for (const child of children) {
    if (child != null && child !== false) element.append(typeof child === "number" ? String(child) : child);
  }
  return element;
}

/** A heading that focus can be moved to. @param {"h3" | "h4" | "h5" | "h6"} tag @param {string} text @param {Record<string, Prop>} [props] */
export function heading(tag, text, props = {}) {
  return h(tag, { tabindex: "-1", ...props }, text);
}

/** A button. The second click of a double click is not taken: it would hit whatever came in its place.
 * @param {string} text @param {() => void} press @param {string} [look] */
export function button(text, press, look = "") {
  return pressed(text, press, look, () => false);
}

/** A button for many presses in a row: clicks in quick succession count where they began on it.
 * @param {string} text @param {() => void} press @param {string} [look] */
export function stepper(text, press, look = "") {
  return pressed(text, press, look, () => begun === text);
}

let begun = ""; // the button that the first of several quick clicks was on

/** A button that is there already. @param {HTMLElement} element @param {() => void} press */
export function revived(element, press) {
  element.addEventListener("click", taking(element.textContent ?? "", press, () => false));
}

/** @param {string} text @param {() => void} press @param {string} look @param {() => boolean} again */
function pressed(text, press, look, again) {
  const onclick = taking(text, press, again);
  return h("button", { type: "button", class: `k3-button ${look}`.trim(), onclick }, text);
}

/** @param {string} text @param {() => void} press @param {() => boolean} again
 * @returns {(event: MouseEvent) => void} */
function taking(text, press, again) {
  return (event) => {
    if (event.detail > 1 && !again()) return; // from the keyboard it is 0
    if (event.detail < 2) begun = text;
    press();
  };
}

/** A radio button in a label that is easy to hit. @param {string} name @param {string} value @param {string} text */
export function radio(name, value, text) {
  const input = h("input", { type: "radio", name, value });
  return { input, label: h("label", { class: "k3-option" }, input, h("span", {}, text)) };
}

/** Paragraphs of a text: a blank line starts a new one. @param {string} text @param {string} [look] */
export function paragraphs(text, look) {
  return text.split(/\n\s*\n/).map((part) => h("p", { class: look }, part.trim()));
}

/** A heading or name before what is said about it: a colon, unless it ends in a sign of its own. @param {string} title */
export function named(title) {
  return /[.:!?…]$/.test(title) ? title : `${title}:`;
}

const ICONS = {
  yes: "M4 10.5l4 4 8-9",
  no: "M5 5l10 10M15 5L5 15",
  up: "M10 16V4M5 9l5-5 5 5",
  down: "M10 4v12M5 11l5 5 5-5",
  note: "M10 5v6M10 14.5v.5",
};

/** A drawn sign beside words that say the same, so it is hidden from screen readers.
 * @param {keyof typeof ICONS} name */
export function icon(name) {
  const path = s("path", { d: ICONS[name], fill: "none", stroke: "currentColor", "stroke-width": 2.5 });
  return s("svg", { class: "k3-icon", viewBox: "0 0 20 20", "aria-hidden": "true" }, path);
}

/** Random hex digits. @param {number} bytes */
export function hex(bytes) {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A random (version 4) UUID; `crypto.randomUUID` is missing on plain http. */
export function uuid() {
  const d = hex(16);
  return `${d.slice(0, 8)}-${d.slice(8, 12)}-4${d.slice(13, 16)}-a${d.slice(17, 20)}-${d.slice(20)}`;
}
