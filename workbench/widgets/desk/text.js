// The text with its codings: underlined in lanes, named beside. Blocks out of sight are neither laid out nor painted.
import { element } from "./looks.js";
import { Block } from "./drawing.js";
import { Layers } from "./layers.js";
import { Places, blockAt, blocksOf, nextPiece, previousPiece, widened } from "./places.js";

const STRETCH = 16; // blocks that are passed over as one while out of sight: a browser looks after each on every frame
const DRAWN = 40; // blocks drawn at once; the rest follow without holding up the first

export class TextPane {
  // `tell` is called with what was chosen: {span} or {coding}.
  constructor(desk, tell) {
    this.desk = desk;
    this.tell = tell;
    this.marks = 0; // a number for each coding that is drawn, kept when it is saved
    this.root = element("div", { class: "wd-text", tabindex: 0, role: "group", "aria-label": "Text to code", "aria-describedby": "wd-keys" });
    this.root.addEventListener("click", (event) => this.#clicked(event));
    this.listening = () => this.#selected();
    document.addEventListener("selectionchange", this.listening);
    this.show({ entry: "", text: "" }, []);
  }

  close() {
    document.removeEventListener("selectionchange", this.listening);
  }

  // Show an entry; codings have code points.
  show(entry, codings) {
    this.entry = entry.entry;
    this.text = entry.text;
    this.places = new Places(this.text);
    this.blocks = blocksOf(this.text);
    this.codings = new Map();
    this.span = { start: 0, end: 0, head: 0, anchor: 0 };
    this.current = null;
    for (const one of codings) this.codings.set(one.coding, this.#inUnits(one));
    this.#lay();
    this.root.lang = entry.language ?? "";
    this.drawn = this.blocks.map((_, place) => new Block(this, place));
    this.rows = this.drawn.map((block) => block.root);
    this.root.replaceChildren(...this.#stretches());
    this.root.scrollTop = 0;
    this.#drawSome(0, this.entry);
  }

  // The blocks, some at a time, each stretch about as high as it will be.
  #stretches() {
    return Array.from({ length: Math.ceil(this.rows.length / STRETCH) }, (_, number) => {
      const [from, to] = [number * STRETCH, (number + 1) * STRETCH];
      const lines = this.blocks.slice(from, to).reduce((sum, { start, end }) => sum + Math.ceil((end - start + 1) / 65), 0);
      return element("div", { class: "wd-stretch", style: `contain-intrinsic-size: auto ${lines * 31}px` }, ...this.rows.slice(from, to));
    });
  }

  #inUnits(one) {
    return { ...one, start: this.places.toUnit(one.start), end: this.places.toUnit(one.end), mark: ++this.marks };
  }

  #lay() {
    this.layers = new Layers(this.blocks, [...this.codings.values()].filter((one) => this.desk.isShown(one)));
  }

  #drawSome(from, entry) {
    if (entry !== this.entry || from >= this.rows.length) return;
    const to = Math.min(from + (from ? DRAWN * 10 : DRAWN), this.rows.length);
    for (let place = from; place < to; place++) this.drawn[place].draw();
    if (to < this.rows.length) setTimeout(() => this.#drawSome(to, entry));
  }

  // Take codings away and put others in; only what they change is drawn.
  change(gone, come) {
    const touched = new Set();
    const { current } = this;
    for (const { coding } of gone) this.#take(coding, touched);
    for (const one of come.filter((one) => one.entry === this.entry)) {
      const made = this.#inUnits(one);
      if (this.#isDrawn(made)) continue;
      this.#take(one.coding, touched);
      this.#put({ ...made, fresh: made.coder === this.desk.coder }, touched);
    }
    this.current = this.codings.has(current) ? current : null;
    for (const place of touched) this.drawn[place].draw();
    if (touched.size) this.#native();
  }

  // Show these codings and no others: those that are there already stay as they are.
  become(codings) {
    const kept = new Set(codings.map((one) => one.coding));
    this.change([...this.codings.values()].filter((one) => !one.pending && !kept.has(one.coding)), codings);
  }

  #take(coding, touched) {
    const old = this.codings.get(coding);
    if (!old) return;
    this.codings.delete(coding);
    this.layers.take(old);
    for (const place of this.layers.across(old)) touched.add(place);
  }

  #put(made, touched) {
    this.codings.set(made.coding, made);
    if (!this.desk.isShown(made)) return;
    this.layers.put(made);
    for (const place of this.layers.across(made)) touched.add(place);
  }

  #isDrawn(made) {
    const one = this.codings.get(made.coding);
    return one && !one.pending && ["start", "end", "code", "coder"].every((name) => one[name] === made[name]);
  }

  // A coding that was drawn faintly is saved: what is drawn stays, with its code in the study.
  settle(drawn, made) {
    const one = this.codings.get(drawn.coding);
    if (!one || one.entry !== made.entry) return this.change([drawn], [made]);
    this.codings.delete(drawn.coding);
    Object.assign(one, { coding: made.coding, pending: false });
    if (this.current === drawn.coding) this.current = made.coding;
    this.codings.set(made.coding, one);
    for (const place of this.layers.across(one)) this.drawn[place].settle(drawn.coding, one);
  }

  // Draw what looks otherwise now: others' codings, or names and colours of codes.
  redraw() {
    this.#lay();
    for (const block of this.drawn.filter((one) => one.words)) block.draw();
    this.#native();
  }

  // The words of a span, as they are stored.
  quote({ start, end }) {
    return this.text.slice(start, end);
  }

  // The chosen span in code points; null when nothing is chosen.
  chosen() {
    const { start, end } = this.span;
    return end > start ? { entry: this.entry, start: this.places.toPoint(start), end: this.places.toPoint(end) } : null;
  }

  // Move by a unit: the next one is chosen, or the span grows or shrinks towards it.
  move(kind, forward, extend) {
    const { text, blocks } = this;
    const { head, anchor, start, end } = this.span;
    const found = forward
      ? nextPiece(text, blocks, extend ? Math.max(head, 0) : end, kind)
      : previousPiece(text, blocks, extend ? head : start, kind);
    if (!found) return;
    if (!extend) return this.choose(found[0], found[1]);
    this.#leave();
    this.#set(anchor, forward ? found[1] : found[0]);
  }

  widen(kind) {
    const { start, end } = widened(this.text, this.blocks, this.span, kind);
    this.choose(start, end);
  }

  choose(start, end) {
    this.#leave();
    this.#set(start, end);
  }

  // Other words are chosen: no coding is the current one.
  #leave() {
    const old = this.codings.get(this.current);
    this.current = null;
    if (old) this.#mark(old, false);
  }

  #mark(one, on) {
    for (const place of this.layers.across(one)) {
      this.drawn[place].mark(one.coding, on);
      this.drawn[place].draw(); // a name that was folded is shown while its coding is the current one
    }
  }

  #set(anchor, head) {
    this.span = { anchor, head, start: Math.min(anchor, head), end: Math.max(anchor, head) };
    this.#native();
    this.rows[blockAt(this.blocks, Math.max(head - 1, 0))]?.scrollIntoView({ block: "nearest" });
    this.tell({ span: this.span });
  }

  // Show the span as the browser's own selection.
  #native() {
    const { anchor, head } = this.span;
    if (anchor === head) return;
    const [from, to] = [this.#node(anchor), this.#node(head)];
    if (!from || !to) return;
    this.#keepShown();
    if (document.activeElement?.matches("input, textarea, select")) return; // somebody types there
    document.getSelection().setBaseAndExtent(...from, ...to);
  }

  // A browser hides its selection while one types elsewhere: a highlight of our own stays.
  #keepShown() {
    if (window.Highlight) CSS.highlights.set("wd-span", new Highlight(this.range(this.span)));
  }

  // Where a span lies in the page; null while it is not drawn.
  range({ start, end }) {
    const [from, to] = [this.#node(start), this.#node(end)];
    if (!from || !to) return null;
    const range = document.createRange();
    range.setStart(...from);
    range.setEnd(...to);
    return range;
  }

  #node(unit) {
    const place = blockAt(this.blocks, unit);
    const words = this.rows[place].firstChild;
    if (!words) return null;
    let left = Math.min(unit, this.blocks[place].end) - this.blocks[place].start;
    const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (left <= node.length) return [node, left];
      left -= node.length;
    }
    return [words, 0];
  }

  // Where in the text a point of the page lies; null outside it.
  #unit(node, offset) {
    const row = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.(".wd-block");
    const place = this.rows.indexOf(row);
    if (place < 0) return null;
    const words = row.firstChild;
    if (!words?.contains(node)) return this.blocks[place].end;
    const before = document.createRange();
    before.setStart(words, 0);
    before.setEnd(node, offset);
    return this.blocks[place].start + before.toString().length;
  }

  #selected() {
    const selection = document.getSelection();
    if (!selection.rangeCount || !this.root.contains(selection.anchorNode) || !this.root.contains(selection.focusNode)) return;
    const anchor = this.#unit(selection.anchorNode, selection.anchorOffset);
    const head = this.#unit(selection.focusNode, selection.focusOffset);
    if (anchor == null || head == null || (anchor === this.span.anchor && head === this.span.head)) return;
    if (anchor !== head) this.#leave();
    this.span = { anchor, head, start: Math.min(anchor, head), end: Math.max(anchor, head) };
    CSS.highlights?.delete("wd-span");
    this.tell({ span: this.span });
  }

  #clicked(event) {
    const name = event.target.closest("[data-coding]");
    const part = event.target.closest("[data-codings]");
    if (name) this.goTo(name.dataset.coding);
    else if (part && document.getSelection().isCollapsed) this.goTo(this.#inner(part.dataset.codings.split(" ")));
    this.root.focus({ preventScroll: true });
  }

  // The shortest of some codings.
  #inner(codings) {
    return codings.reduce((one, other) => (this.#size(other) < this.#size(one) ? other : one));
  }

  #size(coding) {
    const one = this.codings.get(coding);
    return one ? one.end - one.start : Infinity;
  }

  // Make a coding the current one, and its words the span.
  goTo(coding) {
    const one = this.codings.get(coding);
    if (!one) return;
    this.#leave();
    this.current = coding;
    this.#mark(one, true);
    this.#set(one.start, one.end);
    this.tell({ coding: one });
  }

  // A coding with one end moved by a word, in code points.
  stretched({ start, end }, which, forward) {
    const { text, blocks } = this;
    const at = which === "start" ? start : end;
    const found = forward ? nextPiece(text, blocks, which === "start" ? at + 1 : at, "word") : previousPiece(text, blocks, which === "start" ? at : at - 1, "word");
    const moved = found ? found[which === "start" ? 0 : 1] : at;
    const ends = which === "start" ? [moved, end] : [start, moved];
    return { start: this.places.toPoint(ends[0]), end: this.places.toPoint(ends[1]) };
  }

  // Go to the coding after, or before, where the span is.
  jump(forward) {
    const shown = [...this.codings.values()].filter((one) => this.desk.isShown(one));
    const ordered = shown.sort((a, b) => a.start - b.start || a.end - b.end || (a.coding < b.coding ? -1 : 1));
    if (!ordered.length) return;
    const at = ordered.findIndex((one) => one.coding === this.current);
    const step = forward ? 1 : -1;
    const next = at >= 0 ? ordered[(at + step + ordered.length) % ordered.length] : forward
      ? (ordered.find((one) => one.start >= this.span.start) ?? ordered[0])
      : (ordered.findLast((one) => one.end <= this.span.end) ?? ordered.at(-1));
    this.goTo(next.coding);
  }
}
