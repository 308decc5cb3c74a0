// A code's page: what it is, how it came to be, how it is used and by whom; and its words edited.
import { element } from "./looks.js";
import { MEMOS, askFor } from "./dialogs.js";
import { mergeView, moveView, restoreView, retireView } from "./changes.js";
import { BLIND, TONGUES, fieldOf, lineOf, partOf, reasonOf, tableOf, whoOf, areaOf, workForm } from "./forms.js";
import { splitView } from "./splitting.js";

const WORDED = [["name", "Name"], ["definition", "Definition"], ["include", "Include"], ["exclude", "Exclude"], ["example", "Example"]];
const DONE = { add: "added", rename: "renamed", redefine: "worded anew", move: "moved", retire: "retired", restore: "restored" };

export function codePage(work, page) {
  const { desk } = work;
  const { code } = page;
  const acts = actsOf(work, page);
  const parts = [
    element("div", { class: "wd-tools", role: "toolbar", "aria-label": "What to do with the code" }, ...acts.map(([key, text, act]) => element("button", { type: "button", text: `${text} (${key})`, onclick: act }))),
    element("p", { class: "wd-told", text: standingOf(desk, page) }),
    wordedList(code),
    page.children.length ? partOf("Under it", codeButtons(work, page.children)) : null,
    usePart(desk, page),
    partOf("How it came to be", element("ol", { class: "wd-steps" }, ...page.steps.map((step) => element("li", { text: stepOf(desk, step, code.code) })))),
    memoPart(work, page),
  ];
  work.show(pathOf(desk, code.code), parts, { keys: Object.fromEntries(acts.map(([key, , act]) => [key, act])), page: code.code });
}

function actsOf(work, page) {
  const active = page.code.status === "active";
  const acts = [["e", "Edit", () => editView(work, page)]];
  if (active) acts.push(["m", "Merge", () => mergeView(work, page)], ["s", "Split", () => splitView(work, page)], ["v", "Move", () => moveView(work, page)], ["t", "Retire", () => retireView(work, page)]);
  else acts.push(["t", "Restore", () => restoreView(work, page)]);
  return [...acts, ["n", "Memo", () => memoAbout(work, page.code)]];
}

export function pathOf(desk, code) {
  const above = desk.byCode.get(code)?.parent;
  return above ? `${pathOf(desk, above)} / ${desk.name(code)}` : desk.name(code);
}

export function codeButtons(work, codes) {
  return element("p", { class: "wd-buttons wd-row" }, ...codes.map((code) => element("button", { type: "button", text: work.desk.name(code), onclick: () => work.open(code) })));
}

function standingOf(desk, { code }) {
  const heir = code.replaced_by ? `; use ${desk.name(code.replaced_by)} instead` : "";
  return `${code.code} · since ${code.since} · ${code.status}${heir}`;
}

function wordedList(code) {
  const rows = WORDED.flatMap(([part, text]) => [element("dt", { text }), ...TONGUES.map(([tongue]) => element("dd", { lang: tongue, text: code[`${part}_${tongue}`] ?? "–" }))]);
  return element("dl", { class: "wd-worded" }, ...rows);
}

function usePart(desk, { used, writers, coders, occasions, blind }) {
  const words = used ? `Codings: ${used}, in the words of ${writers} people or groups. By ${coders.map(([coder, count]) => `${coder}: ${count}`).join(", ")}.` : "Nothing is coded with it yet.";
  const counts = tableOf("Codings by occasion", occasions.map(([one]) => desk.choices.occasion[one] ?? one), [occasions.map(([, count]) => `${count}`)]);
  return partOf("How it is used", element("p", { text: words }), blind ? element("p", { text: BLIND }) : null, used ? counts : null);
}

// A step of the lineage in words, as it concerns one code.
export function stepOf(desk, step, code) {
  const named = (codes) => codes.map((one) => desk.name(one)).join(", ");
  const others = (codes) => codes.filter((one) => one !== code);
  const merged = step.after.includes(code) ? `merged with ${named(others(step.before))}, which ended` : `merged into ${named(step.after)}, and ended`;
  const split = step.before.includes(code) ? `split; some of its codings went to ${named(others(step.after))}` : `took over codings when ${named(step.before)} was split`;
  const heir = others(step.after);
  const retired = step.before.includes(code) ? `retired${heir.length ? `; ${named(heir)} is used instead` : ""}` : `to be used instead of ${named(step.before)}, which was retired`;
  const told = { merge: merged, split, retire: retired }[step.act] ?? DONE[step.act];
  return `${step.version}, ${step.day}: ${told}. ${step.reason}`;
}

function memoPart(work, { code, memos }) {
  const list = memos.map((memo) => element("li", {}, element("p", { class: "wd-memo", text: memo.text }), element("p", { class: "wd-told wd-row" }, `${memo.author} · ${memo.written.slice(0, 10)} · ${memo.kind} `, ...memoButtons(work, code, memo))));
  return partOf("Memos about it", memos.length ? element("ul", { class: "wd-memos" }, ...list) : element("p", { text: "None yet." }));
}

function memoButtons(work, code, memo) {
  if (memo.author !== work.desk.coder) return [];
  const about = `memo of ${memo.written.slice(0, 10)}`;
  const again = (asked) => work.desk.do(asked).then(() => work.open(code.code));
  const revise = () => askFor(work.desk, "Revise the memo", [["text", "Memo", "long", memo.text]], ({ text }) => again({ ask: "revise memo", memo: memo.memo, text }));
  return [
    element("button", { type: "button", text: "Revise", "aria-label": `Revise the ${about}`, onclick: revise }),
    element("button", { type: "button", text: "Remove", "aria-label": `Remove the ${about}`, onclick: () => again({ ask: "remove memo", memo: memo.memo }) }),
  ];
}

function memoAbout(work, code) {
  const fields = [["text", "Memo", "long", ""], ["kind", "Kind", "select", "theory", MEMOS.map((kind) => [kind, kind])]];
  askFor(work.desk, `Memo on ${work.desk.name(code.code)}`, fields, (given) => work.desk.do({ ask: "memo", code: code.code, ...given }).then(() => work.open(code.code)));
}

function editView(work, page) {
  const { code } = page;
  const names = WORDED.flatMap(([part]) => TONGUES.map(([tongue]) => `${part}_${tongue}`));
  const was = Object.fromEntries(names.map((name) => [name, code[name]]));
  const inputs = Object.fromEntries(names.map((name) => [name, name.startsWith("name") ? lineOf(was[name], { required: true }) : areaOf(was[name])]));
  const reason = reasonOf();
  const rows = WORDED.map(([part, text]) => element("div", { class: "wd-pair" }, ...TONGUES.map(([tongue, called]) => fieldOf(`${text}, ${called}`, inputs[`${part}_${tongue}`], { lang: null }))));
  const quotes = element("div", { class: "wd-quotes" });
  const offer = element("button", { type: "button", text: "Choose an example from what is coded", onclick: () => offerQuotes(work, code.code, quotes, (quote) => choose(quote)) });
  const choose = ({ quote, language }) => {
    const input = inputs[`example_${language === "en" ? "en" : "sv"}`];
    input.value = quote;
    reason.value ||= "an example from what is coded";
    input.focus();
  };
  const save = () => ({ ask: "edit code", code: code.code, words: Object.fromEntries(names.map((name) => [name, inputs[name].value])), was, reason: reason.value });
  work.show(`Edit ${work.desk.name(code.code)}`, [workForm(work, { does: "Save", save, after: () => work.open(code.code) }, ...rows, element("p", { class: "wd-buttons" }, offer), quotes, fieldOf("Why", reason))]);
}

async function offerQuotes(work, code, place, choose, alone = false) {
  const answer = await work.desk.ask({ ask: "examples", code, alone });
  if (!answer.ok) {
    const anyway = element("button", { type: "button", text: "Show them all the same", onclick: () => offerQuotes(work, code, place, choose, true) });
    place.replaceChildren(element("p", { text: answer.told }), ...(alone ? [] : [element("p", { class: "wd-buttons" }, anyway)]));
    return anyway.focus();
  }
  const rows = answer.quotes.map((one) => element("li", {}, element("button", { type: "button", class: "wd-quote", onclick: () => choose(one) }, `”${one.quote}”`, element("small", { text: `${whoOf(work.desk, one)} · coded by ${one.coder} · read by ${one.visibility}` }))));
  place.replaceChildren(element("p", { class: "wd-told", text: `${rows.length} quotes, of as many people and occasions as there are. An example is read by everybody who has the codebook.` }), element("ul", {}, ...rows));
  place.querySelector("button")?.focus();
}
