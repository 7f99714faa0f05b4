// Playing a scenario: (scenario, state, choice) -> state. Twin of `engine/scenario.py`; tests walk both.

/** @import {Condition, Scenario, State} from "./types" */

/** A path that the scenario does not allow; `step` is the 0-based place of the refused choice. */
export class ImpossiblePath extends Error {
  /** @param {number} step @param {string} choice */
  constructor(step, choice) {
    super(`step ${step + 1}: choice ${choice} is not open`);
    this.step = step;
    this.choice = choice;
  }
}

/** The state before the first choice. @param {Scenario} scenario @returns {State} */
export function start(scenario) {
  const values = Object.fromEntries(scenario.indicators.map((each) => [each.id, each.start]));
  return { node: scenario.nodes[0]?.id ?? "", values, path: [] };
}

/** Whether every part of the condition is met. @param {Condition | null} condition @param {State} state */
export function holds(condition, state) {
  if (!condition) return true;
  const value = (/** @type {string} */ name) => state.values[name] ?? 0;
  return (
    Object.entries(condition.at_least).every(([name, bound]) => value(name) >= bound) &&
    Object.entries(condition.at_most).every(([name, bound]) => value(name) <= bound) &&
    (!condition.chose.length || condition.chose.some((choice) => state.path.includes(choice)))
  );
}

/** The node that the state is at; undefined at an ending. @param {Scenario} scenario @param {State} state */
export function nodeOf(scenario, state) {
  return scenario.nodes.find((node) => node.id === state.node);
}

/** The ending that the state is at, if any. @param {Scenario} scenario @param {State} state */
export function endingOf(scenario, state) {
  return scenario.endings.find((ending) => ending.id === state.node);
}

/** The choices that may be made now, in the file's order. @param {Scenario} scenario @param {State} state */
export function openChoices(scenario, state) {
  return nodeOf(scenario, state)?.choices.filter((choice) => holds(choice.when, state)) ?? [];
}

/** The state after a choice. Throws ImpossiblePath if it is not open.
 * @param {Scenario} scenario @param {State} state @param {string} id @returns {State} */
export function nextState(scenario, state, id) {
  const choice = openChoices(scenario, state).find((each) => each.id === id);
  if (!choice) throw new ImpossiblePath(state.path.length, id);
  const moved = Object.entries(state.values).map(([name, value]) => [
    name,
    clamp(value + (choice.effects[name] ?? 0)),
  ]);
  return { node: choice.to, values: Object.fromEntries(moved), path: [...state.path, id] };
}

/** Every state along the path, the start first. Throws ImpossiblePath.
 * @param {Scenario} scenario @param {string[]} choices */
export function replay(scenario, choices) {
  let state = start(scenario);
  const states = [state];
  for (const choice of choices) states.push((state = nextState(scenario, state, choice)));
  return states;
}

/** The value kept within 0 to 100. @param {number} value */
export function clamp(value) {
  return Math.max(0, Math.min(100, value));
}

/** The word for a value: 0-100 cut into equal parts. @param {string[]} levels @param {number} value */
export function level(levels, value) {
  return levels[Math.min(levels.length - 1, Math.floor((value * levels.length) / 100))] ?? "";
}
