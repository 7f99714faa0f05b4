// What browser tests ask of a page beside axe. Each function answers with a list of sentences: what is wrong.
globalThis.inspect = (() => {
  const shown = (each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const within = (inside) => (inside ? document.querySelector(inside) : document);
  const say = (each) =>
    `<${each.localName} class="${each.getAttribute("class") ?? ""}"> ${each.textContent.trim().slice(0, 50)}`;
  const text = (id) => document.getElementById(id)?.textContent ?? "";

  function name(each) {
    const labelled = (each.getAttribute("aria-labelledby") ?? "").split(/\s+/).map(text).join(" ");
    return (each.getAttribute("aria-label") || labelled).trim();
  }

  /** Wait until nothing moves: half faded in, all is pale. */
  async function still() {
    const ended = Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => null)));
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 2000))]);
  }

  /** Take out all that stands beside a part and what it lies in; call what it returns to put it back. */
  function alone(inside) {
    const [x, y, focused] = [scrollX, scrollY, document.activeElement];
    const taken = [];
    for (let each = within(inside); each !== document.body; each = each.parentElement)
      for (const other of [...each.parentElement.children].filter((one) => one !== each)) {
        const place = document.createComment("");
        other.replaceWith(place);
        taken.push([place, other]);
      }
    return () => {
      for (const [place, other] of taken) place.replaceWith(other);
      focused.focus({ preventScroll: true });
      scrollTo(x, y);
    };
  }

  async function axeFinds(inside, runOnly) {
    await still();
    // axe looks at the whole page, whatever it is asked about, which takes seconds of a long one.
    const back = inside ? alone(inside) : () => {};
    // No rule that is asked for needs the style sheets, which axe would otherwise fetch again.
    const options = { runOnly, resultTypes: ["violations"], preload: false };
    const { violations } = await axe.run(within(inside), options).finally(back);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`),
    );
  }

  /** Text that is too pale, by axe's own reckoning from what lies under it. For a second colour scheme: the first is
   * left to axe, which works out anew, for half a second, what lies over what; that is the same in both. */
  async function pale(inside) {
    await still();
    const { Color, flattenColors, getContrast } = axe.commons.color;
    const over = (css, opacity, behind) => {
      const colour = new Color().parseString(css) ?? new Color();
      colour.alpha *= opacity;
      return flattenColors(colour, behind);
    };
    const known = new Map([[null, { behind: new Color(255, 255, 255, 1), seen: 1 }]]);
    const under = (each) => {
      if (known.has(each)) return known.get(each);
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(each);
      const { behind: below, seen: before } = under(each.parentElement);
      const seen = before * Number(opacity);
      const plain = below && backgroundImage === "none";
      const all = { behind: plain ? over(backgroundColor, seen, below) : null, seen };
      known.set(each, all);
      return all;
    };
    const seen = new Set();
    const found = [];
    for (const each of within(inside).querySelectorAll("*")) {
      const words = [...each.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
      if (!words && !each.matches("input, textarea")) continue;
      const { behind, seen: opacity } = under(each);
      const { color, fontSize, fontWeight } = getComputedStyle(each);
      const key = `${color} seen ${opacity} on ${behind?.toHexString()}, ${fontSize} ${fontWeight}`;
      if (!behind || seen.has(key) || !shown(each) || each.closest(":disabled, [aria-disabled=true], svg")) continue;
      seen.add(key);
      const size = parseFloat(fontSize);
      const least = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700) ? 3 : 4.5;
      const contrast = getContrast(behind, over(color, opacity, behind));
      if (contrast < least) found.push(`contrast ${contrast.toFixed(2)} (${key}): ${say(each)}`);
    }
    return found;
  }

  /** Names of groups, states of toggles: axe passes over them. */
  function byHand(inside) {
    const found = [];
    const all = (css) => [...within(inside).querySelectorAll(css)].filter(shown);
    for (const each of all("fieldset")) {
      if (!name(each) && !each.querySelector(":scope > legend")?.textContent.trim())
        found.push(`fieldset without a name: ${say(each)}`);
    }
    for (const each of all("[role=group], [role=radiogroup], [role=region], nav, [role=search]"))
      if (!name(each)) found.push(`group without a name: ${say(each)}`);
    for (const each of all("[aria-labelledby]")) if (!name(each)) found.push(`an empty name: ${say(each)}`);
    for (const each of all("[role=switch], [role=checkbox]"))
      if (!each.hasAttribute("aria-checked")) found.push(`toggle without a state: ${say(each)}`);
    for (const each of all("[aria-controls]"))
      if (!each.hasAttribute("aria-expanded")) found.push(`does not say whether it is open: ${say(each)}`);
    for (const each of all("input[type=radio]"))
      if (!each.closest("fieldset, [role=radiogroup]")) found.push(`radio button outside a group: ${each.name}`);
    for (const each of all("[tabindex]")) if (each.tabIndex > 0) found.push(`its own tab order: ${say(each)}`);
    for (const each of all("table")) if (!each.caption && !name(each) && !each.closest("[role=region]"))
      found.push(`table without a name: ${say(each)}`);
    return found;
  }

  /** Language, one h1, the order of headings, ids, links within the page, landmarks. */
  function wholePage() {
    const found = [];
    if (document.documentElement.lang !== "da") found.push(`lang is ${document.documentElement.lang}`);
    const heads = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown);
    const ones = heads.filter((each) => each.localName === "h1").length;
    if (ones !== 1) found.push(`${ones} headings of the first level`);
    heads.forEach((each, at) => {
      const [before, level] = [Number(heads[at - 1]?.localName[1] ?? 0), Number(each.localName[1])];
      if (level > before + 1) found.push(`h${before} is followed by h${level}: ${each.textContent}`);
      if (!each.textContent.trim()) found.push(`an empty ${each.localName}`);
    });
    const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
    for (const id of ids.filter((one, at) => ids.indexOf(one) !== at)) found.push(`id twice: ${id}`);
    for (const each of document.querySelectorAll('a[href^="#"]'))
      if (!document.getElementById(decodeURIComponent(each.hash.slice(1)))) found.push(`leads nowhere: ${each.hash}`);
    for (const landmark of ["header", "main", "footer"])
      if (!document.querySelector(`body > ${landmark}`)) found.push(`no ${landmark}`);
    return found;
  }

  /** A target may be small within a sentence, as in WCAG 2.5.8, or where a pseudo-element enlarges it. */
  function excepted(each) {
    const after = getComputedStyle(each, "::after");
    const enlarged = after.position === "absolute" && after.content !== "none";
    const inline = each.localName === "a" && getComputedStyle(each).display === "inline";
    return enlarged || each.closest(".ds-skip-link, .ds-sr-only") || (inline && each.closest("p, li, td, th"));
  }

  /** What is smaller to hit than `least` CSS pixels. */
  function small(inside, least) {
    const css = "a[href], button, input:not([type=hidden]), select, summary";
    return [...within(inside).querySelectorAll(css)]
      .filter((each) => shown(each) && !excepted(each))
      .map((each) => ({ each, box: (each.closest("label") ?? each).getBoundingClientRect() }))
      .filter(({ box }) => box.width < least - 0.5 || box.height < least - 0.5)
      .map(({ each, box }) => `hard to hit (${Math.round(box.width)} x ${Math.round(box.height)}): ${say(each)}`);
  }

  /** Where something scrolls sideways by itself, and so may be wider than the page. */
  function scroller(each) {
    for (let up = each; up && up !== document.body; up = up.parentElement)
      if (["auto", "scroll"].includes(getComputedStyle(up).overflowX)) return up;
    return null;
  }

  /** What sticks out of the page, or is cut off. */
  function tooWide() {
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} wide in ${innerWidth}`);
    for (const each of document.body.querySelectorAll("*")) {
      const box = each.getBoundingClientRect();
      if (box.right <= innerWidth + 1 && each.scrollWidth <= each.clientWidth + 1) continue; // most of all there is
      if (!shown(each) || each.closest(".ds-sr-only, .k3-hidden, .ds-skip-link, svg *, caption")) continue;
      const style = getComputedStyle(each);
      if (box.width <= 1 || style.clipPath !== "none" || each.closest("thead")?.matches("[style], *") && style.position === "absolute") continue;
      if (box.right > innerWidth + 1 && !scroller(each) && !each.closest("thead")) found.push(`sticks out to ${Math.round(box.right)}: ${say(each)}`);
      const cut = ["hidden", "clip"].includes(style.overflowX) && each.scrollWidth > each.clientWidth + 1;
      if (cut && each.textContent.trim()) found.push(`is cut off: ${say(each)}`);
    }
    for (const each of document.querySelectorAll("svg[viewBox]")) {
      if (!shown(each)) continue;
      const frame = each.getBoundingClientRect();
      for (const word of each.querySelectorAll("text")) {
        const box = word.getBoundingClientRect();
        if (box.width && (box.right > frame.right + 2 || box.left < frame.left - 2)) found.push(`text outside its drawing: ${word.textContent}`);
        if (box.height && box.height < 11) found.push(`drawn text ${Math.round(box.height)} px high: ${word.textContent}`);
      }
    }
    return found;
  }

  /** Whether the focus is at what was wanted, and whether it can be seen. */
  function place(wanted) {
    const here = document.activeElement;
    if (!here || here === document.body) return { lost: true, seen: false, there: false, text: "nothing" };
    const marks = [here, here.closest("label, .k3-step, .k3-role, .k3-cohort")].filter(Boolean).map((each) => getComputedStyle(each));
    const seen = marks.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
    return { lost: false, seen, there: here.matches(wanted), text: say(here) };
  }

  return { axeFinds, pale, byHand, wholePage, small, tooWide, place };
})();
