// The shapes that the widgets meet: content as `engine/models.py` dumps it, the host's model, the service's answers.

export interface Condition {
  at_least: Record<string, number>;
  at_most: Record<string, number>;
  chose: string[];
}
export interface Indicator {
  id: string;
  name: string;
  meaning: string;
  start: number;
  levels: string[];
}
export interface Reaction {
  id: string;
  text: string;
}
export interface Predict {
  question: string;
  reactions: Reaction[];
}
export interface Choice {
  id: string;
  text: string;
  to: string;
  feedback: string;
  effects: Record<string, number>;
  reaction: string | null;
  when: Condition | null;
}
export interface Node {
  id: string;
  text: string;
  speaker: string | null;
  predict: Predict | null;
  choices: Choice[];
}
export interface Voice {
  who: "citizen" | "colleague" | "law";
  name: string;
  text: string;
  sources: string[];
}
export interface Ending {
  id: string;
  title: string;
  text: string;
  debrief: Voice[];
}
export interface Scenario {
  id: string;
  kind: "scenario";
  title: string;
  intro: string;
  minutes: number;
  indicators: Indicator[];
  nodes: Node[];
  endings: Ending[];
}
export interface State {
  node: string;
  values: Record<string, number>;
  path: string[];
}
export interface Option {
  id: string;
  text: string;
}
export interface Question {
  id: string;
  text: string;
  options: Option[];
}
export interface Quiz {
  id: string;
  kind: "quiz";
  title: string;
  intro: string;
  questions: Question[];
}
export interface Bucket {
  id: string;
  name: string;
  meaning: string;
}
export interface Item {
  id: string;
  text: string;
}
export interface Sorter {
  id: string;
  kind: "sorter";
  title: string;
  intro: string;
  buckets: Bucket[];
  items: Item[];
}
export interface Column {
  id: string;
  name: string;
  meaning: string;
}
export interface Row {
  id: string;
  name: string;
  cells: string[];
  note: string;
}
export interface Table {
  id: string;
  kind: "table";
  title: string;
  intro: string;
  columns: Column[];
  rows: Row[];
}
/** Somebody to place on a map. */
export interface Person {
  id: string;
  name: string;
  text: string;
}
export interface CitizenMap {
  id: string;
  kind: "citizen_map";
  title: string;
  intro: string;
  /** Innermost first. */
  arenas: Bucket[];
  people: Person[];
}
/** A step of a scale. */
export interface Step {
  id: string;
  name: string;
}
export interface Topic {
  id: string;
  question: string;
  positions: { source: string; text: string }[];
  note: string | null;
}
export interface Comparison {
  id: string;
  kind: "comparison";
  title: string;
  intro: string;
  statement: string;
  scale: Step[];
  topics: Topic[];
  own_voice: string;
}
export interface Statement {
  id: string;
  name: string;
  text: string;
  low: string;
  high: string;
}
export interface Assessment {
  id: string;
  kind: "assessment";
  title: string;
  intro: string;
  /** The lowest first. */
  levels: Step[];
  statements: Statement[];
}
/** Words that the language check looks for. */
export interface Term {
  id: string;
  words: string[];
  instead: string[];
  reason: string;
  own: boolean;
  sources: string[];
}
export interface Language {
  id: string;
  kind: "language";
  title: string;
  intro: string;
  /** An example to try the check on. */
  letter: string;
  terms: Term[];
}
/** A place in a letter, in whole characters; what is said about it is its term's. */
export interface LetterFinding {
  start: number;
  end: number;
  term: string;
  instead: string[];
  reason: string;
  own: boolean;
  sources: string[];
}
export interface CheckedLetter {
  words: number;
  /** How many of the words are marked. */
  marked: number;
  findings: LetterFinding[];
}
export interface Plan {
  id: string;
  kind: "plan";
  title: string;
  intro: string;
  questions: { id: string; title: string; help: string | null }[];
  columns: { id: string; name: string }[];
  rows: number;
  reminder: { days: number; title: string; questions: string[] } | null;
}
/** What the trainer looks for: described levels from the lowest to the highest, without points. */
export interface Criterion {
  name: string;
  levels: string[];
}
/** A reflection; `question` is Markdown. */
export interface Reflection {
  id: string;
  kind: "reflection";
  title: string;
  question: string;
  assignment: string;
  prompts: { title: string }[];
}
/** What the check says about a reflection, or about one of its answers; what does not stop it is a warning. */
export interface Finding {
  code: string;
  prompt: number | null;
  text: string;
  stops: boolean;
}
export interface Feedback {
  verdict: "done" | "talk";
  comment: string;
  rubric: Criterion[];
  returned_at: string;
}
/** A text that is written here, as the service tells it; times are UTC. */
export interface Stored {
  version: string;
  answers: string[];
  /** The version of the activity that `answers` were written in. */
  written: string;
  revision: number;
  /** When the draft was saved; null where there is none. */
  saved_at: string | null;
  /** About the draft: what its author may look at. */
  warnings: Finding[];
  completed: string[];
}
/** Who stores a text. */
export interface TextLine<S extends Stored> {
  /** Whether a service does. */
  durable: boolean;
  mine(): Promise<S>;
  save(answers: string[], revision: number): Promise<S>;
  /** The last chance, while the page closes. */
  leave(answers: string[], revision: number): void;
  discard(): Promise<S>;
}
/** Where a learner is with a plan: its questions' answers, then the table row by row. */
export interface PlanStanding extends Stored {
  finished_at: string | null;
  /** Whether it was finished as the plan is now. */
  current: boolean;
}
/** Where a learner is with a reflection; `answers` are the draft where there is one, else what was sent. */
export interface Standing extends Stored {
  status: "none" | "draft" | "sent" | "read" | "done" | "talk";
  /** What was sent and counts. */
  sent: string[] | null;
  submitted_at: string | null;
  shared: boolean;
  private: boolean;
  late: boolean;
  passed: boolean;
  /** About what was sent. */
  findings: Finding[];
  feedback: Feedback | null;
  trainer_names: string[];
}
/** What became of a notebook that was handed in, by reflection. */
export interface HandedIn {
  activities: Record<string, string>;
  became: Record<string, string>;
  findings: Record<string, Finding[]>;
  notes: string[];
  completed: string[];
}
/** The text that has not reached the service yet, as the browser keeps it. */
export interface TextDraft {
  version: string;
  /** The service's revision that it goes on from. */
  revision: number;
  answers: string[];
  /** Texts that were sent without an answer coming back: the service may have one of them. */
  unsure: string[][];
}
export interface Source {
  label: string;
  url: string;
  /** Whose interest it speaks for, where sources are compared. */
  interest?: string;
}

/** What anywidget and the page's host hand to `render`. */
export interface Model {
  get(name: string): any;
  on(event: string, listener: (message: any) => void): void;
  off(event: string, listener: (message: any) => void): void;
  send(content: unknown): void;
}
export interface RenderContext {
  model: Model;
  el: HTMLElement;
}

export interface Result {
  id: string;
  choice: string;
  /** null where nothing is right or wrong. */
  correct: boolean | null;
  /** Where the authors would place it, where nothing is right or wrong. */
  ours: string | null;
  feedback: string;
}
export interface Outcome {
  finished: boolean;
  passed: boolean;
  ending: string | null;
  values: Record<string, number> | null;
  score: number | null;
  results: Result[];
}
/** A stored attempt, or the kernel's answer to one that is not stored. */
export interface Attempt {
  key: string;
  version: string;
  choices: string[];
  recorded: boolean;
  outcome: Outcome;
  completed: string[];
}
/** A path that has not reached the service yet. */
export interface Entry {
  key: string;
  choices: string[];
}
export interface Transport {
  /** Whether answers are stored by a service; a kernel only judges. */
  durable: boolean;
  send(entry: Entry): Promise<Attempt>;
  newest(): Promise<Attempt | null>;
}
export interface DraftData {
  version: string;
  queue: Entry[];
  /** Where the learner is, when no service stores it. */
  local: string[];
  /** Placings that have not been checked yet. */
  placing: Record<string, string>;
  /** The stored path as JSON, as this browser knew it; "" where it knew none. */
  known: string;
}
export type SaveState =
  | "idle" | "saving" | "saved" | "waiting" | "offline" | "full" | "signed-out" | "forbidden" | "changed" | "local" | "unsaved" | "kernel" | "cpr" | "conflict" | "too-long";
