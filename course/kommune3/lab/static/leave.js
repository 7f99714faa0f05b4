/**
 * The way out of formgrader to the course. JupyterLab shows formgrader in a frame that may neither open a page nor leave for
 * one, so there JupyterLab's own page opens it. An answer's links have no such attribute: cleaning takes it away.
 */

{
  /** @param {MouseEvent} event */
  function leave(event) {
    const link = event.target instanceof Element ? event.target.closest("a[data-leave]") : null;
    if (parent === window || !(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    const { href } = link;
    Object.assign(parent.document.createElement("a"), { href, target: "_blank", rel: "noopener" }).click();
  }

  addEventListener("click", leave);
}
