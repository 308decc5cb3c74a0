// Fields for work on the codebook: what is common to its views.
import { element } from "./looks.js";
import { treeOf } from "./codebook.js";

export const TONGUES = [["sv", "Swedish"], ["en", "English"]];
const AT_ONCE = 100; // rows of a stretch
export const KEPT = ""; // of a select: nothing is chosen

// A field with its label above it; `input` is what has the value.
export function fieldOf(label, input, attributes = {}) {
  return element("label", { class: "wd-field", ...attributes }, label, input);
}

export function lineOf(value = "", attributes = {}) {
  const input = element("input", { type: "text", autocomplete: "off", ...attributes });
  input.value = value ?? "";
  return input;
}

export function areaOf(value = "", attributes = {}) {
  const input = element("textarea", { rows: 3, ...attributes });
  input.value = value ?? "";
  return input;
}

export function selectOf(options, value = "", attributes = {}) {
  const input = element("select", attributes, ...options.map(([key, text]) => element("option", { value: key, text })));
  input.value = value;
  return input;
}

// Why a change is made, which each has.
export function reasonOf(value = "") {
  return lineOf(value, { required: true, name: "reason" });
}

// A form that does one thing: `save` gives what to ask, or words that say what is lacking.
export function workForm(work, { does, save, after }, ...parts) {
  const told = element("p", { class: "wd-wrong", role: "alert" });
  const send = async (event) => {
    event.preventDefault();
    const asked = save();
    if (typeof asked === "string") return void (told.textContent = asked);
    const answer = await work.desk.do(asked);
    told.textContent = answer.ok ? "" : answer.told;
    if (answer.ok) after(answer);
  };
  const buttons = element("p", { class: "wd-buttons" }, element("button", { type: "submit", text: does }), element("button", { type: "button", text: "Cancel", onclick: () => work.back() }));
  const form = element("form", { class: "wd-form", onsubmit: send, onkeydown: (event) => event.ctrlKey && event.key === "Enter" && form.requestSubmit() }, ...parts, told, buttons);
  return form;
}

// The active codes to choose among, as deep in the list as in the tree.
export function codeOptions(desk, without = []) {
  const left = treeOf(desk.codes).filter((one) => one.status === "active" && !without.includes(one.code));
  return left.map((one) => [one.code, `${"\u2003".repeat(one.depth)}${desk.name(one.code)}`]);
}

// Whose words a coding is of, and when they were written.
export function whoOf(desk, row) {
  const { organisation, occasion } = desk.choices;
  return [row.person ?? "the group", organisation[row.organisation], occasion[row.occasion]].filter(Boolean).join(" · ");
}

// A part of a view under a heading.
export function partOf(heading, ...children) {
  return element("div", { class: "wd-part" }, element("h3", { text: heading }), ...children);
}

export function tableOf(caption, heads, rows) {
  const head = element("thead", {}, element("tr", {}, ...heads.map((text) => element("th", { scope: "col", text }))));
  const body = element("tbody");
  new Stretches(body, rows.length, (place) => element("tr", {}, ...rows[place].map((text) => element("td", { text }))));
  const table = element("table", {}, element("caption", { text: caption }), head, body);
  return element("div", { class: "wd-wide", tabindex: 0, role: "region", "aria-label": caption }, table);
}

// Rows that are drawn as they come near, since a code may have thousands of codings.
export class Stretches {
  constructor(body, count, draw) {
    Object.assign(this, { body, count, draw });
    this.near = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.grow(), { rootMargin: "600px" });
    this.grow();
  }

  // Draw the next stretch; false when all is drawn.
  grow() {
    const from = this.body.children.length;
    const next = Array.from({ length: Math.min(AT_ONCE, this.count - from) }, (_, step) => this.draw(from + step));
    this.body.append(...next);
    this.near.disconnect();
    if (this.body.children.length < this.count) this.near.observe(this.body.lastElementChild);
    return next.length > 0;
  }
}

export const BLIND = "A round of coding is open: others' codings in it are not shown and not counted here.";
