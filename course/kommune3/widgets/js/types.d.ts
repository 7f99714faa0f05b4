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
/** Where a learner is with a reflection, as the service tells it; times are UTC. */
export interface Standing {
  version: string;
  status: "none" | "draft" | "sent" | "read" | "done" | "talk";
  /** The draft where there is one, else what was sent, else empty. */
  answers: string[];
  /** The version of the activity that `answers` were written in. */
  written: string;
  revision: number;
  /** When the draft was saved; null where there is none. */
  saved_at: string | null;
  /** What was sent and counts. */
  sent: string[] | null;
  submitted_at: string | null;
  shared: boolean;
  private: boolean;
  late: boolean;
  passed: boolean;
  /** About what was sent. */
  findings: Finding[];
  /** About the draft: what its author may look at before it is sent. */
  warnings: Finding[];
  feedback: Feedback | null;
  completed: string[];
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
  correct: boolean;
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
}
export type SaveState =
  | "idle" | "saving" | "saved" | "waiting" | "offline" | "full" | "signed-out" | "forbidden" | "changed" | "local" | "unsaved" | "kernel" | "cpr" | "conflict" | "too-long";
