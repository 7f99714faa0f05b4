// Danish CPR numbers, recognised so that they are kept nowhere; the twin of `engine/cpr.py`.
import { normal } from "./normal.js";

const NUMBER = /(?<![0-9])([0-9]{2})([0-9]{2})([0-9]{2}) ?(?:[-\u2010-\u2015\u2212]\n?|[_./])? ?[0-9]{4}(?![0-9])/g;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the text holds what may be a CPR number: six digits that are a date, and four more. @param {string} text */
export function holdsCpr(text) {
  const seen = normal("NFKC", text).replace(/[\p{Cf}\p{Mn}\p{Me}]/gu, "");
  return [...seen.matchAll(NUMBER)].some(([, day, month, year]) => isDate(Number(day), Number(month), Number(year)));
}

/** @param {number} day @param {number} month @param {number} year */
function isDate(day, month, year) {
  const real = day > 60 ? day - 60 : day; // a replacement number's day is 60 too high
  if (month < 1 || month > 12 || real < 1 || real > (DAYS[month - 1] ?? 0)) return false;
  return !(month === 2 && real === 29 && year % 4);
}
