// Places in a text: the store counts code points, a browser UTF-16 units; words, sentences and paragraphs.

// UTF-16 units and code points of one text, each turned into the other.
export class Places {
  constructor(text) {
    this.text = text;
    this.pairs = []; // where the characters of two units begin
    for (let unit = 0; unit < text.length; unit++) {
      const code = text.charCodeAt(unit);
      if (code >= 0xd800 && code < 0xdc00) this.pairs.push(unit++);
    }
  }

  // How many pairs begin before a unit.
  before(unit) {
    let low = 0;
    let high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.pairs[middle] < unit) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  toPoint(unit) {
    return unit - this.before(unit);
  }

  toUnit(point) {
    let low = 0;
    let high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.pairs[middle] - middle < point) low = middle + 1;
      else high = middle;
    }
    return point + low;
  }
}

const LONGEST = 3000; // units of a block: a paragraph without a line end is parted at a space

// The paragraphs of a text, without their line ends: {start, end} in units.
export function blocksOf(text) {
  const blocks = [];
  let start = 0;
  for (const line of text.split("\n")) {
    let left = start;
    const end = start + line.length;
    while (end - left > LONGEST) {
      const space = text.lastIndexOf(" ", left + LONGEST);
      const cut = space > left ? space + 1 : left + LONGEST;
      blocks.push({ start: left, end: cut });
      left = cut;
    }
    blocks.push({ start: left, end });
    start = end + 1;
  }
  return blocks;
}

const segmenters = Object.fromEntries(
  ["word", "sentence"].map((granularity) => [granularity, new Intl.Segmenter("sv", { granularity })]),
);

// The words or sentences of a block, without the space around them: [start, end] in units of the whole text.
function piecesOf(text, block, unit) {
  if (unit === "paragraph") return block.end > block.start ? [[block.start, block.end]] : [];
  const pieces = [];
  for (const { segment, index, isWordLike } of segmenters[unit].segment(text.slice(block.start, block.end))) {
    const shown = segment.trim();
    if (!shown || (unit === "word" && !isWordLike)) continue;
    const start = block.start + index + segment.indexOf(shown);
    pieces.push([start, start + shown.length]);
  }
  return pieces;
}

// Which block a unit lies in.
export function blockAt(blocks, unit) {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (blocks[middle].start <= unit) low = middle;
    else high = middle - 1;
  }
  return low;
}

// The next word, sentence or paragraph that begins at or after a unit; null at the end.
export function nextPiece(text, blocks, unit, kind) {
  for (let place = blockAt(blocks, unit); place < blocks.length; place++) {
    const found = piecesOf(text, blocks[place], kind).find(([start]) => start >= unit);
    if (found) return found;
  }
  return null;
}

// The one before that ends at or before a unit; null at the beginning.
export function previousPiece(text, blocks, unit, kind) {
  for (let place = blockAt(blocks, Math.max(unit - 1, 0)); place >= 0; place--) {
    const found = piecesOf(text, blocks[place], kind).findLast(([, end]) => end <= unit);
    if (found) return found;
  }
  return null;
}

// A span widened to whole words, sentences or paragraphs.
export function widened(text, blocks, { start, end }, kind) {
  const first = piecesOf(text, blocks[blockAt(blocks, start)], kind).find(([, stop]) => stop > start);
  const last = piecesOf(text, blocks[blockAt(blocks, Math.max(end - 1, start))], kind).findLast(([begin]) => begin < Math.max(end, start + 1));
  return { start: Math.min(first?.[0] ?? start, start), end: Math.max(last?.[1] ?? end, end) };
}
