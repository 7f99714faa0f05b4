// What has not reached the service yet, kept in the browser. Storage may be blocked: then we go on without.

/** @import {DraftData} from "./types" */

/** @param {unknown} path */
const isPath = (path) => Array.isArray(path) && path.every((choice) => typeof choice === "string");

/** A draft without what no page of ours has written: one broken entry must not keep the others from being sent.
 * @param {DraftData} data @returns {DraftData} */
function sound({ version, queue, local, placing, known }) {
  return {
    version,
    queue: queue.filter((entry) => typeof entry?.key === "string" && isPath(entry.choices)),
    local: isPath(local) ? local : [],
    placing: placing && typeof placing === "object" ? placing : {},
    known: typeof known === "string" ? known : "",
  };
}

/** @param {string} account @param {string} activity @param {string} version */
export function openDraft(account, activity, version) {
  const key = `kommune3:${account}:${activity}`;
  /** Keys that were sent from here, so that a merge with another tab's copy leaves them out.
   * @type {Set<string>} */
  const sent = new Set();
  /** @returns {DraftData} */
  const empty = () => ({ version, queue: [], local: [], placing: {}, known: "" });

  /** The stored draft, of whatever version; null when there is none. @returns {DraftData | null} */
  function stored() {
    try {
      const data = JSON.parse(localStorage.getItem(key) ?? "null");
      return data && Array.isArray(data.queue) ? sound({ ...empty(), version: "", ...data }) : null;
    } catch {
      return null;
    }
  }

  /** @param {DraftData} data @returns {boolean} whether it was kept */
  function keep(data) {
    try {
      const nothing = !data.queue.length && !data.local.length && !Object.keys(data.placing).length;
      if (nothing) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(data));
      return true;
    } catch {
      return false;
    }
  }

  return {
    /** The draft of this version, and whether one of another version was thrown away. */
    read() {
      const data = stored();
      if (data?.version === version) return { data, outdated: false };
      return { data: empty(), outdated: Boolean(data) };
    },
    /** @param {string} entry the key of a path that is stored now */
    forget(entry) {
      sent.add(entry);
    },
    /** Keeps my part, and another tab's unsent paths beside it. @param {Partial<DraftData>} mine */
    write(mine) {
      const before = this.read().data;
      const own = mine.queue ?? [];
      const others = before.queue.filter(
        (entry) => !sent.has(entry.key) && !own.some((each) => each.key === entry.key),
      );
      return keep({ ...before, ...mine, queue: [...others, ...own] });
    },
    clear: () => keep(empty()),
  };
}

/** @typedef {ReturnType<typeof openDraft>} Draft */
