// One code moved, retired, restored; several made one, after a look at every coding that is touched.
import { element } from "./looks.js";
import { treeOf } from "./codebook.js";
import { BLIND, KEPT, codeOptions, fieldOf, lineOf, reasonOf, selectOf, tableOf, whoOf, workForm } from "./forms.js";

// A code and all that lies under it.
function familyOf(codes, code) {
  const tree = treeOf(codes);
  const from = tree.findIndex((one) => one.code === code);
  const after = tree.findIndex((one, place) => place > from && one.depth <= tree[from].depth);
  return tree.slice(from, after < 0 ? undefined : after).map((one) => one.code);
}

export function moveView(work, { code }) {
  const { desk } = work;
  const options = [[KEPT, "– none: a family of its own –"], ...codeOptions(desk, familyOf(desk.codes, code.code))];
  const [parent, reason] = [selectOf(options, code.parent ?? KEPT), reasonOf()];
  const save = () => ({ ask: "move code", code: code.code, parent: parent.value, reason: reason.value });
  const form = workForm(work, { does: "Move", save, after: () => work.open(code.code) }, fieldOf("Under", parent), fieldOf("Why", reason));
  work.show(`Move ${desk.name(code.code)}`, [form]);
}

export function retireView(work, { code, used }) {
  const { desk } = work;
  const [heir, reason] = [selectOf([[KEPT, "– none –"], ...codeOptions(desk, [code.code])]), reasonOf()];
  const save = () => ({ ask: "retire code", code: code.code, heir: heir.value, reason: reason.value });
  const told = element("p", { text: `No more is coded with it. Its codings (${used}) stay as they are; to give them another code, merge it into that one.` });
  const form = workForm(work, { does: "Retire", save, after: () => work.open(code.code) }, told, fieldOf("To be used instead", heir), fieldOf("Why", reason));
  work.show(`Retire ${desk.name(code.code)}`, [form]);
}

export function restoreView(work, { code }) {
  const reason = reasonOf();
  const save = () => ({ ask: "restore code", code: code.code, reason: reason.value });
  const told = element("p", { text: "It is opened to coding again. What was merged away from it stays where it is." });
  const form = workForm(work, { does: "Restore", save, after: () => work.open(code.code) }, told, fieldOf("Why", reason));
  work.show(`Restore ${work.desk.name(code.code)}`, [form]);
}

// Make other codes one with this.
export function mergeView(work, { code }) {
  const { desk } = work;
  const shown = element("div", { class: "wd-preview", "aria-live": "polite" });
  const boxes = treeOf(desk.codes).filter((one) => one.status === "active" && one.code !== code.code).map((one) => boxOf(desk, one, () => look()));
  const narrow = lineOf("", { type: "search", oninput: () => boxes.forEach(({ row, words }) => (row.hidden = !words.includes(narrow.value.toLocaleLowerCase("sv")))) });
  const chosen = () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
  const look = () => mergePreview(work, chosen(), code.code, shown);
  const reason = reasonOf();
  const save = () => (chosen().length ? { ask: "merge codes", sources: chosen(), into: code.code, reason: reason.value } : "Mark at least one code that is to become one with this.");
  const codes = element("fieldset", { class: "wd-boxes" }, element("legend", { text: `These end, and ${desk.name(code.code)} takes their place` }), fieldOf("Narrow down", narrow), ...boxes.map(({ row }) => row));
  work.show(`Merge into ${desk.name(code.code)}`, [workForm(work, { does: "Merge", save, after: () => work.open(code.code) }, codes, shown, fieldOf("Why", reason))]);
}

function boxOf(desk, one, look) {
  const box = element("input", { type: "checkbox", value: one.code, onchange: look });
  const row = element("label", { style: `--wd-depth: ${one.depth}` }, box, desk.name(one.code));
  return { box, row, words: `${desk.name(one.code)} ${one.code}`.toLocaleLowerCase("sv") };
}

async function mergePreview(work, sources, into, shown) {
  const { desk } = work;
  if (!sources.length) return shown.replaceChildren();
  const answer = await desk.ask({ ask: "merge preview", sources, into });
  if (!answer.ok) return shown.replaceChildren(element("p", { class: "wd-wrong", text: answer.told }));
  const alike = answer.rows.filter((one) => one.alike).length;
  const becomes = (one) => (one.alike ? `goes: the same words by ${one.coder} are ${desk.name(into)} already` : desk.name(into));
  const rows = answer.rows.map((one) => [one.quote, one.coder, whoOf(desk, one), desk.name(one.code_before), becomes(one)]);
  const notes = [
    alike ? `${alike} of them would be there twice, and go.` : null,
    answer.children.length ? `Under ${desk.name(into)} comes also: ${answer.children.map((one) => desk.name(one)).join(", ")}.` : null,
    answer.memos ? `Memos that come along: ${answer.memos}.` : null,
    answer.blind ? BLIND : null,
  ].filter(Boolean);
  shown.replaceChildren(...notes.map((text) => element("p", { text })), tableOf(`Codings that the merge touches: ${rows.length}`, ["Words", "Coder", "Whose, when", "Is", "Becomes"], rows));
}
