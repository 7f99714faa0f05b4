// What every page does: the switch between light and dark, and light on paper.

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

/** @returns {boolean} whether the page is dark now */
function isDark() {
  const chosen = root.dataset["colorScheme"];
  return chosen === "dark" || (chosen !== "light" && system.matches);
}

/** @param {HTMLButtonElement} button */
function themeSwitch(button) {
  const label = () => {
    button.textContent = (isDark() ? button.dataset["light"] : button.dataset["dark"]) ?? "";
  };
  button.addEventListener("click", () => {
    root.dataset["colorScheme"] = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("kommune3:scheme", root.dataset["colorScheme"] ?? "");
    } catch {
      // Storage may be blocked: the choice then lasts as long as the page.
    }
    label();
  });
  system.addEventListener("change", label);
  label();
  button.hidden = false;
}

/** Takes away what this browser keeps for other accounts: at a shared computer nobody meets the last one's words.
 * A page that cannot tell who is signed in takes nothing away. */
function forget() {
  const account = root.dataset["account"] ?? "";
  if (!account && !("signedOut" in root.dataset)) return;
  try {
    for (const key of Object.keys(localStorage)) {
      const [ours, owner, ...rest] = key.split(":");
      if (ours === "kommune3" && rest.length && owner !== account) localStorage.removeItem(key);
    }
  } catch {
    // Storage may be blocked: then nothing is kept there.
  }
}

forget();
for (const button of document.querySelectorAll(".k3-scheme")) {
  if (button instanceof HTMLButtonElement) themeSwitch(button);
}

for (const button of document.querySelectorAll("button[data-print]")) {
  if (!(button instanceof HTMLButtonElement)) continue;
  button.addEventListener("click", () => print());
  button.hidden = false;
}

// Where the script with all exercises did not come, none began: each is then asked for by itself, and the one that
// cannot be had says so (early.js).
let asked = false;
/** @param {Event} event */
async function alone(event) {
  event.preventDefault();
  const waiting = document.querySelectorAll(".k3-mount:not([data-begun])");
  if (asked || root.dataset["exercises"] === "coming" || !waiting.length) return;
  asked = true;
  try {
    const { start } = await import("./host.js");
    start({});
  } catch (error) {
    console.error(error);
    for (const mount of waiting) mount.dispatchEvent(new Event("kommune3:missing", { bubbles: true }));
  }
}
addEventListener("load", alone);
addEventListener("kommune3:alone", alone);

// Paper is white: whatever the screen shows, the light theme is printed.
const paper = matchMedia("print");
let onScreen = root.dataset["colorScheme"] ?? "auto";
paper.addEventListener("change", () => {
  if (paper.matches) onScreen = root.dataset["colorScheme"] ?? "auto";
  root.dataset["colorScheme"] = paper.matches ? "light" : onScreen;
});
