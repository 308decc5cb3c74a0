// What a model suggests for the entry that is open: never shown as codings, each with how often such were right.
import { element } from "./looks.js";

const LEARNING = 700; // milliseconds until it is asked again whether what is being learnt is learnt
const CHANGED = 250; // milliseconds after a change: the next coding is not to wait for suggestions

export class SuggestionPane {
  constructor(desk) {
    this.desk = desk;
    this.found = [];
    this.at = -1;
    this.asked = 0;
    this.words = element("p", { class: "wd-told" });
    this.choice = element("select", { "aria-label": "Least probability shown", onchange: () => this.#choose() });
    this.list = element("ol", { class: "wd-suggestions", "aria-label": "Suggestions, which are not codings" });
    const head = element("p", { class: "wd-suggested-head" }, element("strong", { text: "Suggestions" }), this.choice, element("button", { type: "button", text: "Close (a)", onclick: () => this.toggle() }));
    this.root = element("div", { class: "wd-suggested", role: "group", "aria-label": "Suggestions", hidden: true }, head, this.words, this.list);
    this.seen = new MutationObserver(() => this.#mark()); // a block that is drawn anew has lost its marks
  }

  close() {
    clearTimeout(this.later);
    this.seen.disconnect();
    CSS.highlights?.delete("wd-suggested");
  }

  toggle() {
    if (this.desk.text.root.hidden) return this.desk.say("Suggestions are for one text at a time: go back to it first.");
    this.root.hidden = !this.root.hidden;
    if (this.root.hidden) this.#hide();
    else this.#begin();
    this.desk.focus();
  }

  #begin() {
    this.seen.observe(this.desk.text.root, { childList: true, subtree: true });
    this.follow();
  }

  #hide() {
    this.#draw([]);
    this.close();
  }

  // Another entry was opened.
  follow() {
    if (this.root.hidden) return;
    this.at = -1;
    this.#draw([]);
    this.words.textContent = "Looking …";
    this.refresh();
  }

  // Something was coded, or answered.
  changed() {
    clearTimeout(this.later);
    if (!this.root.hidden) this.later = setTimeout(() => this.refresh(), CHANGED);
  }

  async refresh() {
    clearTimeout(this.later);
    if (this.root.hidden) return;
    const turn = ++this.asked;
    const answer = await this.desk.ask({ ask: "suggest", entry: this.desk.text.entry, threshold: this.threshold ?? null });
    if (turn !== this.asked || this.root.hidden) return;
    this.#show(answer);
    if (answer.state === "learning") this.later = setTimeout(() => this.refresh(), LEARNING);
  }

  #show(answer) {
    const { thresholds = [], suggestions = [], few = [] } = answer;
    const useful = thresholds.some((one) => one.worth);
    const none = answer.state === "ready" && useful && !suggestions.length ? "Nothing more is suggested for this entry. " : "";
    const names = useful ? `: ${few.map((code) => this.desk.name(code)).join(", ")}` : "";
    const left = few.length ? ` Codes with too few examples, which are not suggested${names || `: ${few.length}`}.` : "";
    this.words.textContent = answer.ok ? `${none}${answer.words}${left}` : answer.told;
    this.choice.hidden = !useful;
    this.choice.replaceChildren(...thresholds.map((one) => element("option", { value: one.threshold, disabled: !one.worth, text: `from ${one.threshold}: ${one.words}` })));
    this.choice.value = `${answer.threshold ?? ""}`;
    this.#draw(suggestions);
  }

  #choose() {
    this.threshold = Number(this.choice.value);
    this.at = -1;
    this.refresh();
  }

  #draw(suggestions) {
    this.found = suggestions;
    this.at = Math.min(this.at, suggestions.length - 1);
    this.list.replaceChildren(...suggestions.map((one, place) => this.#row(one, place)));
    this.#mark();
    this.#current();
  }

  #row(one, place) {
    const { start, end } = this.#units(one);
    const again = place && this.found[place - 1].start === one.start && this.found[place - 1].end === one.end;
    const name = this.desk.name(one.code);
    const answer = (text, act) => element("button", { type: "button", text, "aria-label": `${text}: ${name}`, onclick: () => this.#answer(place, act) });
    return element(
      "li", { onclick: (event) => event.target.closest("button") || this.#goTo(place) },
      again ? null : element("q", { text: this.desk.text.quote({ start, end }) }),
      element("span", { class: "wd-suggestion" }, element("strong", { text: `${name}?` }), ` ${one.words}`),
      element("span", { class: "wd-answers" }, answer("Accept", "accept"), answer("Reject", "reject")),
    );
  }

  #units({ start, end }) {
    return { start: this.desk.text.places.toUnit(start), end: this.desk.text.places.toUnit(end) };
  }

  // Mark the suggested words in the text: dashed, in a colour that no code has.
  #mark() {
    if (!window.Highlight) return;
    const ranges = this.found.map((one) => this.desk.text.range(this.#units(one))).filter(Boolean);
    CSS.highlights.set("wd-suggested", new Highlight(...ranges));
  }

  // Go to the suggestion after, or before, the current one.
  step(by) {
    if (this.root.hidden) return this.toggle();
    if (this.desk.text.root.hidden) return;
    if (!this.found.length) return this.desk.say(this.words.textContent);
    const first = by > 0 ? 0 : this.found.length - 1;
    this.#goTo(this.at < 0 ? first : (this.at + by + this.found.length) % this.found.length);
  }

  #goTo(place) {
    const one = this.found[place];
    this.at = place;
    const { start, end } = this.#units(one);
    this.desk.text.choose(start, end);
    this.#current();
    this.desk.say(`Suggestion ${place + 1} of ${this.found.length}: ${this.desk.name(one.code)}, ${one.words}`);
  }

  #current() {
    [...this.list.children].forEach((row, place) => (place === this.at ? row.setAttribute("aria-current", "true") : row.removeAttribute("aria-current")));
    this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  // Answer the current suggestion.
  answer(act) {
    if (this.root.hidden || this.desk.text.root.hidden || this.at < 0) return this.desk.say("Go to a suggestion first: a shows them, > is the next.", true);
    this.#answer(this.at, act);
  }

  async #answer(place, act) {
    const { entry, start, end, code } = this.found[place];
    this.at = place;
    const answer = await this.desk.do({ ask: act, entry, start, end, code });
    if (answer.ok) this.desk.say(`Saved: ${this.desk.name(code)} ${act}ed`);
  }
}
