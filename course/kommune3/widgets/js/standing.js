// Where a reflection stands, in words.
import { h } from "./dom.js";

/** @import {Standing} from "./types" */
/** @import {Translate} from "./frame.js" */

/** A reflection of which nothing is known yet. @param {number} count prompts @returns {Standing} */
export function unknown(count) {
  const answers = Array.from({ length: count }, () => "");
  return {
    version: "", status: "none", answers, written: "", revision: 0, saved_at: null, sent: null, submitted_at: null,
    shared: false, private: false, late: false, passed: false, findings: [], warnings: [], feedback: null,
    completed: [], trainer_names: [],
  };
}

/** Whether the trainer has read it, so that it can no longer be changed. @param {Standing} standing */
export const marked = ({ status }) => status === "read" || status === "done" || status === "talk";

/** @param {Translate} t @param {Standing} standing */
function words(t, { status, passed }) {
  if (status === "sent" && !passed) return t("is_incomplete");
  return { none: "", draft: t("is_draft"), sent: t("is_sent"), read: t("is_read"), done: t("is_done"), talk: t("is_talk") }[status];
}

/** The word beside the title. @param {Translate} t */
export function badge(t) {
  const place = h("p", { class: "k3-badge", hidden: true });
  return {
    place,
    /** @param {Standing} standing */
    show(standing) {
      place.textContent = words(t, standing);
      place.hidden = !place.textContent;
      place.dataset["status"] = standing.status;
    },
  };
}
