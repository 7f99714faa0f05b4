// Sources by their names, as links where they can be read.
import { h } from "./dom.js";

/** @import {Source} from "./types" */

/** @param {string[]} ids @param {Record<string, Source>} sources */
export function cited(ids, sources) {
  return ids.flatMap((id, at) => {
    const { label = id, url = "" } = sources[id] ?? {};
    const name = /^(https?:|#)/.test(url) ? h("a", { href: url }, label) : h("span", {}, label);
    return at ? ["; ", name] : [name];
  });
}
