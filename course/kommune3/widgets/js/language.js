// The language check: a letter is written or pasted here, looked at, and forgotten.
import { confirm } from "./confirm.js";
import { holdsCpr } from "./cpr.js";
import { button, h, paragraphs } from "./dom.js";
import { frame as makeFrame, translator } from "./frame.js";
import { Refusal, asker, kernelAsker } from "./http.js";
import { marked } from "./marked.js";
import { looked } from "./looked_for.js";
import { field } from "./prompts.js";

/** @import {CheckedLetter, Language, Model, RenderContext} from "./types" */

/** Asks the service or, without one, the kernel. @param {Model} model @param {AbortSignal} signal
 * @returns {(text: string) => Promise<CheckedLetter>} */
function checker(model, signal) {
  const address = `${model.get("api")}/language/${encodeURIComponent(model.get("activity"))}`;
  if (!model.get("api")) return (text) => kernelAsker(model, signal)({ ask: "language", text });
  return (text) => asker(signal)(address, { method: "POST", json: { text } });
}

/** @param {RenderContext} context */
function render(context) {
  const { model } = context;
  /** @type {Language} */
  const language = model.get("content");
  const most = Number(model.get("lengths")[0] ?? Infinity);
  const t = translator(model);
  const frame = makeFrame(context, "language", t("language_check"));
  const ask = checker(model, frame.signal);
  const hint = `${t("letter_hint")} ${t("not_kept")}`;
  const letter = field(frame, t("your_letter"), "letter", edited, () => undefined, { rows: 8, hint });
  const told = h("p", { class: "k3-told", hidden: true });
  const result = h("div", { class: "k3-found" });
  const bar = h("div", { class: "k3-buttons" });
  const go = button(t("check_letter"), () => void check(), "k3-primary");
  const example = button(t("try_example"), offer);
  let busy = false;
  let checked = ""; // the text that the result is about

  letter.area.setAttribute("autocomplete", "off"); // no browser keeps it for the next one at this machine

  function buttons() {
    bar.replaceChildren(go, example);
  }

  /** @param {string} text */
  function tell(text) {
    told.textContent = text;
    told.hidden = !text;
    if (text) frame.say(text);
  }

  function edited() {
    letter.mark([]);
    if (!result.hasChildNodes()) return tell("");
    told.textContent = letter.area.value === checked ? "" : t("changed_letter");
    told.hidden = !told.textContent;
    return undefined;
  }

  /** @param {string} text */
  function refuse(text) {
    letter.mark([{ code: "letter", prompt: 0, text, stops: true }]);
    tell("");
    frame.say(text);
    letter.area.focus();
  }

  /** @param {string} text why it is not sent at all, "" where it is */
  function unfit(text) {
    if (!text.trim()) return t("nothing_written");
    if ([...text].length > most) return t("letter_too_long", { most });
    return holdsCpr(text) ? t("looks_like_cpr") : "";
  }

  async function check() {
    if (busy) return;
    const text = letter.area.value.replace(/\p{Cs}/gu, "\ufffd"); // half a sign cannot be sent
    result.replaceChildren();
    letter.mark([]);
    const why = unfit(text);
    if (why) return refuse(why);
    wait(true);
    tell(t("checking"));
    try {
      show(text, await ask(text));
    } catch (error) {
      if (frame.signal.aborted) return;
      const said = error instanceof Refusal && error.status < 500 ? error : null;
      if (said && (said.status === 422 || said.status === 413)) refuse(said.message);
      else if (said?.status === 401) tell(t("signed_out"));
      else tell(said ? said.message : model.get("api") ? t("not_checked") : t("kernel_silent"));
    } finally {
      wait(false);
    }
  }

  /** @param {boolean} on whether a check is under way */
  function wait(on) {
    busy = on;
    go.setAttribute("aria-disabled", String(on)); // keeps focus, unlike disabled
  }

  /** @param {string} text @param {CheckedLetter} found */
  function show(text, found) {
    checked = text;
    tell("");
    const view = marked(frame, model.get("sources"), text, found);
    result.replaceChildren(view.part);
    view.focus();
    if (letter.area.value !== text) edited(); // gone on writing meanwhile
  }

  /** The example, after a question where it would take the place of the learner's own text. */
  function offer() {
    const here = letter.area.value;
    if (!here.trim() || here === language.letter || here === checked) return put();
    const words = { question: t("replace_question"), yes: t("yes_replace"), no: t("no_keep_mine") };
    return confirm(bar, words, put, () => (buttons(), example.focus()));
  }

  function put() {
    buttons();
    result.replaceChildren();
    letter.fill(language.letter);
    letter.mark([]);
    tell("");
    letter.area.focus();
  }

  buttons();
  frame.body.replaceChildren(...paragraphs(language.intro), letter.part, bar, told, result, looked(frame, language, model.get("sources")));
  return frame.close;
}

export default { render };
