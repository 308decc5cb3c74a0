// The first look, made by the server from the reader's own rows: there at once, and replaced by the kernel's widgets.
const ANSWERING = "summary, a[href], select, textarea, input, button, [tabindex]";

const within = (root) => [...root.querySelectorAll(ANSWERING)];

// What is drawn already is taken over, each figure by its words.
function handOver(from, to) {
  const drawn = new Map([...from.querySelectorAll(".workbench-view[data-drawn]")].map((view) => [view.ariaLabel, view]));
  for (const view of to.querySelectorAll(".workbench-view")) {
    const before = drawn.get(view.ariaLabel);
    if (before?.workbenchGive && view.workbenchTake) view.workbenchTake(before.workbenchGive());
    drawn.delete(view.ariaLabel);
  }
}

// What the reader has opened stays open.
function keepOpen(from, to) {
  const opened = [...from.querySelectorAll("details")].map((part) => part.open);
  [...to.querySelectorAll("details")].forEach((part, place) => {
    if (opened[place] !== undefined) part.open = opened[place];
  });
}

const MARKS = "h2, h3, summary, .workbench-view";
const top = (mark) => mark.getBoundingClientRect().top;

// What the reader looks at stays where it is on the screen, to the pixel.
function keepPlace(cells, tops) {
  const after = [...cells.querySelectorAll(MARKS)].filter((mark) => mark.getClientRects().length);
  const seen = tops.findIndex((height) => height >= 0);
  if (seen < 0 || after.length !== tops.length) return;
  scrollBy({ top: top(after[seen]) - tops[seen], behavior: "instant" });
}

// Puts `cells`, not shown until now, in the place of `look`: what is looked at, the focus and open parts stay.
export function replaceLook(look, cells) {
  const before = within(look);
  const focused = before.indexOf(document.activeElement);
  const tops = [...look.querySelectorAll(MARKS)].filter((mark) => mark.getClientRects().length).map(top);
  const scrolled = scrollY > 0;
  cells.classList.add("wb-placed");
  handOver(look, cells);
  keepOpen(look, cells);
  const after = within(cells);
  look.remove();
  if (scrolled) keepPlace(cells, tops);
  if (focused >= 0 && before.length === after.length) after[focused].focus({ preventScroll: true });
}
