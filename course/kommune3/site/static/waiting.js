// The page that waits for JupyterLab: it asks how far that is and goes there, and until then leaves readers, and
// the focus of those who use the keyboard, where they are. Without scripts the page loads itself anew instead.

const PAUSE = 2000; // milliseconds; the answer itself is held while JupyterLab starts

/** @param {HTMLElement} told what is said, with the address that says it anew */
async function ask(told) {
  const address = told.dataset["ask"] ?? "";
  const answer = await fetch(address, { redirect: "manual", cache: "no-store" }).catch(() => null);
  if (answer && !answer.ok) {
    location.replace(address); // it is ready (a redirect), or the page says what went wrong
    return;
  }
  if (answer) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    told.replaceChildren(...(page.getElementById(told.id)?.childNodes ?? []));
  }
  setTimeout(ask, PAUSE, told);
}

const told = document.getElementById("told");
if (told) ask(told);
