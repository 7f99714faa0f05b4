// A JupyterLab extension in the shape that its loader asks for, so that none needs to be built.
//
// Exercises come up late on a slow machine: the widgets extension restores a notebook twice at once, from the
// notebook and from the kernel. Where the kernel is done first, it believes all widgets to be there, waits two
// seconds for each, says "model not found" and never looks again. So they are looked for again here.

const LOST = "Error displaying widget: model not found";
const EVERY = 500; // milliseconds
const TRIES = 60;
const NARROW = matchMedia("(max-width: 40rem)");

/**
 * The outputs whose widget was given up, each with its notebook.
 * @param {any} app
 */
function* lost(app) {
  for (const panel of app.shell.widgets("main")) {
    for (const cell of panel.content?.widgets ?? []) {
      for (const [at, shown] of (cell.outputArea?.widgets ?? []).entries()) {
        const parts = [shown, ...(shown.widgets ?? [])];
        const renderer = parts.find((part) => part.renderModel && part.node.textContent === LOST);
        if (renderer) yield { notebook: panel.context, renderer, output: cell.outputArea.model.get(at) };
      }
    }
  }
}

/**
 * Restore the notebook's widgets, and show this one.
 * @param {{notebook: any, renderer: any, output: any}} found
 */
async function find({ notebook, renderer, output }) {
  renderer.node.textContent = ""; // the message would not be true, and is in English
  const manager = await renderer._manager.promise;
  await manager.restoreWidgets(notebook.model);
  renderer.removeClass("jupyter-widgets");
  if (!renderer.isDisposed) await renderer.renderModel(output);
}

/**
 * On a phone, or a page enlarged, the list of files closes where there is something to read: both do not fit.
 * @param {any} app
 */
function makeRoom(app) {
  if (NARROW.matches && app.shell.currentWidget) app.shell.collapseLeft();
}

/** @param {any} app */
function activate(app) {
  app.restored.then(() => {
    makeRoom(app);
    app.shell.currentChanged.connect(() => makeRoom(app));
    NARROW.addEventListener("change", () => makeRoom(app));
  });
  /** @type {WeakMap<object, number>} */
  const tried = new WeakMap();
  setInterval(() => {
    for (const found of lost(app)) {
      const times = (tried.get(found.renderer) ?? 0) + 1;
      tried.set(found.renderer, times);
      if (times <= TRIES) find(found).catch(console.warn);
    }
  }, EVERY);
}

const plugin = { id: "kommune3:exercises", autoStart: true, activate };
const jupyterlab = /** @type {any} */ (window);
jupyterlab._JUPYTERLAB = jupyterlab._JUPYTERLAB ?? {};
jupyterlab._JUPYTERLAB.kommune3 = { init() {}, get: async () => () => plugin };
