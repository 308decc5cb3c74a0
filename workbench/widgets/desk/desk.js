// The coding desk: what is asked of the study, and how its parts hang together.
import { Apart } from "./apart.js";
import { CodebookPane, CodePicker } from "./codebook.js";
import { MEMOS, askFor, showHelp } from "./dialogs.js";
import { EntryList } from "./entries.js";
import { Grid } from "./grid.js";
import { Kernel, wordsOf } from "./kernel.js";
import { EVERYDAY, KEYS, actionOf } from "./keys.js";
import { element, looksOf } from "./looks.js";
import { CodebookWork } from "./panel.js";
import { News } from "./news.js";
import { Rounds } from "./rounds.js";
import { SuggestionPane } from "./suggestions.js";
import { TextPane } from "./text.js";

const PATIENCE = 8000; // milliseconds after which a silent kernel is told of
const PLAIN = { hue: 0, line: "solid" };
const PANES = [["entries", "Entries"], ["text", "Text"], ["codes", "Codes"]];

class Desk {
  constructor(model, place) {
    this.model = model;
    this.waiting = new Map();
    this.sent = 0;
    this.codes = [];
    this.entries = [];
    this.recent = [];
    this.language = model.get("language");
    this.others = true;
    this.heard = (message) => this.#heard(message);
    model.on("msg:custom", this.heard);
    this.kernel = new Kernel(model, () => this.#watched());
    this.#build(place);
    this.news = new News(this);
  }

  #build(place) {
    this.text = new TextPane(this, (chosen) => this.#told(chosen));
    this.list = new EntryList(this);
    this.book = new CodebookPane(this);
    this.picker = new CodePicker(this);
    this.grid = new Grid(this);
    this.work = new CodebookWork(this);
    this.suggested = new SuggestionPane(this);
    this.rounds = new Rounds(this);
    this.apart = new Apart(this);
    this.status = element("p", { class: "wd-status", role: "status", "aria-live": "polite" });
    this.alarm = element("p", { class: "wd-alarm", role: "alert", hidden: true });
    this.about = element("header", { class: "wd-context", "aria-label": "About this entry" });
    this.tools = element("div", { class: "wd-tools", role: "toolbar", "aria-label": "Actions" }, ...this.#unfolding(this.#buttons(false)));
    const ofCoding = element("div", { class: "wd-tools wd-of-coding", role: "toolbar", "aria-label": "This coding" }, ...this.#buttons(true));
    const middle = element("section", { class: "wd-middle", "aria-label": "Coding" }, this.about, this.tools, this.apart.root, this.text.root, this.grid.root, this.work.root, this.suggested.root, this.status, ofCoding);
    const tabs = element("nav", { class: "wd-tabs", "aria-label": "Parts of the desk" }, ...PANES.map(([pane, text]) => element("button", { type: "button", text, onclick: () => this.turnTo(pane) })));
    const hint = element("p", { id: "wd-keys", class: "wd-hidden", text: "Press ? for the keys." });
    this.root = element("div", { class: "wd-desk", tabindex: -1, "data-pane": "text", "data-lm-suppress-shortcuts": "true", onkeydown: (event) => this.#pressed(event) }, this.alarm, tabs, this.list.root, middle, this.book.root, this.picker.root, hint);
    // JupyterLab looks at what has the focus itself before it looks at what that lies in.
    this.root.addEventListener("focusin", (event) => event.target.setAttribute("data-lm-suppress-shortcuts", "true"));
    // JupyterLab refuses Enter in a field of a cell: no form is sent and no line begun, unless the field itself never hears of it.
    this.root.addEventListener("beforeinput", (event) => event.stopPropagation(), true);
    place.append(this.root);
  }

  #buttons(ofCoding) {
    const named = KEYS.flatMap(([, keys]) => keys.filter(([, , , , button, only]) => button && Boolean(only) === ofCoding));
    return named.map(([, shown, does, act, text]) => element("button", { type: "button", title: `${does} (${shown})`, text, onclick: () => act(this) }));
  }

  #unfolding(buttons) {
    const more = element("button", { type: "button", class: "wd-unfolds", text: "More …", "aria-expanded": "false", onclick: () => more.setAttribute("aria-expanded", String(more.getAttribute("aria-expanded") === "false")) });
    return [...buttons.filter((one) => EVERYDAY.has(one.textContent)), more, ...buttons.filter((one) => !EVERYDAY.has(one.textContent))];
  }

  close() {
    this.text.close();
    this.suggested.close();
    this.news.close();
    this.kernel.close();
    this.model.off("msg:custom", this.heard);
    this.root.remove();
  }

  // On a phone one part is shown at a time.
  turnTo(pane) {
    this.root.dataset.pane = pane;
  }

  // Ask the study; the answer comes when what was asked for is done, and on the disk.
  ask(asked, patience = PATIENCE) {
    const id = ++this.sent;
    return new Promise((done) => {
      const late = setTimeout(() => this.#silent(), patience);
      this.waiting.set(id, (answer) => {
        clearTimeout(late);
        this.#alarm("");
        done(answer);
      });
      try {
        this.model.send({ id, ...asked });
        if (this.kernel.state === "ended") this.#silent();
      } catch {
        this.#silent();
      }
    });
  }

  #heard(message) {
    const done = this.waiting.get(message?.id);
    this.waiting.delete(message?.id);
    done?.(message);
  }

  #silent() {
    this.say(""); // what it says of saving is about what came before
    this.#alarm(wordsOf(this.kernel.state, { notebook: Boolean(this.root.closest(".jp-NotebookPanel")), saved: this.saved }));
  }

  // The page around the desk tells something of the kernel, or of the line to it.
  #watched() {
    if (["ended", "cut off"].includes(this.kernel.state)) return this.#silent();
    this.#alarm("");
    this.news.again();
  }

  #alarm(words) {
    this.alarm.hidden = !words;
    if (this.alarm.textContent !== words) this.alarm.textContent = words;
  }

  say(words, wrong = false) {
    this.status.textContent = wrong ? words : words.replace(/\s+/g, " ");
    this.status.classList.toggle("wd-wrong", wrong);
  }

  async begin() {
    const answer = await this.ask({ ask: "begin" });
    if (!answer.ok) return this.say(answer.told, true);
    this.#begun(answer);
    await this.open(this.model.get("entry") || this.list.shown[0]?.entry);
  }

  #begun(answer) {
    Object.assign(this, { coder: answer.coder, entries: answer.entries, recent: answer.recent, choices: answer.choices, assigned: answer.assigned });
    this.news.sequence = answer.sequence;
    this.#codes(answer.codes);
    this.list.begin(answer.choices);
  }

  // Take in all that is new, where it is much; what is open stays open, with what is chosen in it.
  async refresh() {
    const begun = await this.ask({ ask: "begin" });
    if (!begun.ok) return this.say(begun.told, true);
    this.#begun(begun);
    const { entry, text } = this.text;
    const answer = entry ? await this.ask({ ask: "open", entry }) : begun;
    if (entry !== this.text.entry) return; // another was opened meanwhile
    if (!answer.ok || !entry || answer.entry.text !== text) return this.open(this.list.shown[0]?.entry, { quietly: true });
    this.opened = answer;
    this.text.become(answer.codings);
    this.#context(answer);
    await this.grid.refresh();
  }

  // Show what others did, as told in news.
  hear({ gone, come, memos, codes, coded }) {
    if (codes) this.#codes(codes);
    if (codes) this.work.hear();
    this.text.change(gone, come);
    this.grid.change(gone, come);
    if (this.opened && (memos.gone.length || memos.come.length)) this.#memos(memos);
    for (const row of this.entries.filter((one) => coded[one.entry])) {
      row.coded = coded[row.entry];
      this.list.update(row.entry);
    }
  }

  #codes(codes) {
    this.codes = codes;
    this.byCode = new Map(codes.map((one) => [one.code, one]));
    this.looks = looksOf(codes);
    this.book.draw();
    this.text.redraw();
  }

  codebook() {
    return { name: (code) => this.name(code), recent: this.recent };
  }

  name(code) {
    return this.byCode.get(code)?.[`name_${this.language}`] ?? code;
  }

  look(code) {
    return this.looks.get(code) ?? PLAIN;
  }

  isShown(coding) {
    return this.apart.shown ? this.apart.isShown(coding) : this.others || coding.coder === this.coder;
  }

  // What is said of a coding beside its name, and in which column it stands.
  tag(coding) {
    return this.apart.shown ? this.apart.tag(coding) : { words: coding.coder === this.coder ? "" : coding.coder, side: "" };
  }

  focus() {
    const shown = this.work.shown ? this.work.heading : this.grid.root.hidden ? this.text.root : this.grid.root;
    shown.focus({ preventScroll: true });
  }

  // The codebook is worked on in place of what is coded; the tree stays.
  cover(on) {
    if (on && !this.work.shown) this.covered = this.grid.root.hidden;
    this.root.focus({ preventScroll: true });
    this.work.root.hidden = !on;
    this.tools.hidden = on;
    this.grid.root.hidden = on || this.covered;
    this.text.root.hidden = this.about.hidden = on || !this.covered;
  }

  async open(entry, { quietly = false } = {}) {
    if (!quietly) this.work.leave();
    if (!quietly) this.apart.leave();
    if (!entry) return this.text.show({ entry: "", text: "" }, []);
    const answer = await this.ask({ ask: "open", entry });
    if (!answer.ok) return this.say(answer.told, true);
    this.opened = answer;
    this.text.show(answer.entry, answer.codings);
    this.#context(answer);
    this.suggested.follow();
    this.list.mark(entry);
    this.model.set("entry", entry);
    this.model.save_changes();
    if (!quietly) this.turnTo("text");
    this.focus();
  }

  #context({ entry, levels, memos, previous, apart }) {
    const names = this.choices;
    const about = [
      entry.person ?? "the group", names.organisation[entry.organisation], names.occasion[entry.occasion], entry.written.slice(0, 10), names.kind[entry.kind], names.component[entry.component],
    ].filter(Boolean).join(" · ");
    const own = levels.filter((one) => !entry.component || one.component === entry.component);
    const told = own.map((one) => `${one.component} ${one.frame}: ${one.level ?? one.missing}`).join(", ");
    const before = previous ? element("button", { type: "button", text: "Previous about the same (b)", onclick: () => this.peek() }) : null;
    this.about.replaceChildren(
      element("p", { class: "wd-who", text: about }),
      ...(told ? [element("details", {}, element("summary", { text: `${own.length} levels of this occasion` }), element("p", { text: told }))] : []),
      ...(memos.length ? [element("details", {}, element("summary", { text: memos.length === 1 ? "1 memo" : `${memos.length} memos` }), ...memos.map((one) => element("p", { text: `${one.author}: ${one.text}` })))] : []),
      ...(before ? [before] : []),
      ...(apart ? [element("p", { class: "wd-told", text: `Coded apart${this.#share(entry.entry)}: what others make of it is not shown.` })] : []),
    );
  }

  #assign(assigned) {
    const changed = this.entries.filter((one) => this.assigned[one.entry] !== assigned[one.entry]);
    this.assigned = assigned;
    for (const one of changed) this.list.update(one.entry);
    if (this.opened) this.#context(this.opened);
  }

  #share(entry) {
    return { "to do": ", yours to do", done: ", you are done" }[this.assigned[entry]] ?? "";
  }

  // Say that one is done with this entry in a round, or is not after all.
  async finish() {
    const { entry } = this.text;
    if (!this.assigned[entry]) return this.say("This entry is not yours in an open round.", true);
    const done = this.assigned[entry] === "to do";
    const answer = await this.do({ ask: done ? "finish" : "reopen", entry });
    if (answer.ok) this.say(done ? "Done with this entry; x goes to the next of your round." : "Not done with this entry after all.");
  }

  nextOfRound() {
    const at = this.entries.findIndex((one) => one.entry === this.text.entry);
    const next = [...this.entries.slice(at + 1), ...this.entries.slice(0, at)].find((one) => this.assigned[one.entry] === "to do");
    if (next) this.open(next.entry);
    else this.say("Nothing is left to do in your rounds.");
  }

  #told({ coding, span }) {
    this.#point();
    if (coding) this.say(`${this.name(coding.code)} · ${coding.coder}: ${this.text.quote(coding)}`.slice(0, 200));
    else if (span.end > span.start && !document.getSelection().isCollapsed) this.say(`Chosen: ${this.text.quote(span)}`.slice(0, 160));
  }

  #pressed(event) {
    if (event.target.closest("input, select, textarea, dialog")) return;
    if (event.key === "Enter" && event.target.closest("button, summary")) return;
    if (this.work.shown) return this.work.press(event);
    if (this.apart.shown && this.apart.press(event)) return event.preventDefault();
    if (!this.grid.root.hidden && this.grid.press(event)) return event.preventDefault();
    const act = actionOf(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act(this);
  }

  // Ask for a change, and show what became of it.
  async do(asked) {
    const answer = await this.ask(asked);
    if (!answer.ok) {
      this.say(answer.told, true);
      return answer;
    }
    this.saved = new Date().toLocaleTimeString("sv");
    this.news.did(answer.sequence);
    if (answer.codes) this.#codes(answer.codes);
    this.#change(answer.gone, answer.come);
    if (this.opened && (answer.memos.gone.length || answer.memos.come.length)) this.#memos(answer.memos);
    if (answer.assigned) this.#assign(answer.assigned);
    if (answer.anew) await this.refresh(); // a round was opened or closed
    if (this.apart.shown && ["undo", "redo"].includes(asked.ask)) await this.apart.refresh();
    this.say(`Saved: ${answer.act}`);
    return answer;
  }

  #change(gone, come) {
    this.text.change(gone, come);
    this.grid.change(gone, come);
    this.suggested.changed();
    const touched = new Set();
    for (const [some, step] of [[gone, -1], [come, 1]]) {
      for (const one of some) {
        const row = this.entries.find((entry) => entry.entry === one.entry);
        if (!row) continue;
        row.coded[one.coder] = (row.coded[one.coder] ?? 0) + step;
        if (!row.coded[one.coder]) delete row.coded[one.coder];
        touched.add(one.entry);
      }
    }
    for (const entry of touched) this.list.update(entry);
    this.#point();
  }

  #memos({ gone, come }) {
    const changed = new Set([...gone, ...come.map((one) => one.memo)]);
    const kept = this.opened.memos.filter((one) => !changed.has(one.memo));
    this.opened.memos = [...kept, ...come.filter((one) => one.entry === this.text.entry)];
    this.#context(this.opened);
  }

  // Code what is chosen: shown at once, faintly until it is saved.
  async code(code) {
    if (!code) return this.say("No code has been used yet: press c.", true);
    if (!this.grid.root.hidden) return this.#codeRows(code);
    const span = this.text.chosen();
    if (!span) return this.say("Choose some words first: → for a word, ↓ for a sentence.", true);
    const drawn = { ...span, coding: `pending-${this.sent}`, code, coder: this.coder, pending: true };
    this.text.change([], [drawn]);
    this.#used(code);
    const answer = await this.ask({ ask: "code", ...span, code });
    if (answer.ok && answer.come.length) this.text.settle(drawn, answer.come[0]);
    else this.text.change([drawn], []);
    this.#take(answer);
  }

  #take(answer) {
    if (!answer.ok) return this.say(answer.told, true);
    this.saved = new Date().toLocaleTimeString("sv");
    this.news.did(answer.sequence);
    if (answer.codes) this.#codes(answer.codes);
    this.#change(answer.gone, answer.come);
    this.say(`Saved: ${answer.come.map((one) => this.name(one.code)).join(", ") || answer.act}`);
  }

  async #codeRows(code) {
    this.#used(code);
    await this.do({ ask: "code rows", entries: this.grid.chosen(), code });
  }

  #used(code) {
    this.recent = [code, ...this.recent.filter((one) => one !== code)].slice(0, 10);
    this.book.number();
  }

  repeat() {
    this.code(this.recent[0]);
  }

  pick() {
    if (this.grid.root.hidden && !this.text.chosen()) return this.say("Choose some words first: → for a word, ↓ for a sentence.", true);
    this.picker.ask("Code", ({ code, name }) => (code ? this.code(code) : this.makeCode(name)));
  }

  async inVivo() {
    const span = this.text.chosen();
    if (span) await this.do({ ask: "new code", name: this.text.quote(this.text.span), ...span, reason: "in vivo" });
    else this.say("Choose the words that are to be its name.", true);
  }

  makeCode(name = "", coding = !this.work.shown) {
    const parents = [["", "– none –"], ...this.codes.filter((one) => one.status === "active").map((one) => [one.code, this.name(one.code)])];
    const fields = [["name", "Name", "line", name], ["parent", "Under", "select", "", parents], ["reason", "Why", "line", "seen while coding"]];
    const span = coding && this.grid.root.hidden ? this.text.chosen() : null;
    askFor(this, span ? "New code for these words" : "New code", fields, (given) => this.do({ ask: "new code", ...given, ...span }));
  }

  // The coding gone to, else the only own one over the span.
  #pointed() {
    const { start, end } = this.text.span;
    const own = [...this.text.codings.values()].filter((one) => one.coder === this.coder && one.start <= start && one.end >= end);
    return this.text.codings.get(this.text.current) ?? (own.length === 1 ? own[0] : null);
  }

  // What can be done with a coding is shown while one is pointed at.
  #point() {
    this.root.toggleAttribute("data-pointed", this.#pointed()?.coder === this.coder);
  }

  #meant() {
    const meant = this.#pointed();
    if (!meant) this.say("Go to a coding first: . for the next, , for the one before.", true);
    else if (meant.coder !== this.coder) this.say(`It is ${meant.coder}'s coding.`, true);
    return meant?.coder === this.coder ? meant : null;
  }

  recode() {
    const meant = this.#meant();
    if (meant) this.picker.ask(`Instead of ${this.name(meant.code)}`, ({ code }) => code && this.#again({ ask: "recode", coding: meant.coding, code }));
  }

  remove() {
    const meant = this.#meant();
    if (meant) this.do({ ask: "remove", coding: meant.coding });
  }

  // Move an end of a coding by a word, on from where the press before, once it is saved, has left it.
  stretch(which, forward) {
    this.stretched = Promise.resolve(this.stretched).then(() => this.#stretch(which, forward));
  }

  async #stretch(which, forward) {
    const meant = this.#meant();
    if (!meant) return;
    const { start, end } = this.text.stretched(meant, which, forward);
    if (end > start) await this.#again({ ask: "move", coding: meant.coding, start, end });
  }

  // Change a coding, and stay with it.
  async #again(asked) {
    const answer = await this.do(asked);
    if (answer.ok) this.text.goTo(asked.coding);
  }

  memo() {
    const kinds = MEMOS.map((kind) => [kind, kind]);
    askFor(this, "Memo on this entry", [["text", "Memo", "long", ""], ["kind", "Kind", "select", "method", kinds]], (given) => this.do({ ask: "memo", entry: this.text.entry, ...given }));
  }

  async turn(way) {
    const answer = await this.do({ ask: way });
    if (answer.ok) this.say(way === "undo" ? "Undone" : "Done again");
  }

  step(by) {
    const next = this.list.beside(this.text.entry, by);
    if (next) this.open(next);
    else this.say(by > 0 ? "This is the last entry of the list." : "This is the first entry of the list.");
  }

  nextUncoded() {
    const next = this.list.beside(this.text.entry, 1, (one) => !one.coded[this.coder]);
    if (next) this.open(next);
    else this.say("You have coded every entry after this one in the list.");
  }

  // The previous entry about the same; from there, back.
  async peek() {
    const back = this.came;
    const to = back ?? this.opened?.previous;
    if (!to) return this.say("There is no earlier entry about the same.");
    const from = this.text.entry;
    await this.open(to);
    this.came = back ? null : from;
    if (this.came) this.say("The previous entry about the same. b goes back.");
  }

  toggleOthers() {
    this.others = !this.others;
    this.text.redraw();
    this.say(this.others ? "Others' codings are shown" : "Others' codings are hidden");
  }

  async toggleGrid() {
    const on = this.grid.root.hidden;
    this.root.focus({ preventScroll: true }); // what is hidden lets go of the focus, and a notebook around takes the keys
    this.grid.root.hidden = !on;
    this.text.root.hidden = this.about.hidden = on;
    if (on) await this.grid.show();
    else await this.open(this.grid.chosen()[0] ?? this.text.entry);
    this.focus();
  }

  help() {
    showHelp(this);
  }
}

export default {
  render({ model, el }) {
    const desk = new Desk(model, el);
    desk.begin();
    return () => desk.close();
  },
};
