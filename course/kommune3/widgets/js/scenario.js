// The scenario: choose, predict, see, go on; step back, start over, look back.
import { chart } from "./chart.js";
import { h, paragraphs } from "./dom.js";
import { endingScene } from "./ending.js";
import { endingOf, nextState, nodeOf, openChoices, replay } from "./engine.js";
import { frame as makeFrame, translator } from "./frame.js";
import { changes, standing } from "./indicators.js";
import { alive } from "./first_scene.js";
import { counter } from "./length.js";
import { fold } from "./fold.js";
import { pathList } from "./path.js";
import { consequence, prediction, situation } from "./scenes.js";
import { session as makeSession } from "./session.js";
import { toolbar } from "./toolbar.js";

/** @import {Choice, Reaction, RenderContext, Scenario, State} from "./types" */
/** @import {Scene} from "./scenes.js" */
/** @import {Focus} from "./first_scene.js" */

/** @param {RenderContext} context */
function render(context) {
  const { model } = context;
  /** @type {Scenario} */
  const scenario = model.get("content");
  const frame = makeFrame(context, "scenario", translator(model)("scenario_minutes", { minutes: scenario.minutes }));
  const { t } = frame;
  const left = counter(scenario, model.get("lengths"));
  let states = replay(scenario, []);
  let fresh = true; // nothing is drawn over what the page had
  const now = () => /** @type {State} */ (states.at(-1));
  const session = makeSession(model, frame, {
    needsAnswer: false,
    choices: () => now().path,
    replied: () => {},
    goTo(choices) {
      const inside = frame.body.contains(document.activeElement);
      states = replay(scenario, choices);
      here(inside);
    },
  });

  /** @param {Scene} scene @param {Focus} focus @param {State} [before] */
  function show(scene, focus, before) {
    frame.body.replaceChildren(
      ...(now().path.length ? [] : [intro()]),
      standing(t, scenario, now(), before),
      h("div", { class: "k3-scene" }, ...scene.parts),
      toolbar(t, now().path.length, undo, endingOf(scenario, now()) && !before ? null : restart),
      ...(now().path.length ? [folds()] : []),
    );
    if (focus) scene.head.focus({ preventScroll: focus === "still" });
  }

  function intro() {
    return h("div", {}, ...paragraphs(scenario.intro, "k3-opening"));
  }

  /** What may be looked up meanwhile; at an ending the way stands open in the scene. */
  function folds() {
    const about = fold(t("about_this"), intro());
    if (endingOf(scenario, now())) return h("div", { class: "k3-folds" }, about);
    const way = [chart(t, scenario, states, frame.signal), pathList(t, scenario, states)];
    return h("div", { class: "k3-folds" }, fold(t("your_way_so_far"), ...way), about);
  }

  /** Shows the situation or ending that the learner stands at. @param {boolean} focus */
  function here(focus) {
    const first = fresh && frame.choices.length > 0 && !now().path.length;
    fresh = false;
    const node = nodeOf(scenario, now());
    if (!node) return theEnd(focus);
    const open = openChoices(scenario, now());
    if (first && frame.choices.length === open.length) return alive(frame, open, choose);
    return show(situation(frame, progress(), node, open, choose), focus);
  }

  function progress() {
    const n = now().path.length;
    const rest = left(now());
    if (!rest) return t("choice_n", { n: n + 1 });
    const [least, most] = [n + rest[0], n + rest[1]];
    return t("choice_n_of", { n: n + 1, total: least === most ? most : `${least}–${most}` });
  }

  /** @param {Choice} choice @param {Focus} [focus] */
  function choose(choice, focus = true) {
    session.touch();
    const predict = nodeOf(scenario, now())?.predict;
    if (!predict) return commit(choice, null, focus);
    const scene = prediction(frame, choice, predict, (reaction) => commit(choice, reaction), () => here(true));
    return show(scene, focus);
  }

  /** @param {Choice} choice @param {Reaction | null} predicted @param {Focus} [focus] */
  function commit(choice, predicted, focus = true) {
    const before = now();
    const node = nodeOf(scenario, before);
    if (!node) return;
    states.push(nextState(scenario, before, choice.id));
    session.record(now().path);
    const last = Boolean(endingOf(scenario, now()));
    const turn = { node, choice, predicted, before, after: now(), last };
    show(consequence(frame, scenario, turn, () => here(true)), focus, before);
    frame.say(changes(t, scenario, before, now()).map((each) => each.text).join(". "));
  }

  function undo() {
    states.pop();
    session.record(now().path);
    here(true);
    frame.say(t("went_back"));
  }

  function restart() {
    states = replay(scenario, []);
    session.record([]);
    here(true);
    frame.say(t("started_over"));
  }

  /** @param {boolean} focus */
  function theEnd(focus) {
    const ending = endingOf(scenario, now());
    if (!ending) return;
    const way = [chart(t, scenario, states, frame.signal), fold(t("see_each_choice"), pathList(t, scenario, states))];
    show(endingScene(frame, ending, model.get("sources") ?? {}, way, restart), focus);
  }

  session.open();
  return frame.close;
}

export default { render };
