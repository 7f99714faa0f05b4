// Two texts where only one can go on: the learner sees both and chooses; keeping both loses nothing.
import { button, h, heading } from "./dom.js";
import { same } from "./text_draft.js";

/** @import {Frame} from "./frame.js" */

/** @param {Frame} frame @param {(answers: string[]) => Node} text what a text looks like @param {string[]} here
 * @param {string[]} there @param {(answers: string[]) => void} keep @param {typeof together} [join] */
export function both(frame, text, here, there, keep, join = together) {
  const { t } = frame;
  const head = heading("h4", t("which_to_keep"), { class: "k3-scene-title" });
  /** @param {string} title @param {string[]} answers @param {string} label */
  const side = (title, answers, label) =>
    h(
      "div",
      { class: "k3-side" },
      h("h5", { class: "k3-subtitle" }, title),
      text(answers),
      h("div", { class: "k3-buttons" }, button(label, () => keep(answers))),
    );
  const joined = h("div", { class: "k3-buttons" }, button(t("keep_both"), () => keep(join(here, there))));
  const part = h(
    "div",
    { class: "k3-both" },
    head,
    h("div", { class: "k3-sides" }, side(t("text_here"), here, t("keep_here")), side(t("text_there"), there, t("keep_there"))),
    joined,
  );
  return { part, focus: () => head.focus() };
}

/** Both answers to each prompt, one after the other; the same one once. @param {string[]} here @param {string[]} there */
export function together(here, there) {
  return here.map((mine, at) => {
    const other = there[at] ?? "";
    if (same([mine], [other]) || !other.trim()) return mine;
    return mine.trim() ? `${mine.trim()}\n\n${other}` : other;
  });
}
