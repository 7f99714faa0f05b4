// Dragging a card onto a pile, as an extra to its radio buttons.

/** @param {HTMLElement} card @param {HTMLElement} grip @param {HTMLElement[]} piles
 * @param {(pile: number) => void} drop @param {AbortSignal} signal */
export function draggable(card, grip, piles, drop, signal) {
  /** @type {{x: number, y: number} | null} */
  let from = null;
  const under = (/** @type {PointerEvent} */ event) =>
    piles.findIndex((pile) => {
      const box = pile.getBoundingClientRect();
      return event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    });
  /** @param {number} at */
  function light(at) {
    piles.forEach((pile, each) => pile.classList.toggle("k3-over", each === at));
  }
  function end() {
    from = null;
    card.classList.remove("k3-dragged");
    card.style.translate = "";
    light(-1);
  }
  const listen = (/** @type {string} */ name, /** @type {(event: PointerEvent) => void} */ heard) =>
    grip.addEventListener(name, (event) => heard(/** @type {PointerEvent} */ (event)), { signal });
  listen("pointerdown", (event) => {
    if (event.button) return;
    from = { x: event.clientX, y: event.clientY };
    grip.setPointerCapture(event.pointerId);
    card.classList.add("k3-dragged");
    event.preventDefault(); // no text selection, no scrolling
  });
  listen("pointermove", (event) => {
    if (!from) return;
    card.style.translate = `${event.clientX - from.x}px ${event.clientY - from.y}px`;
    light(under(event));
  });
  listen("pointerup", (event) => {
    const at = from ? under(event) : -1;
    end();
    if (at >= 0) drop(at);
  });
  listen("pointercancel", end);
}
