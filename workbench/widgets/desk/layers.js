// Which codings lie over which part of a block, and in which lane each is drawn.
import { blockAt } from "./places.js";

const inOrder = (one, other) => one.start - other.start || other.end - one.end;
const meet = (one, other) => one.start < other.end && one.end > other.start;

// The codings of a text by block: each has a lane, from 0, that none it overlaps has, and keeps it.
export class Layers {
  constructor(blocks, codings) {
    this.blocks = blocks;
    this.lanes = new Map();
    this.held = blocks.map(() => []);
    for (const one of [...codings].sort(inOrder)) this.put(one);
  }

  put(one) {
    const across = this.across(one);
    const taken = new Set(across.flatMap((place) => this.held[place].filter((other) => meet(one, other)).map((other) => this.lanes.get(other))));
    let lane = 0;
    while (taken.has(lane)) lane++;
    this.lanes.set(one, lane);
    for (const place of across) {
      const after = this.held[place].findLastIndex((other) => inOrder(other, one) <= 0);
      this.held[place].splice(after + 1, 0, one);
    }
  }

  take(one) {
    this.lanes.delete(one);
    for (const place of this.across(one)) this.held[place] = this.held[place].filter((other) => other !== one);
  }

  // The blocks that hold any of a coding's words.
  across(one) {
    const first = blockAt(this.blocks, one.start);
    const last = blockAt(this.blocks, Math.max(one.end - 1, one.start));
    return Array.from({ length: last - first + 1 }, (_, step) => first + step).filter((place) => meet(one, this.blocks[place]));
  }

  // The codings that a block names: those of which it is the first that holds any words.
  begun(place) {
    return this.held[place].filter((one) => this.across(one)[0] === place);
  }

  // The parts of a block between the ends of its codings: [{start, end, codings}].
  parts(place) {
    const block = this.blocks[place];
    const held = this.held[place];
    const cuts = new Set([block.start, block.end]);
    for (const { start, end } of held) cuts.add(Math.max(start, block.start)).add(Math.min(end, block.end));
    const places = [...cuts].sort((a, b) => a - b);
    let over = [];
    let next = 0;
    return places.slice(0, -1).map((start, number) => {
      over = over.filter((one) => one.end > start);
      while (next < held.length && held[next].start <= start) over.push(held[next++]);
      return { start, end: places[number + 1], codings: [...over] };
    });
  }
}
