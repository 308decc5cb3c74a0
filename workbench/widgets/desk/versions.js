// The whole codebook: its file out and in, any two versions compared, the codes that are retired.
import { element } from "./looks.js";
import { codeButtons } from "./codepage.js";
import { fieldOf, partOf, reasonOf, selectOf, workForm } from "./forms.js";

export function bookView(work, { version, text, versions }) {
  const { desk } = work;
  const retired = desk.codes.filter((one) => one.status === "retired").map((one) => one.code);
  const active = desk.codes.length - retired.length;
  const parts = [
    element("p", { class: "wd-told", text: `${active} codes, ${retired.length} retired. Choose one in the tree, or press d, for its page.` }),
    partOf("As a file", element("p", { class: "wd-buttons wd-row" }, element("button", { type: "button", text: "Download codebook.yaml", onclick: () => keep(text) }), element("button", { type: "button", text: "New code", onclick: () => desk.makeCode() }))),
    takePart(work),
    versions.length > 1 ? comparePart(work, versions) : null,
    retired.length ? partOf("Retired codes", codeButtons(work, retired)) : null,
  ];
  work.show(`Codebook ${version}`, parts);
}

function keep(text) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  element("a", { href: url, download: "codebook.yaml" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// A file is shown as what it would change before it is taken in.
function takePart(work) {
  const shown = element("div", { class: "wd-preview", "aria-live": "polite" });
  const file = element("input", { type: "file", accept: ".yaml,.yml", onchange: async () => file.files[0] && lookAt(work, await file.files[0].text(), shown) });
  return partOf("Take in a file", fieldOf("A codebook.yaml that was edited", file), shown);
}

async function lookAt(work, text, shown) {
  const answer = await work.desk.ask({ ask: "codebook read", text });
  if (!answer.ok) return shown.replaceChildren(element("p", { class: "wd-wrong wd-lines", text: answer.told }));
  const notes = answer.notes.map((note) => element("p", { text: note }));
  if (!answer.changes) return shown.replaceChildren(...notes, element("p", { text: "The file changes nothing." }));
  const reason = reasonOf();
  const save = () => ({ ask: "codebook take", text, version: answer.version, reason: reason.value });
  const form = workForm(work, { does: "Take it in", save, after: () => work.book() }, fieldOf("Why, where the file does not say", reason));
  shown.replaceChildren(...notes, diffOf("What the file would change", answer.told), form);
}

function comparePart(work, versions) {
  const shown = element("div", { class: "wd-preview", "aria-live": "polite" });
  const options = versions.map((one) => [one, one]);
  const [old, now] = [selectOf(options, versions.at(-2)), selectOf(options, versions.at(-1))];
  const compare = async () => {
    const answer = await work.desk.ask({ ask: "codebook diff", old: old.value, new: now.value });
    shown.replaceChildren(answer.ok ? diffOf(`From ${old.value} to ${now.value}`, answer.told) : element("p", { class: "wd-wrong", text: answer.told }));
  };
  return partOf("Compare versions", element("div", { class: "wd-pair" }, fieldOf("From", old), fieldOf("To", now)), element("p", { class: "wd-buttons" }, element("button", { type: "button", text: "Compare", onclick: compare })), shown);
}

// A diff in words, a line each; what was and what is are told apart by their sign.
function diffOf(heading, told) {
  const lines = told.trimEnd().split("\n").map((line) => element("span", { class: { "-": "wd-was", "+": "wd-is" }[line.trimStart()[0]] ?? null, text: `${line}\n` }));
  return element("pre", { class: "wd-diff", tabindex: 0, role: "region", "aria-label": heading }, ...lines);
}
