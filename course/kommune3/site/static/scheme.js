// Runs before the page is drawn, so that a chosen theme never flashes the other one first. A browser runs it once it
// has the style sheet, and reads on only then: without it, the whole page would be laid out once before there is any
// style, which takes longer than the reading.
try {
  const chosen = localStorage.getItem("kommune3:scheme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.colorScheme = chosen;
} catch {
  // Storage may be blocked: the system's choice then holds.
}
