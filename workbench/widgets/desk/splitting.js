// A code divided: each of its codings is put in its place by a digit or a click, and nothing is done before.
import { element } from "./looks.js";
import { BLIND, KEPT, Stretches, codeOptions, fieldOf, lineOf, reasonOf, selectOf, whoOf, workForm } from "./forms.js";

const MOST_PLACES = 9; // as many as there are digits, 0 being the code itself

export async function splitView(work, { code }) {
  const answer = await work.desk.ask({ ask: "split list", code: code.code });
  if (!answer.ok) return work.desk.say(answer.told, true);
  new Split(work, code, answer).show();
}

class Split {
  constructor(work, code, { rows, blind }) {
    Object.assign(this, { work, code, rows, blind, desk: work.desk });
    this.names = [];
    this.places = [{ key: code.code, name: () => `keeps ${this.desk.name(code.code)}` }];
    this.sorted = new Map();
    this.reason = reasonOf();
    this.rest = element("select", {});
    this.count = element("p", { class: "wd-told", role: "status" });
    this.targets = element("ol", { class: "wd-places" });
    this.list = element("div", { class: "wd-sorting", onkeydown: (event) => this.#pressed(event) });
  }

  show() {
    const there = selectOf([[KEPT, "– a code that is there –"], ...codeOptions(this.desk, [this.code.code])], KEPT, { "aria-label": "Add a code that is there", onchange: () => this.#add(there) });
    const add = element("button", { type: "button", text: "Add a new code", onclick: () => this.#addNew().focus() });
    const into = element("fieldset", {}, element("legend", { text: "Codes to sort into" }), this.targets, element("p", { class: "wd-buttons" }, add, there));
    const hint = element("p", { class: "wd-told", text: "At each quote: the digit of a code, or 0 to keep it as it is; the next unsorted one follows." });
    const save = () => ({ ask: "split code", code: this.code.code, names: this.names.map((input) => input.value), sorted: Object.fromEntries(this.sorted), rest: this.rest.value || null, reason: this.reason.value });
    const form = workForm(this.work, { does: "Split", save, after: () => this.work.open(this.code.code) }, into, hint, this.blind ? element("p", { text: BLIND }) : null, this.list, this.count, fieldOf("The rest", this.rest), fieldOf("Why", this.reason));
    this.work.show(`Split ${this.desk.name(this.code.code)}`, [form]);
    this.#addNew();
    this.#addNew();
    this.#draw();
    this.names[0].focus();
  }

  #addNew() {
    const number = this.names.length;
    const input = lineOf("", { required: true, oninput: () => this.#rename() });
    this.names.push(input);
    this.#take({ key: `new:${number}`, name: () => input.value || `new code ${number + 1}` }, fieldOf(`Name of new code ${number + 1}`, input));
    return input;
  }

  #add(select) {
    const code = select.value;
    select.value = KEPT;
    if (code && !this.places.some((one) => one.key === code)) this.#take({ key: code, name: () => this.desk.name(code) }, element("span", { text: this.desk.name(code) }));
  }

  #take(place, shown) {
    if (this.places.length > MOST_PLACES) return this.desk.say(`A split sorts into ${MOST_PLACES} codes at most; what is left can be split again.`, true);
    this.places.push(place);
    this.targets.append(element("li", {}, shown));
    this.#draw();
  }

  // The names of new codes stand at every quote.
  #rename() {
    for (const label of this.list.querySelectorAll("[data-place]")) label.textContent = this.#label(Number(label.dataset.place));
    this.#tell();
  }

  #label(place) {
    return `${place} ${this.places[place].name()}`;
  }

  #draw() {
    const drawn = this.list.children.length;
    this.list.replaceChildren();
    this.stretches = new Stretches(this.list, this.rows.length, (place) => this.#row(this.rows[place]));
    while (this.list.children.length < drawn) this.stretches.grow();
    this.#tell();
  }

  #row(row) {
    const radios = this.places.map(({ key }, place) => {
      const radio = element("input", { type: "radio", name: `wd-sort-${row.coding}`, value: key, onchange: () => this.#put(row, key) });
      radio.checked = this.sorted.get(row.coding) === key;
      return element("label", {}, radio, element("span", { "data-place": place, text: this.#label(place) }));
    });
    return element("fieldset", { "data-coding": row.coding }, element("legend", { text: `”${row.quote}”` }), element("p", { class: "wd-told", text: `${whoOf(this.desk, row)} · ${row.coder}` }), element("div", { class: "wd-radios" }, ...radios));
  }

  #put(row, key) {
    this.sorted.set(row.coding, key);
    this.#tell();
  }

  #tell() {
    const left = this.rows.length - this.sorted.size;
    const words = `${this.sorted.size} of ${this.rows.length} sorted`;
    if (this.count.textContent !== words) this.count.textContent = words;
    const rest = this.rest.value;
    const options = [[KEPT, left ? `must be sorted first (${left} left)` : "there is none"], ...this.places.map(({ key, name }) => [key, name()])];
    this.rest.replaceChildren(...options.map(([value, text]) => element("option", { value, text })));
    this.rest.value = rest;
  }

  // A digit puts the quote that has the focus in its place, and goes to the next that has none.
  #pressed(event) {
    const place = this.places[event.key];
    const here = event.target.closest("fieldset");
    if (!/^[0-9]$/.test(event.key) || !place || !here || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    here.querySelector(`input[value="${place.key}"]`).checked = true;
    this.#put({ coding: here.dataset.coding }, place.key);
    const from = this.rows.findIndex((row) => row.coding === here.dataset.coding) + 1;
    const open = (row) => !this.sorted.has(row.coding);
    const after = this.rows.findIndex((row, at) => at >= from && open(row));
    const next = after < 0 ? this.rows.findIndex(open) : after;
    while (next >= this.list.children.length && this.stretches.grow());
    (this.list.children[next]?.querySelector("input") ?? this.reason).focus();
  }
}
