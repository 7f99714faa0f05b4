// How many choices are left: the shortest and the longest way to an ending, conditions included.
import { nextState, openChoices } from "./engine.js";

/** @import {Scenario, State} from "./types" */

const LIMIT = 20000; // states; beyond it the learner is told no number rather than a wrong one

/** @param {Scenario} scenario @param {number[]} [whole] the fewest and the most choices from the start, where known */
export function counter(scenario, whole = []) {
  const [shortest, longest] = whole;
  /** @type {Map<string, [number, number]>} */
  const known = new Map();
  const remembered = new Set(
    scenario.nodes.flatMap((node) => node.choices.flatMap((choice) => choice.when?.chose ?? [])),
  );

  /** The fewest and the most choices left; null where it takes too long to know.
   * @param {State} state @returns {[number, number] | null} */
  return function left(state) {
    if (!state.path.length && shortest !== undefined && longest !== undefined) return [shortest, longest];
    const chosen = state.path.filter((choice) => remembered.has(choice)).sort();
    const key = JSON.stringify([state.node, state.values, chosen]);
    const found = known.get(key);
    if (found) return found;
    if (known.size > LIMIT || state.path.length > scenario.nodes.length) return null;
    let [fewest, most] = [Infinity, 0];
    for (const choice of openChoices(scenario, state)) {
      const rest = left(nextState(scenario, state, choice.id));
      if (!rest) return null;
      fewest = Math.min(fewest, rest[0] + 1);
      most = Math.max(most, rest[1] + 1);
    }
    /** @type {[number, number]} */
    const range = fewest === Infinity ? [0, 0] : [fewest, most];
    known.set(key, range);
    return range;
  };
}
