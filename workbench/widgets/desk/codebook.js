// The codebook: a tree to look in, and a search to choose a code by a part of its name.
import { element } from "./looks.js";

const plain = (words) => (words ?? "").toLocaleLowerCase("sv");

// The codes in the order of the tree, each with its depth.
export function treeOf(codes) {
  const under = Map.groupBy(codes, (one) => one.parent ?? "");
  const walk = (parent, depth) => (under.get(parent) ?? []).flatMap((one) => [{ ...one, depth }, ...walk(one.code, depth + 1)]);
  return walk("", 0);
}

// The active codes that have some words in their name or code: those that begin so first, then the recent ones.
export function matching(codes, words, { name, recent }) {
  const parts = plain(words).split(/\s+/).filter(Boolean);
  const found = codes.filter((one) => {
    const all = `${plain(name(one.code))} ${plain(one.code)}`;
    return one.status === "active" && parts.every((part) => all.includes(part));
  });
  const rank = (one) => {
    const begins = plain(name(one.code)).startsWith(parts[0] ?? "") ? 0 : 100;
    const last = recent.indexOf(one.code);
    return (parts.length ? begins : 0) + (last < 0 ? 50 : last);
  };
  return found.sort((a, b) => rank(a) - rank(b));
}

export class CodebookPane {
  constructor(desk) {
    this.desk = desk;
    this.search = element("input", { type: "search", class: "wd-search", placeholder: "Search codes", "aria-label": "Search codes", oninput: () => this.draw() });
    this.list = element("ul", { class: "wd-tree", "aria-label": "Codes" });
    this.root = element("section", { class: "wd-codebook", "aria-label": "Codebook" }, element("h2", { text: "Codes" }), this.search, this.list);
  }

  draw() {
    const words = plain(this.search.value);
    const shown = treeOf(this.desk.codes).filter((one) => one.status === "active" && (!words || plain(this.desk.name(one.code)).includes(words)));
    this.list.replaceChildren(...shown.map((one) => this.#row(one)));
    this.number();
  }

  // Show the digits of the codes used last; the rows stay.
  number() {
    for (const row of this.list.children) {
      const place = this.desk.recent.indexOf(row.dataset.code);
      const digit = place >= 0 && place < 10 ? `${(place + 1) % 10}` : "";
      if (row.lastChild.textContent !== digit) row.lastChild.textContent = digit;
      row.lastChild.hidden = !digit;
    }
  }

  #row(one) {
    const { hue, line } = this.desk.look(one.code);
    const code = element("button", {
      type: "button", class: `wd-code wd-${line}`, style: `--wd-hue: ${hue}; --wd-depth: ${one.depth}`, title: one[`definition_${this.desk.language}`] ?? "",
      onclick: () => (this.desk.work.shown ? this.desk.work.open(one.code) : this.desk.code(one.code)), text: this.desk.name(one.code),
    });
    const page = element("button", { type: "button", class: "wd-more", text: "…", title: "Its page (d)", "aria-label": `Page of ${this.desk.name(one.code)}`, onclick: () => this.desk.work.open(one.code) });
    return element("li", { "data-code": one.code }, code, page, element("kbd", { hidden: true }));
  }
}

// A dialog in which a code is chosen by typing a part of its name.
export class CodePicker {
  constructor(desk) {
    this.desk = desk;
    this.input = element("input", {
      type: "text", class: "wd-search", role: "combobox", "aria-expanded": "true", "aria-controls": "wd-found", "aria-autocomplete": "list", autocomplete: "off",
      "aria-label": "Part of a code's name", oninput: () => this.draw(), onkeydown: (event) => this.#pressed(event),
    });
    this.heading = element("h2", { id: "wd-picker" });
    this.list = element("ul", { id: "wd-found", class: "wd-found", role: "listbox", "aria-label": "Codes found" });
    this.root = element("dialog", { class: "wd-dialog", "aria-labelledby": "wd-picker", onclose: () => this.desk.focus() }, this.heading, this.input, this.list);
  }

  // Ask for a code; `chosen` is called with it, or with {name} for one that is to be made.
  ask(heading, chosen) {
    this.chosen = chosen;
    this.heading.textContent = heading;
    this.input.value = "";
    this.at = 0;
    this.draw();
    this.root.showModal();
    this.input.focus();
  }

  draw() {
    this.at = 0;
    this.found = matching(this.desk.codes, this.input.value, this.desk.codebook());
    const words = this.input.value.trim();
    if (words && !this.found.some((one) => plain(this.desk.name(one.code)) === plain(words))) this.found.push({ make: words });
    this.list.replaceChildren(...this.found.map((one, place) => this.#option(one, place)));
    this.#mark();
  }

  #option(one, place) {
    const words = one.make ? `New code: ${one.make}` : this.desk.name(one.code);
    const under = one.parent ? this.desk.name(one.parent) : "";
    return element("li", { role: "option", id: `wd-found-${place}`, onclick: () => this.#take(place) }, words, element("small", { text: under }));
  }

  #mark() {
    [...this.list.children].forEach((row, place) => row.setAttribute("aria-selected", `${place === this.at}`));
    this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", this.found.length ? `wd-found-${this.at}` : "");
  }

  #pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.at = (this.at + step + this.found.length) % Math.max(this.found.length, 1);
    else if (event.key === "Enter") this.#take(this.at);
    else return;
    event.preventDefault();
    this.#mark();
  }

  #take(place) {
    const one = this.found[place];
    if (!one) return;
    this.root.close();
    this.chosen(one.make ? { name: one.make } : { code: one.code });
  }
}
