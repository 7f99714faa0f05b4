// A plan's text as lists: the questions' answers first, then the table row by row; the twin of `engine/plans.py`.
import { named } from "./dom.js";
import { together } from "./both.js";
import { same } from "./text_draft.js";

/** @import {Plan} from "./types" */

export const MOST_ROWS = 40;

/** Answers that fit the plan, also where they were written when it had another shape. Nothing is lost.
 * @param {Plan} plan @param {string[]} answers */
export function fitted(plan, answers) {
  const [count, columns] = [plan.questions.length, plan.columns.length];
  const first = Array.from({ length: count }, (_, at) => answers[at] ?? "");
  const cells = answers.slice(count);
  const left = cells.splice(MOST_ROWS * columns).filter((text) => text.trim());
  if (left.length) first[count - 1] = [first[count - 1], ...left].filter(Boolean).join("\n\n");
  while (columns && cells.length % columns) cells.push("");
  return [...first, ...cells];
}

/** The table's rows. @param {Plan} plan @param {string[]} answers */
export function rowsOf(plan, answers) {
  const [cells, columns] = [answers.slice(plan.questions.length), plan.columns.length];
  return columns ? Array.from({ length: Math.ceil(cells.length / columns) }, (_, at) => cells.slice(at * columns, (at + 1) * columns)) : [];
}

/** The rows in which something is written. @param {Plan} plan @param {string[]} answers */
export const filledRows = (plan, answers) => rowsOf(plan, answers).filter((row) => row.some((cell) => cell.trim()));

/** Both texts: the answers one after the other, and the rows of both.
 * @param {Plan} plan @returns {(here: string[], there: string[]) => string[]} */
export function joining(plan) {
  const count = plan.questions.length;
  return (here, there) => {
    const mine = filledRows(plan, here);
    const others = filledRows(plan, there).filter((row) => !mine.some((own) => same(own, row)));
    const kept = [...mine, ...others];
    const whole = Array.from({ length: count }, (_, at) => here[at] ?? "");
    return fitted(plan, [...together(whole, there.slice(0, count)), ...kept.flat()]);
  };
}

/** The plan as plain text. @param {Plan} plan @param {string[]} answers @param {string} none what stands where nothing is written */
export function plainText(plan, answers, none) {
  const asked = plan.questions.map(({ title }, at) => `${title}\n${answers[at]?.trim() || none}`);
  const rows = filledRows(plan, answers).map((row) =>
    plan.columns.map(({ name }, at) => `${named(name)} ${row[at]?.trim() || none}`).join("\n"),
  );
  return `${[plan.title, ...asked, ...rows].join("\n\n")}\n`;
}
