// What the deck says, in the course's language.

/** @type {Record<string, string>} */
const WORDS = JSON.parse(document.getElementById("k3-words")?.textContent ?? "{}");

/** The text of that name, with its blanks filled in. @param {string} name @param {Record<string, string | number>} [values] */
export function word(name, values = {}) {
  return (WORDS[name] ?? "").replace(/\{(\w+)\}/g, (_all, key) => String(values[key] ?? ""));
}

/** Tell the room something, also whoever listens to a screen reader. @param {string} text */
export function say(text) {
  const place = document.querySelector(".k3-told");
  if (place && place.textContent !== text) place.textContent = text;
}
