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
  }
}
