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
      delete dataset.exercises; // what has not begun by then, never will: page.js sees to that once the page is there
      if (document.readyState === "complete") dispatchEvent(new Event("kommune3:alone"));
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
