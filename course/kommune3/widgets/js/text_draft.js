// A text that has not reached the service yet, kept in the browser; never one with a CPR number in it.
import { cprPlaces } from "./cpr.js";
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

/** @param {string} account @param {string} activity @param {string} version */
export function textDraft(account, activity, version) {
  const key = `kommune3:${account}:${activity}`;
  /** @type {string[] | null} */
  let mine = null; // the last text that this tab kept there or found there

  /** @returns {TextDraft | null} what is kept, of whatever version */
  function read() {
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? "null");
      if (!kept || !isTexts(kept.answers) || blank(kept.answers)) return null;
      const unsure = Array.isArray(kept.unsure) ? kept.unsure.filter(isTexts) : [];
      return { version: String(kept.version), revision: Number(kept.revision) || 0, answers: kept.answers, unsure };
    } catch {
      return null;
    }
  }

  function clear() {
    try {
      localStorage.removeItem(key);
    } catch {
      // Storage may be blocked: then nothing is kept there.
    }
  }

  return {
    /** What was left here. */
    open() {
      const kept = read();
      mine = kept && kept.answers;
      return kept;
    },
    /** Keeps a text; whether it is kept. @param {Omit<TextDraft, "version">} draft */
    write(draft) {
      if (cprPlaces(draft.answers).length) return false;
      try {
        localStorage.setItem(key, JSON.stringify({ version, ...draft }));
        mine = draft.answers;
        return true;
      } catch {
        return false;
      }
    },
    /** Takes away the text that is stored now, and leaves what another tab wrote. @param {string[]} stored */
    forget(stored) {
      const kept = read();
      if (!kept || same(kept.answers, stored) || (mine && same(kept.answers, mine))) clear();
    },
    /** Takes away whatever is kept: the learner chose so. */
    clear,
  };
}

/** @typedef {ReturnType<typeof textDraft>} Drafts */
