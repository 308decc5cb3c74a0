// What things look like: elements, and a colour and a line for each code, so that colour is never alone.

export function element(tag, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  if (text != null) made.textContent = text;
  made.append(...children.filter((child) => child != null));
  return made;
}

const HUES = [212, 28, 145, 330, 265, 175, 50, 0, 95, 300];
const STROKES = ["solid", "dashed", "dotted", "dotdash"];

// A hue a family, a line a code within it.
export function looksOf(codes) {
  const parents = new Map(codes.map((one) => [one.code, one.parent]));
  const top = (code) => {
    const seen = new Set();
    while (parents.get(code) && !seen.has(code)) {
      seen.add(code);
      code = parents.get(code);
    }
    return code;
  };
  const families = [...new Set(codes.map((one) => top(one.code)))];
  const counts = new Map();
  return new Map(
    codes.map((one) => {
      const family = top(one.code);
      const place = counts.get(family) ?? 0;
      counts.set(family, place + 1);
      return [one.code, { hue: HUES[families.indexOf(family) % HUES.length], line: STROKES[place % STROKES.length] }];
    }),
  );
}

const GAPS = { solid: null, dashed: [7, 4], dotted: [2, 3], dotdash: [9, 3, 2, 3] };

// An underline as a background, so that several fit under one another.
export function underline({ hue, line }) {
  const colour = `hsl(${hue} 60% var(--wd-line))`;
  const gaps = GAPS[line];
  if (!gaps) return `linear-gradient(${colour}, ${colour})`;
  let place = 0;
  const stops = gaps.map((size, number) => {
    const shown = number % 2 ? "transparent" : colour;
    const stop = `${shown} ${place}px ${place + size}px`;
    place += size;
    return stop;
  });
  return `repeating-linear-gradient(90deg, ${stops.join(", ")})`;
}
