/**
 * Formulas in formgrader: MathJax from the course's own files, once the page is there and only where a question
 * holds a formula. A learner's answer is never looked at: what stands there stays text.
 *
 * nbgrader's own script waits for MathJax 2 before it listens to the keyboard. It is told at once to go on.
 */

const own = /** @type {HTMLScriptElement} */ (document.currentScript);
const FORMULA = /\$[^$]+\$|\\\(.+?\\\)|\\\[.+?\\\]|\\begin\{/s;

/** @typedef {(message: string) => void} Told */

const settings = {
  tex: {
    inlineMath: [["$", "$"], ["\\(", "\\)"]],
    processEscapes: true,
    packages: { "[-]": ["autoload", "require"] }, // they fetch more files, some of which make links
  },
  options: { enableMenu: false },
  startup: { elements: /** @type {Element[]} */ ([]) },
  Hub: { Startup: { signal: { Interest: (/** @type {Told} */ told) => told("End") } } },
};

/** The questions that hold a formula. */
function questions() {
  const cells = [...document.querySelectorAll(".text_cell_render")];
  return cells.filter((cell) => !cell.closest(".nbgrader_cell") && FORMULA.test(cell.textContent ?? ""));
}

function typeset() {
  settings.startup.elements = questions();
  if (!settings.startup.elements.length) return;
  const script = document.createElement("script");
  script.nonce = own.nonce;
  script.src = new URL("vendor/mathjax/tex-svg.js", own.src).href;
  document.head.append(script);
}

Object.assign(window, { MathJax: settings });
window.addEventListener("load", typeset);
