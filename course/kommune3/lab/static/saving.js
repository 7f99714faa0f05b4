/**
 * Says so where formgrader could not save: nbgrader's own page shows nothing, and marks would be lost unseen.
 * Who does not see the tick that it shows where it could is told, too, and so is everybody whose points it has changed to the
 * most or the fewest that can be given. The words come with the script's tag, in the course's language. All stands in one block: what scripts of a
 * page name at their top is one room.
 */

/** @typedef {(event: unknown, answer: {status: number}, asked: {type: string}) => void} Heard */
/** @typedef {{ajaxError: (heard: Heard) => void, ajaxSuccess: (heard: Heard) => void}} Requests */

{
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { gone = "", trouble = "", reload = "", saved = "", most = "", least = "" } = own.dataset;
  const requests = /** @type {{jQuery: (of: Document) => Requests}} */ (/** @type {unknown} */ (window)).jQuery(document);

  const words = document.createElement("p");
  const again = document.createElement("button");
  const notice = document.createElement("div");
  again.type = "button";
  again.className = "tabbable"; // nbgrader's Tab key goes to these alone
  again.textContent = reload;
  again.addEventListener("click", () => location.reload());
  notice.className = "k3-not-saved";
  notice.append(words, again);
  const status = document.createElement("div");
  status.className = "sr-only";
  status.setAttribute("role", "status");
  addEventListener("DOMContentLoaded", () => document.body.append(status));

  let written = ""; // in the field that is changing, before nbgrader has looked at it
  let limit = "";

  /** @param {Event} event */
  function field({ target }) {
    return target instanceof HTMLInputElement && target.matches(".score, .extra-credit") ? target : null;
  }

  /**
   * Say beside the field that nbgrader has put other points into it.
   * @param {HTMLInputElement} points
   */
  function limited(points) {
    const { value } = points;
    const place = points.closest(".panel-heading");
    place?.querySelector(".k3-limited")?.remove();
    limit = "";
    if (written === "" || Number(written) === Number(value)) return;
    limit = (Number(written) < Number(value) ? least : most).replaceAll("{written}", written).replaceAll("{now}", value);
    place?.append(Object.assign(document.createElement("p"), { className: "k3-limited", textContent: limit }));
    status.replaceChildren(Object.assign(document.createElement("p"), { textContent: limit }));
  }

  addEventListener("change", (event) => { written = field(event)?.value ?? ""; }, true);
  addEventListener("change", (event) => {
    const points = field(event);
    if (points) limited(points);
  });

  /** @param {string} text */
  function tell(text) {
    words.textContent = text;
    notice.setAttribute("role", "alert");
    document.body.append(notice); // last, so that nbgrader's count of fields stays
  }

  requests.ajaxError((_event, { status }, { type }) => {
    if (type !== "GET") tell(status === 404 || status === 403 ? gone : trouble);
  });
  requests.ajaxSuccess((_event, _answer, { type }) => {
    const told = { textContent: `${limit} ${saved}`.trim() };
    if (type === "PUT") status.replaceChildren(Object.assign(document.createElement("p"), told));
    if (type !== "GET" && words.textContent === trouble) notice.remove();
  });
}
