/**
 * Says in nbgrader's dialog what came of its check, in the course's language; nbgrader's own log is folded below. Our server
 * puts the sentences into its answer (formgrader_checks.py); where none comes, the words are those of the script's tag.
 */

/** @typedef {{responseText: string}} Answer */
/** @typedef {(event: unknown, answer: Answer, asked: {url: string}) => void} Heard */
/** @typedef {{ajaxError: (heard: Heard) => void, ajaxSuccess: (heard: Heard) => void}} Requests */

{
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { away = "", details = "" } = own.dataset;
  const requests = /** @type {{jQuery: (of: Document) => Requests}} */ (/** @type {unknown} */ (window)).jQuery(document);

  /** @param {string[]} told */
  function tell(told) {
    const body = [...document.querySelectorAll(".modal-body")].at(-1);
    const words = Object.assign(document.createElement("p"), { textContent: told.join(" ") });
    const panels = [...(body?.querySelectorAll(".panel") ?? [])];
    if (!body || !told.length) return;
    if (panels[0]) panels[0].before(words);
    else body.append(words);
    fold(panels);
  }

  /** @param {Element[]} panels */
  function fold(panels) {
    const folded = document.createElement("details");
    const summary = Object.assign(document.createElement("summary"), { textContent: details });
    panels[0]?.before(folded);
    folded.append(summary, ...panels);
  }

  /** @param {{url: string}} asked */
  const checks = ({ url }) => url.endsWith("/autograde");

  requests.ajaxSuccess((_event, { responseText }, asked) => {
    if (checks(asked)) tell(JSON.parse(responseText).told);
  });
  requests.ajaxError((_event, _answer, asked) => {
    if (checks(asked)) tell([away]);
  });
}
