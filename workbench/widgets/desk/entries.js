// The list of entries with what it can be narrowed by; grid mode shows whole texts instead of a line each.
import { element } from "./looks.js";

const ROWS_AT_ONCE = 200; // rows; more come as one scrolls
const FACETS = [["organisation", "Organisation"], ["person", "Person"], ["occasion", "Occasion"], ["kind", "Kind"], ["component", "Component"]];
const STATES = [["", "All"], ["uncoded", "Uncoded by me"], ["mine", "Coded by me"], ["single", "Not yet double-coded"], ["apart", "Mine to code apart"], ["todo", "Mine to code apart, not done"]];

export class EntryList {
  constructor(desk) {
    this.desk = desk;
    this.facets = Object.fromEntries(FACETS.map(([name, title]) => [name, this.#select(title, [["", title]])]));
    this.state = this.#select("Which", STATES);
    this.search = element("input", { type: "search", class: "wd-search", placeholder: "Search in texts", "aria-label": "Search in texts", onkeydown: (event) => event.key === "Escape" && this.desk.focus(), onchange: () => this.#find() });
    this.found = null; // entries that hold the words searched for
    this.told = element("p", { class: "wd-told", role: "status" });
    this.list = element("ul", { class: "wd-list", "aria-label": "Entries" });
    this.more = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.#grow());
    const narrow = element("details", { class: "wd-narrow" }, element("summary", { text: "Narrow down" }), ...Object.values(this.facets), this.state);
    this.root = element("section", { class: "wd-entries", "aria-label": "Entries" }, element("h2", { text: "Entries" }), this.search, narrow, this.told, this.list);
  }

  #select(title, options) {
    return element("select", { "aria-label": title, onchange: () => this.draw() }, ...options.map(([value, text]) => element("option", { value, text })));
  }

  // Take the study's entries in, and what they can be chosen by.
  begin(choices) {
    for (const [name, title] of FACETS) {
      const used = new Set(this.desk.entries.map((one) => one[name]));
      const options = Object.entries(choices[name]).filter(([value]) => used.has(value)).map(([value, text]) => [value, text]);
      const { value: chosen } = this.facets[name];
      this.facets[name].replaceChildren(...[["", title], ...options].map(([value, text]) => element("option", { value, text })));
      this.facets[name].value = used.has(chosen) ? chosen : "";
    }
    this.#redraw();
  }

  async #find() {
    const words = this.search.value.trim();
    const answer = words ? await this.desk.ask({ ask: "find", words }) : { ok: true, entries: null };
    if (answer.ok) this.found = answer.entries && new Set(answer.entries);
    this.desk.say(answer.ok ? (answer.notes ?? []).join(" ") : answer.told, !answer.ok);
    this.draw();
  }

  isShown(one) {
    const mine = one.coded[this.desk.coder] ?? 0;
    const states = { "": true, uncoded: !mine, mine: mine > 0, single: Object.keys(one.coded).length < 2 };
    const share = this.desk.assigned[one.entry];
    Object.assign(states, { apart: Boolean(share), todo: share === "to do" });
    const facets = FACETS.every(([name]) => !this.facets[name].value || one[name] === this.facets[name].value);
    return facets && states[this.state.value] && (!this.found || this.found.has(one.entry));
  }

  draw() {
    this.shown = this.desk.entries.filter((one) => this.isShown(one));
    this.told.textContent = `${this.shown.length} of ${this.desk.entries.length} entries`;
    this.list.replaceChildren();
    this.#grow();
  }

  // Draw all anew where one is: as far down, with the focus where it was.
  #redraw() {
    const { scrollTop, childElementCount: count } = this.list;
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.entry : null;
    this.draw();
    while (this.list.childElementCount < Math.min(count, this.shown.length)) this.#grow();
    this.list.scrollTop = scrollTop;
    if (focused) this.#rowOf(focused)?.focus({ preventScroll: true });
  }

  #rowOf(entry) {
    return this.list.querySelector(`[data-entry="${CSS.escape(entry)}"]`);
  }

  #grow() {
    this.more.disconnect();
    const from = this.list.childElementCount;
    this.list.append(...this.shown.slice(from, from + ROWS_AT_ONCE).map((one) => this.#row(one)));
    if (this.list.childElementCount < this.shown.length) this.more.observe(this.list.lastElementChild);
  }

  #row(one) {
    const count = one.coded[this.desk.coder] ?? 0;
    const coders = Object.keys(one.coded).length;
    const share = this.desk.assigned[one.entry];
    const about = [one.occasion, one.person ?? one.organisation, one.component, one.written].filter(Boolean).join(" · ");
    const told = `${count} ${count === 1 ? "coding" : "codings"} of mine, ${coders} ${coders === 1 ? "coder" : "coders"}${share ? ` · apart: ${share}` : ""}`;
    const row = element("button", {
      type: "button", class: "wd-entry", "data-entry": one.entry, "aria-current": one.entry === this.desk.text.entry ? "true" : null, onclick: () => this.desk.open(one.entry),
    }, element("span", { class: "wd-about", text: about }), element("span", { class: "wd-begins", lang: one.language, text: one.begins }), element("span", { class: "wd-count", text: told }));
    return element("li", {}, row);
  }

  // Draw one entry's row anew, where it is shown.
  update(entry) {
    const old = this.#rowOf(entry);
    const one = this.desk.entries.find((row) => row.entry === entry);
    if (!old || !one) return;
    const focused = old === document.activeElement;
    const row = this.#row(one);
    old.parentElement.replaceWith(row);
    if (focused) row.firstChild.focus({ preventScroll: true });
  }

  mark(entry) {
    for (const row of this.list.querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
    const row = this.#rowOf(entry);
    row?.setAttribute("aria-current", "true");
    row?.scrollIntoView({ block: "nearest" });
  }

  // The entry after, or before, one; with `which`, the next that fits.
  beside(entry, step, which = () => true) {
    const at = this.shown.findIndex((one) => one.entry === entry);
    for (let place = at + step; place >= 0 && place < this.shown.length; place += step) {
      if (which(this.shown[place])) return this.shown[place].entry;
    }
    return null;
  }
}
