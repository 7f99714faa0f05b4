// The tick by which a private text is shared with the trainer; never ticked beforehand.
import { h } from "./dom.js";

/** @import {Standing} from "./types" */
/** @import {Frame} from "./frame.js" */

/** @param {Frame} frame */
export function sharing(frame) {
  const hint = h("p", { class: "k3-small", id: frame.id("share-hint") }, frame.t("share_hint"));
  const input = h("input", { type: "checkbox", "aria-describedby": hint.id });
  const label = h("label", { class: "k3-option" }, input, h("span", {}, frame.t("share_it")));
  const part = h("div", { class: "k3-share", hidden: true }, label, hint);
  return {
    part,
    on: () => !part.hidden && input.checked,
    /** Whether there is anything to choose. @param {Standing} standing */
    show(standing) {
      part.hidden = !standing.private;
    },
  };
}
