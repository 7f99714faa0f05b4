/**
 * What formgrader's lists lack: the table widget's words, a named region where a list is wider than the page,
 * names for what is only a sign, and the eye by keyboard. The words come with the script's tag.
 */

/** @typedef {{fn: {dataTable: {defaults: object}}, extend: (deep: true, into: object, more: object) => void}} Widgets */

{
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { search, nothing, empty, up, down, show, hide, yes, check } = own.dataset;
  const { jQuery } = /** @type {{jQuery: Widgets}} */ (/** @type {unknown} */ (window));
  const language = { search, zeroRecords: nothing, emptyTable: empty };
  const aria = { sortAscending: `: ${up}`, sortDescending: `: ${down}` };
  jQuery.extend(true, jQuery.fn.dataTable.defaults, {
    autoWidth: false, // it would write the first window's width into the page
    dom: "f<'k3-wide't>",
    language: { ...language, aria },
  });

  /** @param {Element} row @param {string | undefined} what */
  const about = (row, what) => `${what}: ${row.querySelector(".student-name, .name a")?.textContent ?? ""}`;

  /** @param {Element} row */
  function named(row) {
    for (const eye of row.querySelectorAll(".glyphicon:is(.name-hidden, .name-shown)")) {
      eye.removeAttribute("aria-hidden");
      eye.setAttribute("role", "button");
      eye.setAttribute("tabindex", "0");
      eye.setAttribute("aria-label", about(row, eye.matches(".name-hidden") ? show : hide));
    }
    for (const sign of row.querySelectorAll(".glyphicon:is(.glyphicon-ok, .glyphicon-flag)")) {
      sign.setAttribute("role", "img");
      sign.setAttribute("aria-label", yes ?? "");
    }
    row.querySelector(".autograde a")?.setAttribute("aria-label", about(row, check));
  }

  /** @param {HTMLElement} body */
  function look(body) {
    for (const row of body.querySelectorAll("tr")) named(row);
    const wide = body.closest(".k3-wide");
    wide?.setAttribute("role", "region");
    wide?.setAttribute("tabindex", "0");
    wide?.setAttribute("aria-label", document.querySelector("h1")?.textContent?.trim() ?? "");
  }

  addEventListener("DOMContentLoaded", () => {
    const body = document.getElementById("main-table");
    const main = document.querySelector("main");
    if (body && main) new MutationObserver(() => look(body)).observe(main, { childList: true, subtree: true });
  });
}
