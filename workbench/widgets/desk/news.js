// What others do to the study shows at the desk, without a thing opened anew or moved; asking also tells of a kernel that is gone.

const EVERY = 3000; // milliseconds
const PROMPT = 4000; // in which a kernel that is not busy has answered
const GIVEN_UP = 30000; // after which an answer is no longer waited for

export class News {
  constructor(desk) {
    this.desk = desk;
    this.asked = 0;
    this.look = () => this.ask();
    document.addEventListener("visibilitychange", this.look);
    this.timer = setInterval(this.look, EVERY);
  }

  close() {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.look);
  }

  // An act of this desk was told of in its answer.
  did(sequence) {
    if (sequence === this.sequence + 1) this.sequence = sequence;
  }

  // The line is back: what was asked before may never be answered.
  again() {
    this.asked = 0;
    this.ask();
  }

  async ask() {
    const waits = this.asked && performance.now() - this.asked < GIVEN_UP;
    const shown = !document.hidden && this.desk.root.checkVisibility();
    if (this.sequence == null || waits || !shown || this.desk.kernel.state) return;
    this.asked = performance.now();
    const answer = await this.desk.ask({ ask: "news", since: this.sequence }, PROMPT);
    this.asked = 0;
    if (!answer.ok) return this.desk.say(answer.told, true);
    this.sequence = answer.sequence;
    if (answer.anew) await this.desk.refresh();
    else if (answer.tables) this.desk.hear(answer);
  }
}
