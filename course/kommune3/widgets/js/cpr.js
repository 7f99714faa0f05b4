// Danish CPR numbers, recognised so that they are kept nowhere; the twin of `engine/cpr.py`, which says what is left alone.
import { normal } from "./normal.js";

const DASH = "[-\\u2010-\\u2015\\u2212]";
const GAP = "[ \\t-\\r\\x85\\u2028\\u2029]{0,4}";
const [PAIR, YEAR, LAST] = ["([0-9]{2})", "(?:18|19|20)?([0-9]{2})", "[0-9]{4}(?![0-9])"];
const SIGN = `(?:\\. ?|/|${DASH})`;
const ANY = `(?:[./ ]|${DASH}){0,2}`;
const NUMBERS = [
  `(?<![0-9])${PAIR}${PAIR}${PAIR}(?: ?${DASH}${GAP}${LAST}| ?[_./]? ?${LAST}|${GAP}${LAST}(?! ?[A-ZÆØÅ]))`,
  `(?<![0-9])${PAIR}${PAIR}${YEAR} ?${DASH}${GAP}${LAST}`,
  `(?<![0-9+])(?<![0-9][./-])${PAIR}${SIGN}${PAIR}${SIGN}${YEAR} ?${DASH}${GAP}${LAST}`,
  `(?<![0-9+])(?<![0-9] )${PAIR} ${PAIR} ${YEAR}(?: ?${DASH}${GAP}| | ?\\n)${LAST}`,
  `[cC][pP][rR](?:[- ]?(?:nr|nummer))?[^0-9A-Za-zæøå]{0,4}${PAIR}${ANY}${PAIR}${ANY}${YEAR}(?:${DASH}|[_./]|${GAP}){0,3}${LAST}`,
].map((pattern) => new RegExp(pattern, "g"));
const BEGUN = new RegExp(`^${DASH}[0-9]`);
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the text holds what may be a CPR number: a date of six digits, and four more. @param {string} text */
export function holdsCpr(text) {
  const seen = normal("NFKC", text).replace(/[\p{Cf}\p{Mn}\p{Me}]/gu, "");
  return NUMBERS.some((number) =>
    [...seen.matchAll(number)].some(([, day, month, year]) => isDate(Number(day), Number(month), Number(year))),
  );
}

/** Which of the texts of one page hold a CPR number; where one is split over two, both. @param {readonly string[]} texts */
export function cprPlaces(texts) {
  const found = new Set(texts.flatMap((text, at) => (holdsCpr(text) ? [at] : [])));
  const filled = texts.flatMap((text, at) => (text.trim() && !found.has(at) ? [at] : []));
  for (const [place, after] of filled.slice(1).entries()) {
    const before = filled[place] ?? 0;
    if (holdsCpr(joined((texts[before] ?? "").trim(), (texts[after] ?? "").trim()))) found.add(before).add(after);
  }
  return [...found].sort((one, other) => one - other);
}

/** Two texts as if they were lines of one. @param {string} text @param {string} following */
function joined(text, following) {
  return text + (BEGUN.test(following) ? "" : "\n") + following;
}

/** @param {number} day @param {number} month @param {number} year */
function isDate(day, month, year) {
  const real = day > 60 ? day - 60 : day; // a replacement number's day is 60 too high
  if (month < 1 || month > 12 || real < 1 || real > (DAYS[month - 1] ?? 0)) return false;
  return !(month === 2 && real === 29 && year % 4);
}
