// Brings the widgets of a page to life: what Jupyter does for a widget, done for a page.

/** @typedef {(message: any) => void} Listener */
/** @typedef {{render: (context: {model: PageModel, el: HTMLElement}) => unknown}} Widget */

const root = document.documentElement;

/** Settles once the browser has read the whole page. @type {Promise<unknown>} */
const read = new Promise((resolve) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", resolve, { once: true });
  else resolve(null);
});

/** A widget's state: the traits that the server wrote into the page. Nothing is sent to a kernel. */
class PageModel {
  /** @param {Record<string, unknown>} traits */
  constructor(traits) {
    this.traits = traits;
    /** @type {Map<string, Set<Listener>>} */
    this.listeners = new Map();
  }

  /** @param {string} name */
  get(name) {
    return /** @type {any} */ (this.traits[name]);
  }

  /** @param {string} name @param {unknown} value */
  set(name, value) {
    if (this.traits[name] === value) return;
    this.traits[name] = value;
    this.tell(`change:${name}`, value);
    this.tell("change", value);
  }

  /** @param {string} event @param {Listener} listener */
  on(event, listener) {
    const known = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, known.add(listener));
  }

  /** @param {string} [event] @param {Listener} [listener] */
  off(event, listener) {
    if (event === undefined) this.listeners.clear();
    else if (listener === undefined) this.listeners.delete(event);
    else this.listeners.get(event)?.delete(listener);
  }

  /** A page has no kernel to save to: what counts is what the service stored. */
  save_changes() {}

  /** A page has no kernel to write to: widgets use `api` instead. */
  send() {}

  /** @param {string} event @param {unknown} value */
  tell(event, value) {
    for (const listener of this.listeners.get(event) ?? []) listener(value);
  }
}

/** Draws one widget; what stands there without JavaScript goes when the widget is there.
 * @param {HTMLElement} el @param {Widget | undefined} known its bundle, where that came with the page */
async function bring(el, known) {
  const data = el.querySelector('script[type="application/json"]')?.textContent ?? "";
  const kind = el.dataset["widget"] ?? "";
  const model = new PageModel({ ...JSON.parse(data), api: root.dataset["api"] ?? "" });
  const widget = known ?? (await fetched(kind));
  await widget.render({ model, el });
  el.dataset["ready"] = "";
}

/** @param {string} kind @returns {Promise<Widget>} */
async function fetched(kind) {
  return (await import(`${root.dataset["static"]}/widgets/${kind}.js`)).default;
}

/** @param {Iterable<Element>} elements @param {boolean} hidden */
function hide(elements, hidden) {
  for (const element of elements) if (element instanceof HTMLElement) element.hidden = hidden;
}

/** Shows on the page that its module is completed, and says so once. @param {string[]} modules */
function completed(modules) {
  for (const place of document.querySelectorAll("[data-module]")) {
    if (!(place instanceof HTMLElement) || !modules.includes(place.dataset["module"] ?? "")) continue;
    hide(place.querySelectorAll('[data-when="completed"]'), false);
    hide(place.querySelectorAll('[data-when="open"]'), true);
    const voice = place.querySelector("[data-announce]");
    if (!(voice instanceof HTMLElement)) continue;
    voice.textContent = voice.dataset["announce"] ?? "";
    for (const line of document.querySelectorAll("[data-module-status]")) {
      line.textContent = voice.dataset["status"] ?? "";
    }
  }
}

/** Ticks off an exercise in the page's list. @param {string} activity */
function passed(activity) {
  const item = document.querySelector(`[data-exercise="${CSS.escape(activity)}"]`);
  const words = item?.querySelector("[data-done]");
  if (!item || !(words instanceof HTMLElement)) return;
  words.textContent = words.dataset["done"] ?? "";
  const tick = document.querySelector('[data-when="completed"] .k3-mark');
  if (tick) item.querySelector(".k3-mark")?.replaceWith(tick.cloneNode(true));
}

document.addEventListener("kommune3:completed", (event) => {
  if (event instanceof CustomEvent) void read.then(() => completed(event.detail.modules));
});
document.addEventListener("kommune3:passed", (event) => {
  if (event instanceof CustomEvent) void read.then(() => passed(event.detail.activity));
});

const HIDDEN = 300; // milliseconds after which a page that nobody looks at, and so is never drawn, goes on
const PAUSE = 100; // milliseconds for somebody who has just seen the first exercise to scroll or to click there
const WAITING = ".k3-mount:not([data-begun])";

/** Calls `go` once the page is drawn and whoever looks at it had a moment. @param {() => void} go */
function onceDrawn(go) {
  let gone = false;
  const once = () => {
    if (!gone) go();
    gone = true;
  };
  requestAnimationFrame(() => setTimeout(once, PAUSE));
  setTimeout(once, HIDDEN);
}

/** The first exercise as soon as the browser has read all of it, be the page below still on its way; null where the
 * page has none. @returns {Promise<HTMLElement | null>} */
function first() {
  return new Promise((resolve) => {
    const watch = new MutationObserver(look);
    function look() {
      /** @type {HTMLElement | null} */
      const el = document.querySelector(WAITING);
      const over = document.readyState !== "loading";
      if (!over && !el?.nextSibling) return;
      watch.disconnect();
      resolve(el);
    }
    watch.observe(document, { childList: true, subtree: true });
    void read.then(look);
    look();
  });
}

/** Draws every widget of the page that is not begun yet; a bundle that is not given is fetched. The first is drawn
 * with the page, those below it a moment after: whoever has just come does not see them yet.
 * @param {Record<string, Widget>} bundles by kind */
export async function start(bundles) {
  const draw = (/** @type {HTMLElement} */ el) =>
    void bring(el, bundles[el.dataset["widget"] ?? ""]).catch(async (error) => {
      console.error(error);
      await read; // the words for it stand at the page's end
      el.dispatchEvent(new Event("kommune3:missing", { bubbles: true })); // for early.js
    });
  const top = await first();
  if (top) {
    top.dataset["begun"] = "";
    draw(top);
  }
  await read;
  /** @type {NodeListOf<HTMLElement>} */
  const rest = document.querySelectorAll(WAITING);
  for (const el of rest) el.dataset["begun"] = "";
  // Who follows a link into the page, or loads it again, is taken to a place further down, which must not move away.
  if (!("opening" in root.dataset)) return rest.forEach(draw); // says early.js
  return onceDrawn(() => rest.forEach((el, at) => setTimeout(() => draw(el), at))); // a task each
}
