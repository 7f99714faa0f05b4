// Answers one JSON line per question: how the JavaScript engine sees a scenario along a path.
import { createInterface } from "node:readline";
import * as engine from "../course/kommune3/widgets/js/engine.js";
import { counter } from "../course/kommune3/widgets/js/length.js";

/** The states along the path until one choice is refused. */
function walk({ scenario, choices }) {
  let state = engine.start(scenario);
  const states = [seen(scenario, state)];
  for (const choice of choices) {
    try {
      state = engine.nextState(scenario, state, choice);
    } catch (error) {
      if (!(error instanceof engine.ImpossiblePath)) throw error;
      return { states, refused: error.step };
    }
    states.push(seen(scenario, state));
  }
  return { states, refused: null };
}

function seen(scenario, state) {
  return {
    ...state,
    open: engine.openChoices(scenario, state).map((choice) => choice.id),
    ended: Boolean(engine.endingOf(scenario, state)),
    levels: scenario.indicators.map((each) => engine.level(each.levels, state.values[each.id])),
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  const left = counter(question.scenario)(engine.start(question.scenario));
  process.stdout.write(`${JSON.stringify({ ...walk(question), left })}\n`);
}
