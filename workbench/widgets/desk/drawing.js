// How a block of the text is drawn: its words with their lines, and the names beside. Only what has changed is drawn.
import { element, underline } from "./looks.js";

const LANES = 4; // underlines drawn under one another; more are told beside the text
const FEWEST = 8; // names that any block shows; a long one has room for one a line
const LINE = 65; // characters

// Make an element's children what some keys say; those whose keys stay are left as they are.
function amend(holder, keys, make) {
  const old = holder.keys ?? [];
  const shorter = Math.min(old.length, keys.length);
  let before = 0;
  while (before < shorter && old[before] === keys[before]) before++;
  let after = 0;
  while (after < shorter - before && old.at(-1 - after) === keys.at(-1 - after)) after++;
  for (let count = old.length - before - after; count > 0; count--) holder.childNodes[before].remove();
  const next = holder.childNodes[before] ?? null;
  for (let place = before; place < keys.length - after; place++) holder.insertBefore(make(place), next);
  holder.keys = keys;
}

export class Block {
  // `pane` is the text that it is a part of.
  constructor(pane, place) {
    this.pane = pane;
    this.place = place;
    this.unfolded = false;
    this.root = element("div", { class: "wd-block" });
  }

  draw() {
    if (!this.words) {
      this.words = element("p", { class: "wd-words" });
      this.names = element("div", { class: "wd-names" });
      this.root.append(this.words, this.names);
    }
    const parts = this.pane.layers.parts(this.place);
    amend(this.words, parts.map((part) => this.#keyOf(part)), (place) => this.#part(parts[place]));
    this.#drawNames(this.pane.layers.begun(this.place));
  }

  #keyOf({ start, end, codings }) {
    return `${start} ${end} ${codings.map((one) => `${this.#lookKey(one)} ${this.pane.layers.lanes.get(one)}`).join(" ")}`;
  }

  #lookKey(one) {
    const { hue, line } = this.pane.desk.look(one.code);
    return `${one.mark} ${hue} ${line}`;
  }

  #part({ start, end, codings }) {
    const words = this.pane.text.slice(start, end);
    if (!codings.length) return document.createTextNode(words);
    const lined = codings.map((one) => [this.pane.layers.lanes.get(one), one]).filter(([lane]) => lane < LANES);
    const looks = lined.map(([, one]) => underline(this.pane.desk.look(one.code)));
    const places = lined.map(([lane]) => `0 calc(100% - ${lane * 4}px)`);
    const below = 2 + 4 * Math.max(0, ...lined.map(([lane]) => lane));
    const style = `background-image: ${looks.join(", ")}; background-position: ${places.join(", ")}; padding-bottom: ${below}px`;
    const part = element("span", { class: "wd-coded", "data-codings": codings.map((one) => one.coding).join(" "), style, text: words });
    part.classList.toggle("wd-pending", codings.some((one) => one.pending));
    part.classList.toggle("wd-current", codings.some((one) => one.coding === this.pane.current));
    return part;
  }

  // The names that there is room for, those made in this sitting, and the one gone to; the rest are folded.
  #drawNames(begun) {
    const { start, end } = this.pane.blocks[this.place];
    const room = Math.max(FEWEST, Math.ceil((end - start) / LINE));
    const shown = begun.filter((one, place) => this.unfolded || place < room || one.fresh || one.coding === this.pane.current);
    const folded = begun.length - shown.length;
    const more = folded || (this.unfolded && begun.length > room) ? [`more ${folded}`] : [];
    amend(this.names, [...shown.map((one) => this.#nameKey(one)), ...more], (place) => (place < shown.length ? this.#name(shown[place]) : this.#more(folded)));
  }

  #nameKey(one) {
    const { words, side } = this.pane.desk.tag(one);
    return `${this.#lookKey(one)} ${this.pane.desk.name(one.code)} ${words} ${side}`;
  }

  #name(one) {
    const { desk } = this.pane;
    const { hue, line } = desk.look(one.code);
    const { words, side } = desk.tag(one);
    const name = `${desk.name(one.code)}${words && ` · ${words}`}`;
    const quote = this.pane.text.slice(one.start, Math.min(one.end, one.start + 80));
    const made = element("button", {
      type: "button", class: `wd-name wd-${line} ${side}`, "data-coding": one.coding, tabindex: -1, style: `--wd-hue: ${hue}`, "aria-label": `${name}: ${quote}`, text: name,
    });
    made.classList.toggle("wd-current", one.coding === this.pane.current);
    return made;
  }

  #more(folded) {
    const label = folded ? `${folded} more codings of this paragraph` : "Fewer codings";
    return element("button", { type: "button", class: "wd-folded", "aria-expanded": `${!folded}`, "aria-label": label, text: folded ? `+${folded}` : "−", onclick: () => this.#fold() });
  }

  #fold() {
    this.unfolded = !this.unfolded;
    this.draw();
  }

  // A coding is the current one, or is no longer.
  mark(coding, on) {
    for (const one of this.root.querySelectorAll(`[data-coding="${CSS.escape(coding)}"], [data-codings~="${CSS.escape(coding)}"]`)) one.classList.toggle("wd-current", on);
  }

  // A coding that was drawn faintly is saved, and has a code of the study.
  settle(old, one) {
    for (const part of this.root.querySelectorAll(`[data-codings~="${CSS.escape(old)}"]`)) {
      const over = part.dataset.codings.split(" ").map((coding) => (coding === old ? one.coding : coding));
      part.dataset.codings = over.join(" ");
      part.classList.toggle("wd-pending", over.some((coding) => this.pane.codings.get(coding)?.pending));
    }
    for (const name of this.root.querySelectorAll(`[data-coding="${CSS.escape(old)}"]`)) name.dataset.coding = one.coding;
  }
}
