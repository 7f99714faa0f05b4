// Answers one JSON line per entry with the calendar file of it; an entry's `now` is in ISO 8601.
import { createInterface } from "node:readline";
import { calendar } from "../course/kommune3/widgets/js/ics.js";

process.env.TZ = "Europe/Copenhagen"; // a learner's day, wherever the tests run

for await (const line of createInterface({ input: process.stdin })) {
  const entry = JSON.parse(line);
  const content = calendar({ ...entry, now: new Date(entry.now) });
  process.stdout.write(`${JSON.stringify({ content })}\n`);
}
