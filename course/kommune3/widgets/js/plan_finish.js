// Finishing a plan: stored first; then the service looks at what it has, and records only that it is finished.
import { Refusal, asker, kernelAsker } from "./http.js";
import { addressOf } from "./text_api.js";

/** @import {Model, PlanStanding, SaveState} from "./types" */
/** @import {Frame} from "./frame.js" */
/** @import {PlanForm} from "./plan_form.js" */

/** @typedef {object} Outlet
 * @property {() => Promise<"" | "choose" | "trouble">} stored
 * @property {(next: PlanStanding) => void} finished
 * @property {() => void} closed
 * @property {(state: SaveState, kept: boolean) => void} status */

/** @param {Model} model @param {Frame} frame @param {PlanForm} form @param {Outlet} outlet
 * @returns {() => Promise<void>} */
export function finishing(model, frame, form, outlet) {
  const { t } = frame;
  const durable = Boolean(model.get("api"));
  const address = `${addressOf(model, "plans")}/finished`;

  async function store() {
    const kept = await outlet.stored();
    if (kept) return form.tell(kept === "choose" ? t("finish_choose_first") : t("finish_not_saved"));
    form.tell(t("finishing"));
    const next = await asker(frame.signal)(address, { method: "POST", json: { version: model.get("version") } });
    form.tell("");
    outlet.finished(next);
    return form.celebrate();
  }

  async function look() {
    const { findings } = await kernelAsker(model, frame.signal)({ ask: "plan", answers: form.answers() });
    form.refuse(findings);
    if (!findings.length) form.tell(t("nothing_left"));
  }

  /** @param {unknown} error */
  function refused(error) {
    form.tell("");
    if (!(error instanceof Refusal) || error.status >= 500) return form.tell(durable ? t("finish_not_saved") : t("kernel_silent"));
    const kind = error.type.split(":").at(-1);
    if (kind === "not-ready") return form.refuse(error.problem["findings"]);
    if (kind === "version-changed" || error.status === 404) return outlet.closed();
    if (error.status === 401) outlet.status("signed-out", true);
    return form.tell(error.message || t("finish_not_saved"));
  }

  return async () => {
    form.wait(true);
    form.refuse([]);
    try {
      const [number] = form.numbers();
      if (number) form.refuse(form.numbers());
      else await (durable ? store() : look());
    } catch (error) {
      if (!frame.signal.aborted) refused(error);
    } finally {
      form.wait(false);
    }
  };
}
