// Answers one JSON line per text: what the page makes of it.
import { createInterface } from "node:readline";
import { words } from "../course/kommune3/widgets/js/counting.js";
import { holdsCpr } from "../course/kommune3/widgets/js/cpr.js";
import { tidy } from "../course/kommune3/widgets/js/text_draft.js";

for await (const line of createInterface({ input: process.stdin })) {
  const text = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ cpr: holdsCpr(text), tidy: tidy(text), words: words([tidy(text)]) })}\n`);
}
