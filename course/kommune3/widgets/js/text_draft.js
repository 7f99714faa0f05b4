// A text that has not reached the service yet, kept in the browser; never one with a CPR number in it.
import { cprPlaces } from "./cpr.js";
import { uuid } from "./dom.js";
import { normal } from "./normal.js";

/** @import {TextDraft} from "./types" */

/** @param {unknown} value */
const isTexts = (value) => Array.isArray(value) && value.every((text) => typeof text === "string");

/** A text as the service keeps it, so that its answer can be compared with what was written; the twin of
 * `engine.answers.tidy`. @param {string} text */
export function tidy(text) {
  const plain = text
    .replace(/\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]/g, "\n")
    .replace(/[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]|\p{Cs}/gu, "")
    .replace(/\t/g, " ")
    .replace(/(?![\u200c\u200d])\p{Cf}/gu, "")
    .replace(/\uff04/g, "$")
    .replace(/\u29f5/g, "\\");
  return normal("NFC", plain)
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Whether two sets of answers say the same. @param {string[]} one @param {string[]} other */
export function same(one, other) {
  const most = Math.max(one.length, other.length);
  return Array.from({ length: most }, (_, at) => tidy(one[at] ?? "") === tidy(other[at] ?? "")).every(Boolean);
}

/** Whether nothing is written. @param {string[]} answers */
export const blank = (answers) => answers.every((answer) => !answer.trim());

/** Answers to another number of prompts: what is too many goes to the last, so that nothing is lost.
 * @param {string[]} answers @param {number} count */
export function fitted(answers, count) {
  const fit = Array.from({ length: count }, (_, at) => answers[at] ?? "");
  const rest = answers.slice(count).filter((text) => text.trim());
  if (rest.length) fit[count - 1] = [fit[count - 1], ...rest].filter(Boolean).join("\n\n");
  return fit;
}

/** What stands in the browser: a tab's text, and those of other tabs that wrote there meanwhile, by tab.
 * @typedef {TextDraft & {tab: string, beside: Record<string, string[]>}} Kept */

/** @param {string} account @param {string} activity @param {string} version */
export function textDraft(account, activity, version) {
  const key = `kommune3:${account}:${activity}`;
  const tab = uuid();
  /** @type {string[] | null} */
  let mine = null; // the last text that this tab kept there or found there

  /** @returns {Kept | null} what is kept, of whatever version */
  function read() {
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? "null");
      if (!kept || !isTexts(kept.answers) || blank(kept.answers)) return null;
      const unsure = Array.isArray(kept.unsure) ? kept.unsure.filter(isTexts) : [];
      const beside = Object.entries(kept.beside ?? {}).filter(([, answers]) => isTexts(answers));
      const known = { version: String(kept.version), revision: Number(kept.revision) || 0, tab: String(kept.tab) };
      return { ...known, answers: kept.answers, unsure, beside: Object.fromEntries(beside) };
    } catch {
      return null;
    }
  }

  /** What other tabs have there, but for what says the same as this one. @param {Kept | null} kept @param {string[]} own */
  function others(kept, own) {
    if (!kept) return [];
    const found = mine && same(kept.answers, mine);
    const all = kept.tab === tab || found ? kept.beside : { ...kept.beside, [kept.tab]: kept.answers };
    return Object.entries(all).filter(([who, answers]) => who !== tab && !same(answers, own));
  }

  /** @param {Kept | null} kept null takes it away @returns {boolean} whether storage, which may be blocked, took it */
  function put(kept) {
    try {
      if (kept) localStorage.setItem(key, JSON.stringify(kept));
      else localStorage.removeItem(key);
      return true;
    } catch {
      return false;
    }
  }

  /** Takes away the text that is stored now, and leaves what other tabs wrote. @param {string[]} stored */
  function forget(stored) {
    const kept = read();
    const [[who, answers] = [], ...rest] = others(kept, stored);
    const left = kept && who && answers && { ...kept, unsure: [], answers, tab: who, beside: Object.fromEntries(rest) };
    return put(left || null);
  }

  return {
    /** What was left here, and in how many tabs. @param {(texts: string[][]) => string[]} whole makes one text of theirs */
    open(whole) {
      const kept = read();
      if (!kept) return null;
      const texts = [kept.answers, ...Object.values(kept.beside)];
      const left = { ...kept, answers: whole(texts), tab, beside: {} };
      const several = texts.length > 1 && !cprPlaces(left.answers).length && put(left);
      mine = several ? left.answers : kept.answers;
      return { ...left, tabs: texts.length };
    },
    /** Keeps a text, beside those of other tabs; whether it is kept. @param {Omit<TextDraft, "version">} draft */
    write(draft) {
      if (cprPlaces(draft.answers).length) return false;
      if (blank(draft.answers)) return forget(draft.answers);
      const kept = put({ version, ...draft, tab, beside: Object.fromEntries(others(read(), draft.answers)) });
      if (kept) mine = draft.answers;
      return kept;
    },
    forget,
    /** Takes away whatever is kept: the learner chose so. */
    clear: () => put(null),
  };
}

/** @typedef {ReturnType<typeof textDraft>} Drafts */
