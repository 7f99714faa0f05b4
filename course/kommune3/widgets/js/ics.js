// A reminder as a calendar file (RFC 5545): one day, an alarm in the morning, marked as private.

const LONGEST = 75; // octets in a line, its break not counted
const MORNING = "PT9H"; // after the day begins
const DAY = 86_400_000; // milliseconds

/** @typedef {object} Entry
 * @property {string} uid random, so that it says nothing of anybody
 * @property {Date} now
 * @property {number} days from today
 * @property {string} title
 * @property {string} text */

/** @param {Entry} entry @returns {string} */
export function calendar({ uid, now, days, title, text }) {
  const day = dayAfter(now, days);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//kommune3//plan//DA",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    `UID:${uid}@kommune3`,
    `DTSTAMP:${now.toISOString().replace(/[-:]|\.\d+/g, "")}`,
    `DTSTART;VALUE=DATE:${date(day)}`,
    `DTEND;VALUE=DATE:${date(dayAfter(now, days + 1))}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(text)}`,
    "CLASS:PRIVATE",
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escaped(title)}`,
    `TRIGGER:${MORNING}`,
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** The learner's own calendar day, so many days on; at noon, which every change of the clock leaves in its day.
 * @param {Date} now @param {number} days */
export function dayAfter(now, days) {
  return new Date(new Date(now.getFullYear(), now.getMonth(), now.getDate(), 12).getTime() + days * DAY);
}

/** @param {Date} day */
function date(day) {
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  return `${day.getFullYear()}${two(day.getMonth() + 1)}${two(day.getDate())}`;
}

/** Text as a value: what means something there is escaped, what may not be there is left out. @param {string} text */
export function escaped(text) {
  return text
    .replace(/\r\n|[\r\v\f\x85\u2028\u2029]/g, "\n")
    .replace(/[\x00-\x08\x0e-\x1f\x7f]|\p{Cs}/gu, "")
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\n/g, "\\n");
}

/** A line cut where it is too long, never inside a character. @param {string} line */
export function folded(line) {
  const bytes = new TextEncoder();
  let [out, size] = ["", 0];
  for (const sign of line) {
    const more = bytes.encode(sign).length;
    if (size + more > LONGEST) [out, size] = [`${out}\r\n `, 1]; // the space counts, too
    out += sign;
    size += more;
  }
  return out;
}
