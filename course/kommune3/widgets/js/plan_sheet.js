// A plan to look at and to take along: on paper, as text, as a reminder in the calendar.
import { button, h, paragraphs, uuid } from "./dom.js";
import { calendar, dayAfter } from "./ics.js";
import { filledRows, plainText } from "./plan_text.js";

/** @import {Plan} from "./types" */
/** @import {Frame} from "./frame.js" */

/** The answers as they are read. @param {Frame} frame @param {Plan} plan @param {string[]} answers
 * @param {"h2" | "h5"} level of the questions */
export function sheet({ t }, plan, answers, level = "h5") {
  const none = () => [h("p", { class: "k3-small" }, t("not_answered"))];
  const asked = plan.questions.flatMap(({ title }, at) => {
    const text = answers[at]?.trim();
    return [h(level, { class: "k3-subtitle" }, title), h("div", { class: "k3-own-words" }, ...(text ? paragraphs(text) : none()))];
  });
  return h("div", { class: "k3-plan-text" }, ...asked, ...table(t, plan, filledRows(plan, answers)));
}

/** @param {Frame["t"]} t @param {Plan} plan @param {string[][]} rows */
function table(t, plan, rows) {
  if (!rows.length) return [];
  const heads = plan.columns.map(({ name }) => h("th", { scope: "col" }, name));
  const body = rows.map((row) => h("tr", {}, ...row.map((cell) => h("td", {}, cell))));
  const part = h("table", { class: "k3-table" }, h("caption", {}, t("agreements")), h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...body));
  return [h("div", { class: "k3-scroll", tabindex: "0", role: "region", "aria-label": t("agreements") }, part)];
}

/** The buttons, and what the reminder will ask. @param {Frame} frame @param {Plan} plan @param {() => string[]} answers */
export function taking(frame, plan, answers) {
  const { t } = frame;
  const buttons = [
    button(t("print_plan"), () => print(frame, plan, answers())),
    button(t("download_plan"), () => save(`${plan.id}.txt`, "text/plain", lines(frame, plan, answers()))),
  ];
  const { reminder } = plan;
  if (reminder) buttons.push(button(t("download_reminder"), () => remind(frame, plan, answers())));
  const when = reminder && new Intl.DateTimeFormat(frame.root.lang, { dateStyle: "long" }).format(dayAfter(new Date(), reminder.days));
  return h(
    "div",
    { class: "k3-take", role: "group", "aria-label": t("take_it_with_you") },
    h("div", { class: "k3-buttons" }, ...buttons),
    when && h("p", { class: "k3-small" }, t("reminder_told", { when })),
  );
}

/** A byte order mark tells older programs that it is UTF-8. @param {Frame} frame @param {Plan} plan @param {string[]} answers */
function lines({ t }, plan, answers) {
  return `\ufeff${plainText(plan, answers, t("not_answered")).replace(/\r?\n/g, "\r\n")}`;
}

/** @param {Frame} frame @param {Plan} plan @param {string[]} answers */
function remind({ t }, plan, answers) {
  if (!plan.reminder) return;
  const { days, title, questions } = plan.reminder;
  const asks = [t("reminder_asks"), ...questions.map((each) => `- ${each}`)].join("\n");
  const text = `${asks}\n\n${plainText(plan, answers, t("not_answered"))}`;
  save(`${plan.id}.ics`, "text/calendar", calendar({ uid: uuid(), now: new Date(), days, title, text: text.trim() }));
}

/** Hands a file to the browser. @param {string} name @param {string} kind @param {string} text */
function save(name, kind, text) {
  const href = URL.createObjectURL(new Blob([text], { type: `${kind};charset=utf-8` }));
  const link = h("a", { href, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // a slow tablet asks where to put it first
}

/** Prints the plan and nothing of the page around it. @param {Frame} frame @param {Plan} plan @param {string[]} answers */
function print(frame, plan, answers) {
  const page = h("div", { class: "k3-sheet", lang: frame.root.lang }, h("h1", {}, plan.title), sheet(frame, plan, answers, "h2"));
  const root = document.documentElement;
  document.body.append(page);
  root.classList.add("k3-printing");
  function end() {
    root.classList.remove("k3-printing");
    page.remove();
  }
  addEventListener("afterprint", end, { once: true, signal: frame.signal });
  frame.signal.addEventListener("abort", end, { once: true });
  globalThis.print();
}
