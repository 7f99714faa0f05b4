// The window with the trainer's notes: what to say now, what comes next, and how long it has taken.

/** @typedef {{ kommune3: "slide", heading: string, notes: string, module: string, next: string, place: string }} Told */

/** @param {string} id */
function place(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`#${id} is missing`);
  return found;
}

const deck = /** @type {Window | null} */ (window.opener);
let began = Date.now();

/** @param {Told} told */
function show(told) {
  place("place").textContent = told.place;
  place("heading").textContent = told.heading;
  // The deck's own HTML, made from Markdown without HTML; the page's policy lets no script in it run.
  place("notes").innerHTML = told.notes;
  place("empty").hidden = told.notes !== "";
  place("whole").hidden = told.module === "" || told.module === told.notes;
  if (place("module-notes").innerHTML !== told.module) place("module-notes").innerHTML = told.module;
  place("next").textContent = told.next || "–";
  scrollTo(0, 0);
}

function tick() {
  const seconds = Math.floor((Date.now() - began) / 1000);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  place("clock").textContent = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
  place("spent").textContent = `${hours ? `${hours}:` : ""}${hours ? two(minutes) : minutes}:${two(seconds % 60)}`;
}

/** @param {string} what */
function tell(what) {
  deck?.postMessage(`kommune3:${what}`, "*");
}

addEventListener("message", (event) => {
  if (event.source === deck && event.data?.kommune3 === "slide") show(event.data);
});
addEventListener("keydown", (event) => {
  if (event.target instanceof HTMLButtonElement && event.key === " ") return;
  if (["ArrowRight", "PageDown", " "].includes(event.key)) tell("after");
  else if (["ArrowLeft", "PageUp"].includes(event.key)) tell("before");
  else return;
  event.preventDefault();
});
place("after").addEventListener("click", () => tell("after"));
place("before").addEventListener("click", () => tell("before"));
place("again").addEventListener("click", () => {
  began = Date.now();
  tick();
});
setInterval(tick, 1000);
tick();
tell("ready");
