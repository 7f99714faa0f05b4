// The fields that a reflection is written in: a label, a text area that grows, and what was found about each.
import { h, icon } from "./dom.js";

/** @import {Finding} from "./types" */
/** @import {Frame} from "./frame.js" */

/** @param {Frame} frame @param {{title: string, hint?: string}[]} asked @param {() => void} typed @param {() => void} left */
export function prompts(frame, asked, typed, left) {
  const fields = asked.map(({ title, hint = "" }, at) => field(frame, title, `prompt-${at}`, typed, left, { hint }));
  return {
    parts: fields.map((each) => each.part),
    /** What is written, as it stands on screen. */
    answers: () => fields.map((each) => each.area.value),
    /** Puts a text in; a field that holds it already keeps its cursor. @param {string[]} answers */
    fill(answers) {
      fields.forEach((each, at) => each.fill(answers[at] ?? ""));
    },
    /** Shows what was found at each field; whether anything new is said. @param {Finding[]} findings */
    mark(findings) {
      fields.forEach((each, at) => each.mark(findings.filter((finding) => finding.prompt === at)));
    },
    /** @param {number} at */
    focus: (at) => fields[at]?.area.focus(),
  };
}

/** A text area with its label and, where there is one, a hint.
 * @param {Frame} frame @param {string} title @param {string} name of the field, its own in the widget
 * @param {() => void} typed @param {() => void} left @param {{rows?: number, hint?: string}} [more] */
export function field(frame, title, name, typed, left, { rows = 4, hint = "" } = {}) {
  const id = frame.id(name);
  const help = h("p", { class: "k3-small", id: `${id}-help` }, hint);
  const said = h("div", { class: "k3-findings", id: `${id}-said` });
  const area = h("textarea", { id, class: "k3-area", rows, spellcheck: "true", oninput, onblur: left });
  if (hint) area.setAttribute("aria-describedby", help.id);
  // JupyterLab takes the Enter key from every text field inside a cell: it shall not hear of it
  area.addEventListener("beforeinput", (event) => event.stopImmediatePropagation(), true);
  const copy = h("div", { class: "k3-area k3-area-copy", "aria-hidden": "true" }); // as tall as the text is
  function grow() {
    copy.textContent = `${area.value}\n`;
  }
  function oninput() {
    grow();
    typed();
  }
  return {
    part: h("div", { class: "k3-prompt" }, h("label", { for: id, class: "k3-question" }, title), hint && help, h("div", { class: "k3-grow" }, area, copy), said),
    area,
    /** @param {string} text */
    fill(text) {
      if (area.value !== text) area.value = text;
      grow();
    },
    /** @param {Finding[]} findings */
    mark(findings) {
      said.replaceChildren(...findings.map(finding));
      const told = [hint && help.id, findings.length && said.id].filter(Boolean).join(" ");
      if (told) area.setAttribute("aria-describedby", told);
      else area.removeAttribute("aria-describedby");
      area.toggleAttribute("aria-invalid", false);
      if (findings.some((each) => each.code !== "name")) area.setAttribute("aria-invalid", "true");
    },
  };
}

/** @param {Finding} found */
export function finding(found) {
  return h("p", { class: found.code === "name" ? "k3-caution" : "k3-error" }, icon("note"), h("span", {}, found.text));
}
