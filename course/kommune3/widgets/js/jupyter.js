// The notebook that a widget stands in: where it lies, and saving it. Neither JupyterLab nor Notebook 7 tells a widget.

const WAIT = 6000; // milliseconds for a notebook to be saved
const STEP = 150;

/** The path of the open notebook as Jupyter's address names it; empty where there is none. @param {string} path */
export function notebookPath(path) {
  const found = /\/(?:tree|notebooks|edit)\/(.+\.ipynb)$/i.exec(path);
  return found?.[1] ?? ""; // encoded, as it goes into a header
}

/** Saves the open notebook, and waits until it lies on the disk. @param {string} root the server's address up to its
 * `/` @param {string} path encoded @returns {Promise<boolean>} whether it was saved */
export async function saveNotebook(root, path) {
  const before = await lastModified(root, path);
  const app = /** @type {any} */ (window).jupyterapp;
  if (app?.commands?.hasCommand?.("docmanager:save")) {
    await app.commands.execute("docmanager:save"); // where it cannot, it says why in a dialog
    return !app.shell?.currentWidget?.context?.model?.dirty;
  }
  pressSave();
  for (let waited = 0; waited < WAIT; waited += STEP) {
    await new Promise((resolve) => setTimeout(resolve, STEP));
    if ((await lastModified(root, path)) !== before) return true;
  }
  return false;
}

/** The keys that save in Jupyter; pressed on the page, since the widget's own are kept from it. */
function pressSave() {
  const mac = /Mac|iPhone|iPad/.test(navigator.platform);
  const keys = { key: "s", code: "KeyS", keyCode: 83, ctrlKey: !mac, metaKey: mac, bubbles: true, cancelable: true };
  const place = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook") ?? document.body;
  place.dispatchEvent(new KeyboardEvent("keydown", /** @type {KeyboardEventInit} */ (keys)));
}

/** @param {string} root @param {string} path */
async function lastModified(root, path) {
  const response = await fetch(`${root}api/contents/${path}?content=0`, { credentials: "same-origin", cache: "no-store" });
  return response.ok ? String((await response.json()).last_modified) : "";
}
