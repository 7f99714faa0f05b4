// Sending a reflection: stored first, looked through for names, then handed in once, whatever the network does.
import { uuid } from "./dom.js";
import { Refusal } from "./http.js";

/** @import {Finding, SaveState, Standing} from "./types" */
/** @import {Frame} from "./frame.js" */
/** @import {Reflections} from "./reflection_api.js" */
/** @import {Saver} from "./saver.js" */
/** @import {Writing} from "./writing.js" */

/** What sending asks of its widget.
 * @typedef {object} Outlet
 * @property {() => Standing} standing
 * @property {() => Promise<"" | "choose" | "trouble">} stored
 * @property {(next: Standing, answers: string[]) => void} sent
 * @property {(why: "changed" | "marked") => void} closed
 * @property {(state: SaveState, kept: boolean) => void} status */

/** @param {Frame} frame @param {Reflections} line @param {Saver<Standing>} saver @param {Writing} form @param {Outlet} outlet */
export function sending({ t }, line, saver, form, outlet) {
  let key = ""; // of the submission that is being tried
  let tried = "";
  let sure = ""; // the text that is sent although it may name somebody

  /** @param {string[]} answers @param {boolean} share */
  async function send(answers, share) {
    form.wait(true);
    form.refuse([]);
    try {
      if (form.numbers().length) form.refuse(form.numbers());
      else if (line.durable) await hand(answers, share);
      else await check(answers);
    } catch (error) {
      refused(error);
    } finally {
      form.wait(false);
    }
  }

  /** @param {string[]} answers @param {boolean} share */
  async function hand(answers, share) {
    const kept = await outlet.stored();
    if (kept) return form.tell(kept === "choose" ? t("choose_first") : t("not_sent"));
    const { warnings } = outlet.standing();
    if (warnings?.length && sure !== JSON.stringify(answers)) {
      form.warn(warnings);
      return form.doubt(() => {
        sure = JSON.stringify(answers);
        void send(answers, share);
      });
    }
    form.tell(t("sending_text"));
    const text = JSON.stringify([answers, share]);
    if (text !== tried) [key, tried] = [uuid(), text]; // the same text again keeps its key
    const next = await line.submit({ key, answers, share, revision: saver.revision });
    [key, tried] = ["", ""];
    form.tell("");
    return outlet.sent(next, answers);
  }

  /** What the kernel says where no service stores the text. @param {string[]} answers */
  async function check(answers) {
    const { findings } = await line.check(answers);
    form.refuse(findings);
    if (!findings.some((each) => each.stops)) form.tell(t("form_is_there"));
  }

  /** @param {unknown} error */
  function refused(error) {
    form.tell("");
    if (!(error instanceof Refusal) || error.status >= 500) return form.tell(line.durable ? t("not_sent") : t("kernel_silent"));
    const kind = error.type.split(":").at(-1);
    if (kind === "not-ready") return form.refuse(all(error.problem["findings"]));
    if (kind === "already-marked") return outlet.closed("marked");
    if (kind === "version-changed" || error.status === 404) return outlet.closed("changed");
    if (error.status === 401) outlet.status("signed-out", true);
    [key, tried] = ["", ""];
    return form.tell(error.message || t("not_sent"));
  }

  return { send };
}

/** @param {Finding[] | {findings: Finding[]}} found @returns {Finding[]} */
function all(found) {
  return Array.isArray(found) ? found : found.findings;
}
