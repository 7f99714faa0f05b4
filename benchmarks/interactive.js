// Notes when the first choice of a scenario can be clicked: it is drawn, stands in the window, and a click there
// would reach it. `first_choice.at` is in milliseconds since the browser began to ask for the page.
(() => {
  const found = (globalThis.first_choice = { at: null });
  const choice = () => document.querySelector(".k3-choice");
  const reached = () => {
    const box = choice()?.getBoundingClientRect();
    const hit = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return Boolean(hit?.closest(".k3-choice"));
  };
  const drawn = () =>
    new Promise((resolve) =>
      requestAnimationFrame(() => {
        // What comes after a frame's own work has been drawn.
        const after = new MessageChannel();
        after.port1.onmessage = resolve;
        after.port2.postMessage(null);
      }),
    );
  const watch = new MutationObserver(async () => {
    if (!choice()) return;
    watch.disconnect();
    do {
      choice()?.scrollIntoView({ block: "center", behavior: "instant" }); // in the frame that draws it, not one later
      await drawn();
    } while (!reached());
    found.at = performance.now();
  });
  watch.observe(document, { childList: true, subtree: true });
})();
