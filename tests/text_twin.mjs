// Answers one JSON line per text, per texts of one page, or per plan and its texts: what the page makes of it.
import { createInterface } from "node:readline";
import { words } from "../course/kommune3/widgets/js/counting.js";
import { cprPlaces, holdsCpr } from "../course/kommune3/widgets/js/cpr.js";
import { fitted, joining } from "../course/kommune3/widgets/js/plan_text.js";
import { tidy } from "../course/kommune3/widgets/js/text_draft.js";

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const found = typeof asked === "string" ? ofText(asked) : asked.texts ? { places: cprPlaces(asked.texts) } : ofPlan(asked);
  process.stdout.write(`${JSON.stringify(found)}\n`);
}

/** @param {string} text */
function ofText(text) {
  return { cpr: holdsCpr(text), tidy: tidy(text), words: words([tidy(text)]) };
}

/** @param {{plan: any, here: string[], there: string[]}} asked */
function ofPlan({ plan, here, there }) {
  return { fitted: fitted(plan, here), both: joining(plan)(fitted(plan, here), fitted(plan, there)) };
}
