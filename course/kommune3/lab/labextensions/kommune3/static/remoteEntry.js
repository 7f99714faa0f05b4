// A JupyterLab extension in the shape that its loader asks for, so that none needs to be built.
//
// Words: JupyterLab makes much of its page without telling it the language. Roles: it gives its cells names and no
// role, and calls plain buttons "not pressed". Both are mended where they are made, once.
//
// Exercises come up late on a slow machine: the widgets extension restores a notebook twice at once, from the
// notebook and from the kernel. Where the kernel is done first, it believes all widgets to be there, waits two
// seconds for each, says "model not found" and never looks again. So they are looked for again here.
//
// Saving: JupyterLab saves by itself while a learner saves, or hands in. Whichever comes second finds a file that is
// newer than it knows, and asks which of the two to keep. Here it waits for the first.

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

/**
 * What is made without a translator asks the one that is there.
 * @param {any} words JupyterLab's module @jupyterlab/translation
 * @param {any} translator
 */
function translate({ nullTranslator }, translator) {
  nullTranslator.load = (/** @type {string} */ domain) => translator.load(domain);
}

/**
 * The page's first link has its words in the code, and the notebook's name none at all.
 * @param {any} trans
 */
function nameTop(trans) {
  for (const link of document.querySelectorAll("#jp-skiplink a")) link.textContent = trans.__(link.textContent);
  document.querySelector("#jp-title-panel-title input")?.setAttribute("aria-label", trans.__("Name"));
}

/**
 * A cell is an article of the notebook's feed, which alone may have a name there.
 * @param {any} cells JupyterLab's module @jupyterlab/cells
 */
function giveRoles({ Cell }) {
  const { initializeState } = Cell.prototype;
  Cell.prototype.initializeState = function () {
    this.node.setAttribute("role", "article");
    return initializeState.call(this);
  };
}

/**
 * Only a button that looks different when pressed says whether it is.
 * @param {any} parts JupyterLab's module @jupyterlab/ui-components
 */
function letButtonsBeButtons({ ToolbarButton }) {
  const { get, set } = /** @type {any} */ (Object.getOwnPropertyDescriptor(ToolbarButton.prototype, "pressed"));
  Object.defineProperty(ToolbarButton.prototype, "pressed", {
    set,
    get() {
      const { pressed, pressedIcon, pressedTooltip } = this.props;
      return pressed ?? pressedIcon ?? pressedTooltip ? get.call(this) : undefined;
    },
  });
}

/**
 * A notebook that is being saved is saved again afterwards, not meanwhile.
 * @param {any} documents JupyterLab's module @jupyterlab/docregistry
 */
function saveInTurn({ Context }) {
  const { save } = Context.prototype;
  /** @type {WeakMap<object, Promise<void>>} */
  const saving = new WeakMap();
  Context.prototype.save = function () {
    const start = () => save.call(this);
    const turn = (saving.get(this) ?? Promise.resolve()).then(start, start);
    saving.set(this, turn);
    return turn;
  };
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

const exercises = { id: "kommune3:exercises", autoStart: true, activate };

/**
 * A module of JupyterLab's own page.
 * @param {any} shared @param {string} name
 */
async function own(shared, name) {
  const [version] = Object.values(shared[`@jupyterlab/${name}`]);
  return (await version.get())();
}

/**
 * The exercises come up also where a JupyterLab has its modules in another shape.
 * @param {any} shared
 */
async function plugins(shared) {
  try {
    const names = ["translation", "cells", "ui-components", "docregistry"];
    const [words, cells, parts, documents] = await Promise.all(names.map((name) => own(shared, name)));
    giveRoles(cells);
    saveInTurn(documents);
    letButtonsBeButtons(parts);
    const speak = (/** @type {any} */ app, /** @type {any} */ translator) => {
      translate(words, translator);
      app.restored.then(() => nameTop(translator.load("jupyterlab")));
    };
    return [{ id: "kommune3:words", autoStart: true, requires: [words.ITranslator], activate: speak }, exercises];
  } catch (error) {
    console.warn(error);
    return [exercises];
  }
}

/** @type {any} */
let shared = {};
const jupyterlab = /** @type {any} */ (window);
jupyterlab._JUPYTERLAB = jupyterlab._JUPYTERLAB ?? {};
jupyterlab._JUPYTERLAB.kommune3 = {
  init(/** @type {any} */ scope) {
    shared = scope;
  },
  async get() {
    const found = await plugins(shared);
    return () => found;
  },
};
