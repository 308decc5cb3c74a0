// Which codings lie over which part of a block, and in which lane each is drawn.

// Lanes from 0: two codings that overlap never share one.
export function lanesOf(codings) {
  const ends = [];
  const lanes = new Map();
  for (const one of [...codings].sort((a, b) => a.start - b.start || b.end - a.end)) {
    let lane = ends.findIndex((end) => end <= one.start);
    if (lane < 0) lane = ends.length;
    ends[lane] = one.end;
    lanes.set(one.coding, lane);
  }
  return lanes;
}

// The parts of a block between the ends of its codings: [{start, end, codings}].
export function partsOf(block, codings) {
  const over = codings.filter((one) => one.start < block.end && one.end > block.start);
  const cuts = new Set([block.start, block.end]);
  for (const { start, end } of over) {
    if (start > block.start) cuts.add(start);
    if (end < block.end) cuts.add(end);
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, place) => ({
    start,
    end: places[place + 1],
    codings: over.filter((one) => one.start <= start && one.end >= places[place + 1]),
  }));
}

// The codings that each block holds, found once for all of them.
export function byBlock(blocks, codings) {
  const held = blocks.map(() => []);
  const sorted = [...codings].sort((a, b) => a.start - b.start);
  let first = 0;
  for (const one of sorted) {
    while (first < blocks.length - 1 && blocks[first].end < one.start && blocks[first + 1].start <= one.start) first++;
    for (let place = first; place < blocks.length && blocks[place].start < one.end; place++) {
      if (blocks[place].end > one.start) held[place].push(one);
    }
  }
  return held;
}
