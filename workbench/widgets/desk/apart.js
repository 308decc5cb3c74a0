// Places that two coders read apart, one after the other in the text: their codings side by side, and what is decided.
import { element } from "./looks.js";
import { readingsOf } from "./rounds.js";

const AGREED = "agreed"; // the coder whose codings are those agreed on
const TAGS = { "other ends": "other ends", "left only": "alone", "right only": "alone" };

const spansOf = (codings) => codings.map(({ start, end, code }) => [start, end, code]);

export class Apart {
  constructor(desk) {
    this.desk = desk;
    this.words = element("p", { class: "wd-place", "aria-live": "polite" });
    this.why = element("input", { type: "text", class: "wd-search", placeholder: "What you say of it (w)", "aria-label": "What you say of it", onkeydown: (event) => this.#typed(event) });
    this.does = element("div", { class: "wd-row", role: "toolbar", "aria-label": "Decide" });
    this.root = element("div", { class: "wd-apart", role: "region", "aria-label": "Read apart", hidden: true }, this.words, this.does, this.why);
    this.keys = {
      1: () => this.#take("left"), 2: () => this.#take("right"), 3: () => this.#decide("apart", "Both readings stand."), 4: () => this.#own(),
      5: () => this.#decide("codebook", "The codebook is to change."), 6: () => this.#decide("open", "Left open."),
      ".": () => this.go(this.at + 1), ",": () => this.go(this.at - 1), w: () => this.why.focus(), Escape: () => this.leave(true),
    };
  }

  get shown() {
    return !this.root.hidden;
  }

  get place() {
    return this.answer.places[this.at];
  }

  // Begin at a place, or at the first that is not decided.
  begin(answer, at = Math.max(0, answer.places.findIndex((one) => !one.decided))) {
    this.#takeIn(answer);
    this.desk.work.leave();
    this.root.hidden = false;
    this.desk.root.classList.add("wd-comparing");
    return this.go(at);
  }

  #takeIn(answer) {
    this.answer = answer;
    this.how = new Map();
    for (const one of answer.places) for (const coding of [...one.left, ...one.right]) this.how.set(coding.coding, one.how);
  }

  // Something was undone, or done again.
  async refresh() {
    const answer = await this.desk.ask({ ask: "compare", round: this.answer.round.round });
    if (!answer.ok || !answer.places.length) return this.leave();
    this.#takeIn(answer);
    await this.go(Math.min(this.at, answer.places.length - 1));
  }

  leave(back = false) {
    if (!this.shown) return;
    this.root.hidden = true;
    this.desk.root.classList.remove("wd-comparing");
    this.desk.text.redraw();
    if (back) this.desk.rounds.compare(this.answer.round.round);
    else this.desk.focus();
  }

  async go(at) {
    const count = this.answer.places.length;
    this.at = (at + count) % count;
    const { place } = this;
    if (this.desk.text.entry !== place.entry) await this.desk.open(place.entry, { quietly: true });
    this.desk.turnTo("text");
    this.desk.text.redraw();
    const { places } = this.desk.text;
    this.desk.text.choose(places.toUnit(place.start), places.toUnit(place.end));
    this.#tell();
    this.desk.focus();
  }

  #tell() {
    const { place } = this;
    const ends = place.how === "other ends" ? "with other ends" : "by one alone";
    const decided = place.decided ? ` Decided (${place.decided.outcome}): ${place.decided.text}` : "";
    this.words.textContent = `${this.at + 1} of ${this.answer.places.length}: ${this.desk.name(place.code)}, coded ${ends}. ${readingsOf(place)}.${decided}`;
    this.why.value = "";
    const [left, right] = place.coders;
    const named = [["1", `Take ${left}'s`], ["2", `Take ${right}'s`], ["3", "Both stand"], ["4", "Other words or code"], ["5", "Change the codebook"], ["6", "Leave open"], [",", "Before"], [".", "Next"], ["Escape", "Leave"]];
    this.does.replaceChildren(...named.map(([key, text]) => element("button", { type: "button", text: `${text} (${key === "Escape" ? "Esc" : key})`, onclick: () => this.keys[key]() })));
  }

  // Enter in the words goes back to the text, where a digit decides.
  #typed(event) {
    if (!["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    this.desk.focus();
  }

  // True when a key was one of these.
  press(event) {
    const act = event.ctrlKey || event.altKey || event.metaKey ? null : this.keys[event.key];
    if (!act) return /^[0-9]$/.test(event.key); // no digit codes here
    act();
    return true;
  }

  #readings() {
    return spansOf([...this.place.left, ...this.place.right]);
  }

  #take(side) {
    const coder = this.place.coders[side === "left" ? 0 : 1];
    const taken = spansOf(this.place[side]);
    this.#settle(taken, `As ${coder} read it${taken.length ? "" : ": not coded"}.`);
  }

  #own() {
    const span = this.desk.text.chosen();
    if (!span) return this.desk.say("Choose the words first.", true);
    this.desk.picker.ask("Agreed code for these words", ({ code }) => code && this.#settle([[span.start, span.end, code]], "Other words or another code."));
  }

  async #settle(taken, words) {
    const { entry } = this.place;
    await this.#did(await this.desk.do({ ask: "adjudicate", round: this.answer.round.round, entry, readings: this.#readings(), taken, text: this.#said(words) }));
  }

  async #decide(outcome, words) {
    const { entry, start, end, code } = this.place;
    await this.#did(await this.desk.do({ ask: "decide", round: this.answer.round.round, entry, start, end, code, outcome, text: this.#said(words) }));
  }

  #said(words) {
    return this.why.value.trim() || words;
  }

  // On to the next that is not decided.
  async #did(answer) {
    if (!answer.ok) return;
    this.place.decided = answer.decisions.at(-1);
    const { places } = this.answer;
    const later = places.findIndex((one, at) => at > this.at && !one.decided);
    const next = later >= 0 ? later : places.findIndex((one) => !one.decided);
    await this.go(next >= 0 ? next : this.at);
    this.desk.say(next >= 0 ? `Saved. ${places.filter((one) => !one.decided).length} left.` : "Saved. All are decided.");
  }

  // Only the two readings, and what is agreed on, are drawn.
  isShown({ coder }) {
    return coder === AGREED || this.place.coders.includes(coder);
  }

  // What is said of a coding beside its name, and in which column it stands.
  tag({ coding, coder }) {
    const side = this.place.coders.indexOf(coder);
    return { words: `${coder}${side < 0 ? "" : `, ${TAGS[this.how.get(coding)] ?? "alike"}`}`, side: ["wd-left", "wd-right"][side] ?? "wd-both" };
  }
}
