// Unicode's normal forms with at most 30 accents in a row, which take time with their square; the twin of `engine/normal.py`.

const MARKS = /([\p{M}\uff9e\uff9f]{30})[\p{M}\uff9e\uff9f]+/gu;

/** @param {"NFC" | "NFKC"} form @param {string} text */
export const normal = (form, text) => text.replace(MARKS, "$1").normalize(form).replace(MARKS, "$1");
