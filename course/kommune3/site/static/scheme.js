// Runs before the page is drawn, while the rest of it still comes, so that a chosen theme never flashes the
// other one first.
try {
  const chosen = localStorage.getItem("kommune3:scheme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.colorScheme = chosen;
} catch {
  // Storage may be blocked: the system's choice then holds.
}
