// Grid mode: a row an entry, its whole text beside who and when; one key codes a row, or all that are marked.
import { element } from "./looks.js";

const TEXTS_AT_ONCE = 60; // rows whose texts are asked for at a time

export class Grid {
  constructor(desk) {
    this.desk = desk;
    this.body = element("tbody");
    const heads = ["", "Organisation", "Person", "Occasion", "Text", "My codes"].map((text) => element("th", { scope: "col", text }));
    const table = element("table", {}, element("caption", { text: "Entries to code whole" }), element("thead", {}, element("tr", {}, ...heads)), this.body);
    this.root = element("div", { class: "wd-grid", tabindex: 0, role: "group", "aria-label": "Grid", hidden: true, onclick: (event) => this.#clicked(event) }, table);
    this.more = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.#grow());
    this.marked = new Set();
    this.at = 0;
  }

  async show() {
    this.rows = [];
    this.mine = new Map();
    this.marked.clear();
    this.at = 0;
    this.body.replaceChildren();
    this.order = this.desk.list.shown.map((one) => one.entry);
    await this.#grow();
    this.#point(0);
  }

  async #grow() {
    this.more.disconnect();
    const next = this.order.slice(this.rows.length, this.rows.length + TEXTS_AT_ONCE);
    if (!next.length) return;
    const answer = await this.desk.ask({ ask: "texts", entries: next });
    if (!answer.ok) return this.desk.say(answer.told, true);
    for (const one of answer.texts) {
      this.mine.set(one.entry, one.codings);
      this.rows.push(one);
      this.body.append(this.#row(one));
    }
    if (this.rows.length < this.order.length) this.more.observe(this.body.lastElementChild);
  }

  // Ask again which codes the rows that are there have.
  async refresh() {
    if (this.root.hidden || !this.rows.length) return;
    const answer = await this.desk.ask({ ask: "texts", entries: this.rows.map((one) => one.entry) });
    for (const one of answer.ok ? answer.texts : []) {
      this.mine.set(one.entry, one.codings);
      this.#name(this.#rowOf(one.entry), one.entry);
    }
  }

  #rowOf(entry) {
    return this.body.querySelector(`[data-entry="${CSS.escape(entry)}"]`);
  }

  #row(one) {
    const cells = [one.organisation, one.person ?? "–", one.occasion].map((text) => element("td", { text }));
    const mark = element("input", { type: "checkbox", tabindex: -1, "aria-label": `Mark ${one.entry}` });
    const names = element("td", { class: "wd-codes" });
    const row = element("tr", { "data-entry": one.entry }, element("td", {}, mark), ...cells, element("td", { class: "wd-whole", lang: one.language, text: one.text }), names);
    this.#name(row, one.entry);
    return row;
  }

  #name(row, entry) {
    const codes = [...new Set((this.mine.get(entry) ?? []).map((coding) => coding.code))];
    row.lastElementChild.replaceChildren(...codes.map((code) => {
      const { hue, line } = this.desk.look(code);
      return element("span", { class: `wd-name wd-${line}`, style: `--wd-hue: ${hue}`, text: this.desk.name(code) });
    }));
  }

  change(gone, come) {
    const mine = (one) => one.coder === this.desk.coder && this.mine?.has(one.entry);
    for (const one of gone.filter(mine)) this.mine.set(one.entry, this.mine.get(one.entry).filter((old) => old.coding !== one.coding));
    for (const one of come.filter(mine)) this.mine.set(one.entry, [...this.mine.get(one.entry), one]);
    for (const one of [...gone, ...come].filter(mine)) {
      const row = this.#rowOf(one.entry);
      if (row) this.#name(row, one.entry);
    }
  }

  #clicked(event) {
    const row = event.target.closest("tbody tr");
    if (!row) return;
    this.#point([...this.body.children].indexOf(row));
    if (event.target.matches("input")) this.#toggle(event.target.checked);
    this.root.focus({ preventScroll: true });
  }

  #point(place) {
    if (!this.rows.length) return;
    this.at = Math.max(0, Math.min(place, this.rows.length - 1));
    for (const row of this.body.querySelectorAll(".wd-current")) row.classList.remove("wd-current");
    const row = this.body.children[this.at];
    row.classList.add("wd-current");
    row.scrollIntoView({ block: "nearest" });
  }

  #toggle(on = !this.marked.has(this.rows[this.at].entry)) {
    const entry = this.rows[this.at].entry;
    this.marked[on ? "add" : "delete"](entry);
    this.body.children[this.at].querySelector("input").checked = on;
    this.desk.say(`${this.marked.size} marked`);
  }

  // The entries that a code is for: those marked, else the one pointed at.
  chosen() {
    return this.marked.size ? [...this.marked] : this.rows.length ? [this.rows[this.at].entry] : [];
  }

  // Move by keys; true when the key was one of the grid's.
  press(event) {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step) this.#point(this.at + step);
    else if (event.key === " ") this.#toggle();
    else return false;
    return true;
  }
}
