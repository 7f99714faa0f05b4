// Runs before the page is drawn, so that a chosen theme never flashes the other one first. A browser runs it once it
// has the style sheet, and reads on only then: without it, the whole page would be laid out once before there is any
// style, which takes longer than the reading.
try {
  const chosen = localStorage.getItem("kommune3:scheme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.colorScheme = chosen;
} catch {
  // Storage may be blocked: the system's choice then holds.
}

// While a page opens at its top, what stands below its first exercise is laid out only where it is seen (article.css), so
// that the exercise is there sooner. Soon after, the whole page is; for who follows a link into it, or loads it again, at once.
{
  const { dataset } = document.documentElement;
  const [visit] = performance.getEntriesByType("navigation");
  if (!location.hash && visit instanceof PerformanceNavigationTiming && visit.type === "navigate") {
    dataset.opening = "";
    addEventListener("load", () => setTimeout(() => delete dataset.opening, 200));
  } else {
    dataset.landing = ""; // no slow scrolling to a place that still moves
    addEventListener("load", () => setTimeout(() => delete dataset.landing, 200));
  }
}

// Where the page has the first scene of a scenario, that is drawn before the exercises' script begins. A choice that is
// pressed before is marked, and made by the script.
if ("firstScene" in document.documentElement.dataset) {
  const { dataset } = document.documentElement;
  dataset.exercises = "coming";
  const begin = () => {
    if (document.querySelector("script[data-late]")) return;
    const script = document.createElement("script");
    script.src = `${dataset.static}/exercises.js`;
    script.dataset.late = "";
    const over = () => {
      delete dataset.exercises; // what has not begun by then, never will
      if (document.readyState === "complete") alone();
    };
    script.addEventListener("load", over);
    script.addEventListener("error", over);
    document.head.append(script);
  };
  requestAnimationFrame(() => setTimeout(begin));
  setTimeout(begin, 300); // a page that nobody looks at is never drawn
  addEventListener("click", ({ target }) => {
    const choice = target instanceof Element && target.closest(".k3[data-first-scene] .k3-choice");
    if (!choice) return;
    choice.closest("ul")?.querySelector("[aria-pressed]")?.removeAttribute("aria-pressed");
    choice.setAttribute("aria-pressed", "true");
  });
}

// Exercises that nothing has begun once the page is there and the script with all of them is over: page.js begins them one
// by one. Where that did not come either, as on a line that broke off, they say so.
function alone() {
  if (document.documentElement.dataset.exercises === "coming") return;
  const waiting = document.querySelectorAll(".k3-mount:not([data-begun])");
  if (waiting.length && dispatchEvent(new Event("kommune3:alone", { cancelable: true }))) waiting.forEach(sorry);
}
addEventListener("load", alone);
addEventListener("kommune3:missing", ({ target }) => target instanceof Element && sorry(target));

/** Says that an exercise did not come; the page's own text stays readable. @param {Element} mount */
function sorry(mount) {
  const words = document.querySelector("template#k3-sorry");
  if (!(words instanceof HTMLTemplateElement) || mount.querySelector(".k3-sorry")) return;
  const pressed = mount.querySelector("[aria-pressed]");
  const waited = pressed || mount.contains(document.activeElement);
  pressed?.removeAttribute("aria-pressed");
  for (const choice of mount.querySelectorAll("button")) choice.disabled = true; // of a first scene: nothing would come of it
  mount.prepend(words.content.cloneNode(true));
  const again = mount.querySelector("button");
  again?.addEventListener("click", () => location.reload());
  if (waited) again?.focus();
}
