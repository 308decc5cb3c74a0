// Rounds of coding apart: opened, followed, closed; and what was read apart, as numbers, a list and a log.
import { areaOf, fieldOf, lineOf, partOf, tableOf, workForm } from "./forms.js";
import { element } from "./looks.js";

const HOW = { same: "alike", "other ends": "other ends", "left only": "one alone", "right only": "one alone" };
const OUTCOMES = { agreed: "Agreed", apart: "Both readings stand", codebook: "The codebook is to change", open: "Left open" };

const LISTED = 300; // places that a list shows

export class Rounds {
  constructor(desk) {
    this.desk = desk;
  }

  // List the rounds, each with how far its coders have come; never what they coded.
  async list() {
    const answer = await this.desk.ask({ ask: "rounds" });
    if (!answer.ok) return this.desk.say(answer.told, true);
    const open = element("button", { type: "button", text: "Open a round", onclick: () => this.#form(answer.coders) });
    const why = element("p", { text: "Several code the same texts. Until a round is closed nobody sees what others made of its texts, nor does who is not in it." });
    this.desk.work.show("Rounds of coding apart", [why, element("p", { class: "wd-buttons" }, open), ...answer.rounds.map((one) => this.#round(one))]);
  }

  #round(one) {
    const state = one.closed ? `closed ${one.closed.slice(0, 10)}` : `open since ${one.opened.slice(0, 10)}`;
    const rows = one.coders.map(({ coder, finished, assigned }) => [coder, `${finished} of ${assigned}`]);
    const act = one.closed
      ? element("button", { type: "button", text: "Compare", "aria-label": `Compare: ${one.title}`, onclick: () => this.compare(one.round) })
      : element("button", { type: "button", text: "Close", "aria-label": `Close: ${one.title}`, onclick: () => this.#close(one) });
    const asked = one.question ? element("p", { text: one.question }) : null;
    return partOf(`${one.title} (${state})`, asked, tableOf(`${one.entries} entries`, ["Coder", "Done"], rows), element("p", { class: "wd-buttons" }, act));
  }

  #form(coders) {
    const entries = this.desk.list.shown.map((one) => one.entry);
    const title = lineOf("", { required: true });
    const question = areaOf("");
    const names = lineOf(coders.join(", "), { required: true });
    const each = lineOf("2", { inputmode: "numeric", required: true });
    const seed = lineOf("1", { inputmode: "numeric", required: true });
    const save = () => {
      const given = [...new Set(names.value.split(/[,\s]+/).filter(Boolean))];
      const [count, chance] = [Number(each.value), Number(seed.value)];
      if (!entries.length) return "The list is empty: choose entries in it first.";
      if (!Number.isInteger(count) || count < 2 || count > given.length) return `Coders for each entry: from 2 to ${given.length}, the coders named.`;
      if (!Number.isInteger(chance)) return "The number for chance is a whole one.";
      return { ask: "open round", title: title.value, question: question.value, entries, coders: given, each: count, seed: chance };
    };
    const parts = [
      element("p", { text: `${entries.length} entries: those in the list now. Narrow it down for others.` }),
      fieldOf("Title", title), fieldOf("What it is to show (if you like)", question), fieldOf("Coders", names),
      fieldOf("Coders for each entry", each), fieldOf("Number for chance: the same one shares out the same way", seed),
    ];
    this.desk.work.show("Open a round", [workForm(this.desk.work, { does: "Open", save, after: () => this.list() }, ...parts)]);
  }

  #close(one) {
    const left = one.unfinished;
    const reason = lineOf("", { required: left.length > 0 });
    const told = left.length
      ? `${left.length} are not done: ${left.slice(0, 12).map(([entry, coder]) => `${entry} by ${coder}`).join(", ")}${left.length > 12 ? ", …" : ""}. They are not compared.`
      : "All is done.";
    const parts = [element("p", { text: `${told} When it is closed, all may see all codings of its texts.` }), left.length ? fieldOf("Why it is closed without them", reason) : null];
    const save = () => ({ ask: "close round", round: one.round, unfinished: left, reason: reason.value });
    this.desk.work.show(`Close: ${one.title}`, [workForm(this.desk.work, { does: "Close", save, after: () => this.compare(one.round) }, ...parts.filter(Boolean))]);
  }

  // What was read apart. A codebook that is measured has its numbers first, a reflexive one the log, and no numbers.
  async compare(round) {
    const answer = await this.desk.ask({ ask: "compare", round });
    if (!answer.ok) return this.desk.say(answer.told, true);
    const numbers = answer.stance === "codebook" ? await this.desk.ask({ ask: "numbers", round }) : null;
    const heads = [this.#summary(answer), this.#buttons(answer)];
    const parts = numbers ? [...heads, this.#numbers(numbers), this.#places(answer), this.#log(answer)] : [...heads, this.#log(answer), this.#places(answer)];
    this.desk.work.show(`Coded apart: ${answer.round.title}`, parts);
  }

  #summary({ entries, places, alike, left_out: without }) {
    const undecided = places.filter((one) => !one.decided).length;
    const left = without ? ` ${without} entries are left out: fewer than two were done with them, or another round of them is open.` : "";
    return element("p", { text: `${entries} entries compared. Read alike: ${alike}. Read apart: ${places.length}, of which ${undecided} not decided.${left}` });
  }

  #buttons(answer) {
    const go = element("button", { type: "button", text: "Go through them", onclick: () => this.desk.apart.begin(answer) });
    const agree = element("button", { type: "button", text: `Agree on ${answer.to_agree} read alike`, onclick: () => this.#agree(answer.round.round) });
    const back = element("button", { type: "button", text: "All rounds", onclick: () => this.list() });
    return element("p", { class: "wd-buttons" }, answer.places.length ? go : null, answer.to_agree ? agree : null, back);
  }

  async #agree(round) {
    const answer = await this.desk.do({ ask: "agree", round });
    if (answer.ok) this.compare(round);
  }

  #numbers(answer) {
    if (!answer.ok) return partOf("Agreement", element("p", { text: answer.told }));
    const share = (value) => (value == null ? "–" : `${Math.round(value * 100)}\u00a0%`);
    const alpha = ({ alpha: value, low, high, note }) => (value == null ? `none: ${note ?? ""}` : `${value.toFixed(2)}${low == null ? "" : ` (${low.toFixed(2)} to ${high.toFixed(2)})`}`);
    const rows = answer.rows.map((one) => [this.desk.name(one.code), one.n, one.positive, share(one.observed), alpha(one), one.kappa == null ? "–" : one.kappa.toFixed(2)]);
    const heads = ["Code", `Units (${answer.unit}s)`, "With the code", "Alike", "Krippendorff's α (95 %)", "Cohen's κ"];
    const told = "Of the codings as they were when the round was closed. α is 1 when all read alike and 0 when no more alike than by chance. Of few units with the code it tells little.";
    return partOf("Agreement", element("p", { text: told }), tableOf("Agreement, code by code", heads, rows));
  }

  #places(answer) {
    const rows = answer.places.slice(0, LISTED).map((place, at) => {
      const told = [this.desk.name(place.code), HOW[place.how], place.decided ? OUTCOMES[place.decided.outcome] : "not decided"].join(" · ");
      return element("li", {}, element("button", { type: "button", class: "wd-entry", onclick: () => this.desk.apart.begin(answer, at) }, element("span", { class: "wd-about", text: told }), element("span", { class: "wd-begins", text: place.quote })));
    });
    const more = answer.places.length - rows.length;
    return partOf("Read apart", more > 0 ? element("p", { text: `The first ${LISTED}; ${more} more come as you go through them.` }) : "", rows.length ? element("ul", { "aria-label": "Places read apart" }, ...rows) : element("p", { text: "Nothing was read apart." }));
  }

  #log({ decisions, places }) {
    const rows = decisions.map((one) => {
      const place = places.find(({ decided }) => decided?.decision === one.decision);
      return [one.decided.slice(0, 10), one.entry, place?.quote ?? "", one.code ? this.desk.name(one.code) : "–", place ? readingsOf(place) : "–", OUTCOMES[one.outcome], one.text, one.author];
    });
    const heads = ["Day", "Entry", "Words", "Code", "Readings", "Became", "What was said", "By"];
    return partOf("What was said", rows.length ? tableOf("The log of the dialogue", heads, rows) : element("p", { text: "Nothing yet." }));
  }
}

// How two read a place, in words.
export function readingsOf({ left, right, coders }) {
  return [left, right].map((some, side) => `${coders[side]}: ${some.map((one) => `“${one.quote}”`).join(" and ") || "not coded"}`).join(", ");
}
