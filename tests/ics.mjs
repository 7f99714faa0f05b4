// Writes the calendar file of the entry on standard input; its `now` is in ISO 8601.
import { text } from "node:stream/consumers";
import { calendar } from "../course/kommune3/widgets/js/ics.js";

const entry = JSON.parse(await text(process.stdin));
process.stdout.write(calendar({ ...entry, now: new Date(entry.now) }));
