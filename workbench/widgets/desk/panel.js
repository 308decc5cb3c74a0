// Where the codebook is worked on: in place of the text, with the tree standing beside it.
import { codePage } from "./codepage.js";
import { actionOf } from "./keys.js";
import { element } from "./looks.js";
import { bookView } from "./versions.js";

const STILL_DESK = /^[zy?dw]$/i; // keys that do here what they do at the text

export class CodebookWork {
  constructor(desk) {
    this.desk = desk;
    this.heading = element("h2", { tabindex: -1 });
    this.away = element("button", { type: "button", text: "Back (Esc)", onclick: () => this.back() });
    this.view = element("div", { class: "wd-view" });
    const anew = element("button", { type: "button", text: "Show it as it is now", onclick: () => this.renew() });
    this.others = element("p", { class: "wd-row", role: "status", hidden: true }, "Somebody else changed the codebook meanwhile. ", anew);
    this.root = element("div", { class: "wd-work", role: "region", "aria-label": "Codebook work", hidden: true, onkeydown: (event) => this.#escaped(event) }, element("div", { class: "wd-row wd-head" }, this.heading, this.away), this.others, this.view);
    this.keys = {};
  }

  get shown() {
    return !this.root.hidden;
  }

  pick() {
    this.desk.picker.ask("A code's page", ({ code, name }) => (code ? this.open(code) : this.desk.makeCode(name, false)));
  }

  // A code's page, as the study has it now.
  async open(code) {
    const answer = await this.desk.ask({ ask: "code page", code });
    if (answer.ok) codePage(this, answer);
    else this.desk.say(answer.told, true);
  }

  async book() {
    const answer = await this.desk.ask({ ask: "codebook" });
    if (answer.ok) bookView(this, answer);
    else this.desk.say(answer.told, true);
  }

  // Show a view; of a code's page `page` is the code, and `keys` what its letters do.
  show(heading, parts, { keys = {}, page = null } = {}) {
    this.from = page ? null : this.page;
    this.page = page;
    this.keys = keys;
    this.others.hidden = true;
    this.heading.textContent = heading;
    this.view.replaceChildren(...parts.filter(Boolean));
    this.view.scrollTop = 0;
    this.desk.cover(true);
    this.desk.turnTo("text");
    const first = page ? null : this.view.querySelector("form input, form textarea, form select");
    (first ?? this.heading).focus({ preventScroll: true });
  }

  // From what is done with a code to its page, and from there to the text.
  back() {
    if (this.from) this.open(this.from);
    else this.leave();
  }

  leave() {
    if (!this.shown) return;
    this.page = this.from = null;
    this.desk.cover(false);
    this.desk.focus();
  }

  // Show the page, or the codebook, as it is now; from what is being written, back to the page.
  renew() {
    if (this.page ?? this.from) this.open(this.page ?? this.from);
    else this.book();
  }

  // Others changed the codebook: the tree shows it at once, what is open here stays until it is asked for.
  hear() {
    this.others.hidden = false;
  }

  press(event) {
    const act = this.keys[event.key];
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    const general = STILL_DESK.test(event.key) ? actionOf(event) : null;
    if (!(plain && act) && !general) return;
    event.preventDefault();
    event.stopPropagation();
    if (plain && act) act();
    else Promise.resolve(general(this.desk)).then(() => /^[zy]$/i.test(event.key) && this.shown && this.page && this.renew());
  }

  // From a form Escape leaves its fields first, so that no words are lost by one key.
  #escaped(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.target.closest("form, input, select, textarea")) this.heading.focus();
    else this.back();
  }
}
