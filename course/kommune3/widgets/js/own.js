// What somebody thinks: a stand, the levels of a self-assessment. It is kept in this browser and never sent.

/** @param {unknown} kept @returns {Record<string, string>} */
function sound(kept) {
  if (!kept || typeof kept !== "object") return {};
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => typeof value === "string"));
}

/** The key begins as a draft's does, so that the page takes it away with the drafts when somebody else signs in.
 * @param {string} account @param {string} activity */
export function openOwn(account, activity) {
  const key = `kommune3:${account}:${activity}:own`;
  let kept = true;
  /** @type {Record<string, string>} */
  let held = {}; // where storage is blocked, it lasts as long as the page

  /** Another tab may have written meanwhile. @returns {Record<string, string>} */
  function read() {
    if (!kept) return held;
    try {
      return sound(JSON.parse(localStorage.getItem(key) ?? "null"));
    } catch {
      return held;
    }
  }

  return {
    read,
    /** @param {string} name @param {string} value @returns {boolean} whether the browser keeps it */
    set(name, value) {
      held = { ...read(), [name]: value };
      try {
        localStorage.setItem(key, JSON.stringify(held));
      } catch {
        kept = false;
      }
      return kept;
    },
    clear() {
      held = {};
      try {
        localStorage.removeItem(key);
      } catch {
        // Storage may be blocked: then nothing is there.
      }
    },
  };
}

/** @typedef {ReturnType<typeof openOwn>} Own */
