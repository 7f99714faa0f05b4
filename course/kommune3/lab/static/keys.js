/**
 * Formgrader by keyboard. nbgrader takes the Tab key for its own fields, all around the page, and Enter for the
 * last of them: its links and buttons could not be reached, and JupyterLab's frame not be left. Here Tab goes
 * where it goes everywhere, Enter presses what has the focus, and nbgrader's other keys stay.
 */

/** @typedef {{help: Record<string, string>}} Keys */
/** @typedef {{on: (event: string, inside: string, then: (event: {target: HTMLElement}) => void) => void}} Events */

{
  const CONTROLS = "a, button, input, select, textarea, [role=button]";
  const page = /** @type {{formgrader?: {keyboard_manager: Keys}, jQuery: (of: Document) => Events}} */ (
    /** @type {unknown} */ (window)
  );
  /** @type {Element | null} */
  let before = null; // what had the focus last, and the row that it is in: its links may be drawn anew
  /** @type {Element | null} */
  let row = null;

  /**
   * Press what is a button by its role alone; the eye that it leaves in its place has the focus then.
   * @param {HTMLElement} button
   */
  function press(button) {
    const { parentElement } = button;
    button.click();
    if (button.checkVisibility()) return;
    const others = [.../** @type {NodeListOf<HTMLElement>} */ (parentElement?.querySelectorAll("[role=button]") ?? [])];
    others.find((each) => each.checkVisibility())?.focus();
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const { target } = event;
    if (!(target instanceof HTMLElement)) return;
    const enter = event.key === "Enter";
    if (target.matches("span[role=button]") && (enter || event.key === " ")) {
      event.preventDefault();
      press(target);
    }
    if (event.key === "Tab" || (enter && target.matches(CONTROLS))) event.stopPropagation();
  }

  /** What nbgrader does not say of its keys any more, and its signs as they stand on a keyboard. */
  function help() {
    const keys = page.formgrader?.keyboard_manager;
    if (!keys) return;
    for (const link of document.querySelectorAll("a[tabindex='-1']")) link.removeAttribute("tabindex");
    const told = Object.entries(keys.help).filter(([name]) => !name.endsWith("tab"));
    const signs = told.map(([name, text]) => [name.split("-").map(sign).join(" + "), text]);
    keys.help = Object.fromEntries(signs);
  }

  /** @param {string} name */
  function sign(name) {
    return { control: "Ctrl", shift: "Shift", escape: "Esc", enter: "Enter" }[name] ?? name.toUpperCase();
  }

  /** @param {{target: HTMLElement}} event */
  function opens({ target }) {
    const title = target.querySelector(".modal-title");
    if (title) title.id = `${target.id}-title`;
    title?.setAttribute("aria-level", "2");
    target.setAttribute("aria-labelledby", `${target.id}-title`);
    target.setAttribute("aria-modal", "true");
    target.tabIndex = -1; // else the focus stays behind it
    if (target.id === "success-modal") target.querySelector(".panel")?.remove(); // nbgrader's log, which nobody needs
    for (const log of target.querySelectorAll("pre")) [log.lang, log.tabIndex] = ["en", 0];
  }

  function closed() {
    const back = before?.isConnected ? before : row?.querySelector("a");
    if (back instanceof HTMLElement) back.focus();
  }

  addEventListener("focusin", ({ target }) => {
    if (!(target instanceof Element) || target.closest(".modal")) return;
    [before, row] = [target, target.closest("tr")];
  });
  addEventListener("keydown", key, true);
  addEventListener("load", help);
  addEventListener("DOMContentLoaded", () => {
    page.jQuery(document).on("show.bs.modal", ".modal", opens);
    page.jQuery(document).on("hidden.bs.modal", ".modal", closed);
  });
}
